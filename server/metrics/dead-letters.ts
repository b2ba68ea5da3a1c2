import { type Registry, register } from 'prom-client'
import { pageOfDeadLetters } from '../../actors/dead-letters.ts'
import type { Log } from '../../actors/log.ts'
import { gauge, only } from './figure.ts'

/** Whoever has more does not need the exact number. */
const MOST = 100
/** However often it is asked: they are read from the log. */
const COUNTED_FOR_MS = 10_000

export interface DeadLettersParts {
  readonly log: Log
  readonly nats: { readonly connected: boolean }
  /** Milliseconds. */
  readonly now: () => number
  readonly registry?: Registry
}

/** Those that wait for an operator. Every host counts the same ones. */
export const measureDeadLetters = ({ log, nats, now, registry = register }: DeadLettersParts): void => {
  let counted: { readonly untilMs: number; readonly letters: number } | undefined
  gauge({
    registry,
    name: 'dead_letters_waiting',
    help: `Dead letters that wait for an operator; ${MOST}: so many or more`,
    look: async () => {
      if (!nats.connected) return []
      if (!counted || now() >= counted.untilMs) {
        const { letters } = await pageOfDeadLetters(log, MOST)
        counted = { untilMs: now() + COUNTED_FOR_MS, letters: letters.length }
      }
      return only(counted.letters)
    },
  })
}
