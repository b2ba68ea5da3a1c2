import type { Finding } from './health.ts'
import type { NowWords } from './now-words.ts'

/** A finding in a sentence. @param nameOf what a breaker is called @param number for figures of thousands */
export const findingText = (
  finding: Finding,
  words: NowWords,
  nameOf: (breaker: 'confirm' | 'cancel' | 'lookup') => string,
  number: (value: number) => string,
): string => {
  switch (finding.kind) {
    case 'offline':
      return words.offline
    case 'unread':
      return words.unread(finding.sources.map(source => words.sources[source]).join(', '))
    case 'noHosts':
      return words.noHosts
    case 'breaker': {
      const { name, state, forced } = finding.breaker
      return words.breaker[forced && state === 'open' ? 'forcedOpen' : state](nameOf(name))
    }
    case 'room':
      return words.room(finding.waiting, finding.perS)
    case 'roomUnknown':
      return words.roomUnknown
    case 'unseen':
      return words.unseen(finding.orders)
    case 'letters':
      return words.letters(finding.letters, finding.more)
    case 'lag':
      return words.lag(`${finding.reader} (${finding.stream})`, number(finding.behind))
    case 'lagUnknown':
      return words.lagUnknown(finding.what.join(', '))
    case 'messages':
      return words.messages[finding.mode]
    case 'busy':
      return words.busy(number(Math.round(finding.loopDelayMs)))
    case 'slow':
      return words.slow(number(Math.round(finding.p99Ms)))
  }
}

/** Where something can be done about it, or seen more of. */
export const placeOf = ({ kind }: Finding): string | undefined => {
  switch (kind) {
    case 'breaker':
    case 'room':
    case 'roomUnknown':
      return '/breakers'
    case 'letters':
      return '/dead-letters'
    case 'noHosts':
    case 'lag':
    case 'lagUnknown':
    case 'messages':
    case 'busy':
    case 'slow':
      return '/system'
    case 'unseen':
      return '/#alarms'
    case 'offline':
    case 'unread':
      return undefined
  }
}
