import type { Asked, Logged, Violation } from './evidence.ts'
import { REFUSALS, TAKEN_IN } from './trade.ts'

const quoted = ({ name, by, commandId, tries, answer }: Asked): string =>
  `${name} by ${by} (${commandId}, ${tries} tries) was answered ${JSON.stringify(answer)}`

/**
 * What one client was told, held against the order's records.
 * @param records of the order, in log order
 * @param doubled the same command was sent another time at once, and that was not refused: what is in the log may be its doing
 */
export const checkAnswer = (asked: Asked, records: readonly Logged[], doubled: boolean): readonly Violation[] => {
  const { orderId, answer, commandId } = asked
  const done = records.filter(record => record.commandId === commandId)
  const violation = (rule: string, more: string): Violation[] => [{ orderId, rule, evidence: `${quoted(asked)}; ${more}` }]
  switch (answer.kind) {
    case 'unknown':
      return [] // it may or may not have acted; that it acted once at most is a rule of the log
    case 'moved': {
      if (records.length === 0) return violation('no acknowledged order is missing', 'the log has nothing of it')
      if (done.length !== 1) return violation('an acknowledged command is in the log once', `found ${done.length} times`)
      const then = records.find(({ version }) => version === answer.version)
      if (then?.state.value.order === answer.status) return []
      return violation('an answer tells what the log has', `the log has ${then?.state.value.order ?? 'no such version'}`)
    }
    case 'refused': {
      if (done.length > 0 && !doubled) return violation('what was refused was not done', `the log has it as version ${done[0]?.version}`)
      if (!REFUSALS.includes(answer.code)) return violation('nobody is refused without a reason', 'no order state explains this')
      return couldRefuse(asked, records) ? [] : violation('nobody is refused without a reason', 'the order was ready for it all the time')
    }
  }
}

/** Whether, at some moment between question and answer, the order stood where the command is not taken. */
const couldRefuse = ({ name, by, askedAt, answeredAt, answer }: Asked, records: readonly Logged[]): boolean => {
  const began = records[0]?.at ?? Number.POSITIVE_INFINITY
  if (answer.kind === 'refused' && answer.code === 'ORDER_NOT_FOUND') return began >= askedAt
  if (answer.kind === 'refused' && answer.code === 'RIDER_BUSY') return true // the reason is in another order
  const taken = TAKEN_IN[name]
  if (!taken) return true
  return records.some((record, i) => {
    const over = records[i + 1]?.at ?? Number.POSITIVE_INFINITY
    const { rider } = record.state.context
    // Somebody else's claim is in the way until it has lapsed, and under faults it lapses late.
    const isHeld = name === 'pick' && rider !== undefined && rider.id !== by
    return record.at <= answeredAt && over >= askedAt && (isHeld || !taken.includes(record.state.value.order))
  })
}
