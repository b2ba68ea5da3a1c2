import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../house/sources.ts'
import { settingsIn } from './files.ts'

/** What only an operator can know. */
const BY_HAND: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  payments: { TOSS_SECRET_KEY: 'live_sk_of_the_tests' },
  notifier: {
    SOLAPI_API_KEY: 'NCS_OF_THE_TESTS',
    SOLAPI_API_SECRET: 'a secret of the tests',
    SOLAPI_FROM: '0298765432',
    SOLAPI_PF_ID: 'KA01PF26',
    VAPID_SUBJECT: 'mailto:operations@example.com',
  },
}

/** Draws a deployment's secrets. @param args hosts, as deploy/make-secrets.sh takes them @throws Error with what it said */
export const drawSecrets = (dir: string, ...args: readonly string[]): void =>
  void execFileSync(join(ROOT, 'deploy/make-secrets.sh'), [dir, ...args], { stdio: 'pipe' })

/** One process's, as they were drawn. */
export const drawnFor = (dir: string, process: string): Readonly<Record<string, string>> =>
  settingsIn(readFileSync(join(dir, `${process}.env`), 'utf8'))

/** And filled in. */
export const secretsFor = (dir: string, process: string): Readonly<Record<string, string>> => ({
  ...drawnFor(dir, process),
  ...BY_HAND[process],
})

/** What config/runtime/print-nats-users.ts says. */
export const printUsers = (...flags: readonly string[]): string =>
  execFileSync(process.execPath, [join(ROOT, 'config/runtime/print-nats-users.ts'), ...flags], { encoding: 'utf8' })
