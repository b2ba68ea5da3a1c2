import type { Words } from '../web/language.tsx'

interface AlarmWords {
  readonly ringing: (count: number, ids: string) => string
  readonly again: (times: number) => string
  readonly acknowledge: string
  readonly tab: (count: number) => string
}

export const ALARM_WORDS: Words<AlarmWords> = {
  ko: {
    ringing: (count, ids) => `새 주문 ${count}건이 들어왔어요 · ${ids}`,
    again: times => `${times}번 다시 알렸어요`,
    acknowledge: '확인했어요',
    tab: count => `(${count}) 새 주문`,
  },
  en: {
    ringing: (count, ids) => `${count === 1 ? 'A new order has' : `${count} new orders have`} come in · ${ids}`,
    again: times => (times === 1 ? 'Called again once' : `Called again ${times} times`),
    acknowledge: 'I have seen it',
    tab: count => `(${count}) New orders`,
  },
}
