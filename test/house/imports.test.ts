import { expect } from 'chai'
import { importsOf, violationsOf } from './import-rules.ts'
import { sourcesIn } from './sources.ts'

const FOLDERS = ['machines', 'actors', 'config', 'server', 'clients'] as const
const file = (path: string, ...lines: readonly string[]) => ({ path, text: lines.join('\n') })

describe('the import rules', () => {
  const sources = sourcesIn(...FOLDERS)

  it('are kept by every file of the house', () => {
    expect(sources.length, 'sources found').to.be.above(20)
    expect(sources.flatMap(violationsOf)).to.deep.equal([])
  })

  it('leave no cycle between the top-level folders', () => {
    const folder = (path: string): string => path.split('/')[0] ?? ''
    const needs = new Map<string, Set<string>>(FOLDERS.map(name => [name, new Set()]))
    for (const source of sources)
      for (const { target } of importsOf(source))
        if (needs.has(folder(target)) && folder(target) !== folder(source.path)) needs.get(folder(source.path))?.add(folder(target))
    // Take away, again and again, the folders that need nobody who is left: what remains is a cycle.
    const left = new Set(needs.keys())
    for (let before = -1; before !== left.size; ) {
      before = left.size
      for (const name of left) if (![...(needs.get(name) ?? [])].some(other => left.has(other))) left.delete(name)
    }
    expect([...left]).to.deep.equal([])
  })

  it('name the file and the line', () => {
    const source = file(
      'server/gateway/board.ts',
      "import { join } from 'node:path'",
      '',
      "import { connect } from '@nats-io/transport-node'",
    )
    expect(violationsOf(source)).to.deep.equal(['server/gateway/board.ts:3 imports @nats-io/transport-node: only ^actors\\/nats\\/ may'])
  })

  const forbidden = [
    ['machines/order.ts', "import { readFileSync } from 'node:fs'"],
    ['machines/order.ts', "import type { Log } from '../actors/log.ts'"],
    ['actors/host.ts', "import { natsLog } from './nats/log.ts'"],
    ['actors/host.ts', "import { KINDS } from './kinds/all.ts'"],
    ['actors/host.ts', "import { MemoryLog } from './memory/log.ts'"],
    ['actors/memory/log.ts', "import { x } from '../nats/log.ts'"],
    ['actors/kinds/order.ts', "import { transition } from 'xstate'"],
    ['config/streams.ts', "import { x } from './runtime/house.ts'"],
    ['config/config.ts', "import type { Log } from '../actors/log.ts'"],
    ['server/gateway/pusher.ts', "import { connectNats } from '../../actors/nats/connection.ts'"],
    ['server/roles/web.ts', "import { readConfig } from '../../config/config.ts'"],
    ['server/gateway/commands.ts', "import express from 'express'"],
    ['server/http/app.ts', "import { Server } from 'socket.io'"],
    ['server/http/orders.ts', "import { writeRows } from '../db/write-orders.ts'"],
    ['server/consumers/notifier.ts', "import { startPayments } from './payments.ts'"],
    ['server/db/rows.ts', "import { house } from '../../test/house.ts'"],
    ['clients/shared/client.ts', "import { statuses } from '../../machines/order.ts'"],
    ['clients/shared/client.ts', "import type { Log } from '../../actors/log.ts'"],
  ] as const
  for (const [path, line] of forbidden)
    it(`refuse ${line} in ${path}`, () => {
      expect(violationsOf(file(path, line))).to.have.length(1)
    })

  const allowed = [
    ['actors/actor.ts', "import type { Kind } from './kinds/kind.ts'"],
    ['actors/kinds/order.ts', "import type { AnyStateMachine } from 'xstate'"],
    ['server/roles/web.ts', "import type { Config } from '../../config/config.ts'"],
    ['server/roles/web.ts', "import { connectNats } from '../../actors/nats/connection.ts'"],
    ['server/main.ts', "import { readConfig } from '../config/config.ts'"],
    ['server/consumers/notifier.ts', "import { TEXTS } from './messages.ts'"],
    ['clients/shared/client.ts', "import type { OrderView } from '../../server/contract/order-view.ts'"],
    ['server/db/rows.ts', "// import { house } from '../../test/house.ts'"],
  ] as const
  for (const [path, line] of allowed)
    it(`let ${line} stand in ${path}`, () => {
      expect(violationsOf(file(path, line))).to.deep.equal([])
    })

  it('see an import that spans lines, one that only runs, one that re-exports and one made at run time', () => {
    const source = file(
      'server/db/a.ts',
      "import {\n  a,\n  type B,\n} from './one.ts'",
      "import './two.ts'",
      "export { c } from './three.ts'",
      "export const d = () => import('./four.ts')",
      "const notOne = 'import x from y'",
    )
    expect(importsOf(source).map(({ target, line }) => `${target}:${line}`)).to.deep.equal([
      'server/db/one.ts:1',
      'server/db/two.ts:5',
      'server/db/three.ts:6',
      'server/db/four.ts:7',
    ])
  })
})
