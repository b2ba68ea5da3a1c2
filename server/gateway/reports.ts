import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import { Counter } from 'prom-client'
import { isoOf } from '../../actors/clock.ts'
import type { MessageRecord } from '../contract/messages.ts'
import type { MessageBook, MessageName } from '../message-book.ts'
import { outcomeOf, type Report, readReports } from '../outside/solapi-report.ts'

export interface ReportsOptions {
  readonly book: Pick<MessageBook, 'find' | 'note'>
  readonly now: () => number
  readonly logger: Pick<Logger, 'warn' | 'info'>
}

/** A report may overtake the answer to the call that sent its message: so long it is waited for, 1.5 s in all. */
const PATIENCE_MS = [50, 100, 200, 400, 750, 0] as const
/** Reports worked on at once. */
const AT_ONCE = 16

const reported = new Counter({
  name: 'message_reports_total',
  help: 'Delivery reports of the message provider, by how the message ended; unknown: not about a message that we sent',
  labelNames: ['outcome'],
})

/**
 * Takes the provider's delivery reports. They are not signed.
 * D1. Only a report that names the message id which the provider gave us for this very message is believed.
 * D2. An end that is known is not taken back by a late report of an earlier station.
 */
export class Reports {
  readonly #options: ReportsOptions

  constructor(options: ReportsOptions) {
    this.#options = options
  }

  /** @param body whatever came @returns when all of it is written down; it never throws, for who reports can do nothing about it */
  async take(body: unknown): Promise<void> {
    const waiting = readReports(body)
    const work = async (): Promise<void> => {
      for (let report = waiting.pop(); report; report = waiting.pop()) {
        reported.inc({ outcome: await this.#takeOne(report) })
      }
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, work))
  }

  async #takeOne(report: Report): Promise<string> {
    const { book, now, logger } = this.#options
    const { orderId, about, messageId, statusCode } = report
    const name = { orderId, about, channel: 'alimtalk' } as const
    try {
      const record = await this.#sent(name)
      if (record?.messageId !== messageId) {
        logger.warn({ orderId, about, messageId }, 'a report of a message that we did not send')
        return 'unknown' // D1
      }
      const outcome = outcomeOf(statusCode)
      if (outcome === 'underway') return outcome // D2
      const via = report.via === undefined ? {} : { via: report.via }
      await book.note(name, { ...record, ...via, status: outcome, statusCode, reportedAt: isoOf(now()) })
      if (outcome === 'failed')
        logger.info({ requestId: record.correlationId, orderId, about, messageId, statusCode }, 'a message did not arrive')
      return outcome
    } catch (error) {
      logger.warn({ err: error, orderId, about }, 'a report could not be written down')
      return 'lost'
    }
  }

  /** The message's record, once the answer to its call is in it. */
  async #sent(name: MessageName): Promise<MessageRecord | undefined> {
    for (const waitMs of PATIENCE_MS) {
      const record = await this.#options.book.find(name)
      if (record?.status !== 'sending') return record
      await pause(waitMs)
    }
    return undefined
  }
}
