import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { orderKind } from '../../actors/kinds/order.ts'
import type { Log, Message } from '../../actors/log.ts'
import { HandClock } from '../../actors/memory/clock.ts'
import { MemoryLog } from '../../actors/memory/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { evtSubject, fxSubject } from '../../actors/subjects.ts'
import { STREAMS } from '../../config/streams.ts'
import { NOON } from '../db/order-story.ts'

export const ordersLog = (): MemoryLog => new MemoryLog({ clock: new HandClock(NOON), streams: STREAMS })

/** Appends records as a host would: guarded, an effect behind each. */
export const appendAll = async (log: Log, records: readonly ActorRecord[]): Promise<void> => {
  for (const record of records) {
    const address = { kind: 'order', id: record.id }
    const expectedSeq = (await log.latest(address))?.seq ?? 0
    const subject = evtSubject(address, orderKind.route(record.state))
    const messages: Message[] = [{ kind: 'fx', subject: fxSubject('confirmPayment', address, `${record.version}-0`), body: {} }]
    const appended = await log.append([{ stream: 'ORDERS', address, subject, record, expectedSeq, messages }])
    if (appended.kind !== 'appended') throw new Error(`${appended.kind}: ${record.id} ${record.version}`)
  }
}

export const silent = pino({ level: 'silent' })

/** Asks again and again until it is so. @throws after ten seconds, naming what was waited for */
export const until = async (what: string, met: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 20_000
  while (!(await met())) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`)
    await pause(5)
  }
}
