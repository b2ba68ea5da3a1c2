import type { OrderStatus } from '../../machines/order-types.ts'
import type { Tap } from '../shared/tap-storage.ts'
import type { Words } from '../web/language.tsx'
import { STATUS_WORDS } from '../web/status-words.ts'

interface RefusalWords {
  readonly title: (count: number) => string
  readonly tapped: (what: string, at: string) => string
  readonly tap: Readonly<Record<Tap['name'], string>>
  readonly ended: Readonly<Record<'canceled' | 'expired' | 'rejected', string>>
  readonly already: (status: OrderStatus) => string
  readonly dismiss: string
}

/** What could not be done, and why. */
export const REFUSAL_WORDS: Words<RefusalWords> = {
  ko: {
    title: count => `처리하지 못한 일 ${count}건`,
    tapped: (what, at) => `${at}에 누른 “${what}”`,
    tap: {
      accept: '수락',
      reject: '거절',
      startCooking: '조리 시작',
      finishCooking: '조리 완료',
      claim: '배차',
      release: '배차 취소',
      pick: '픽업',
      deliver: '배달 완료',
      seen: '주문 확인',
    },
    ended: {
      canceled: '그 전에 주문이 취소됐어요. 조리하지 마세요.',
      expired: '그 전에 시간이 지나 주문이 끝났어요. 손님에게 환불돼요.',
      rejected: '이미 거절한 주문이에요.',
    },
    already: status => `다른 곳에서 먼저 처리했어요. 지금은 “${STATUS_WORDS.ko[status]}” 상태예요.`,
    dismiss: '확인',
  },
  en: {
    title: count => (count === 1 ? 'One thing could not be done' : `${count} things could not be done`),
    tapped: (what, at) => `“${what}”, tapped at ${at}`,
    tap: {
      accept: 'Accept',
      reject: 'Reject',
      startCooking: 'Start cooking',
      finishCooking: 'Cooking done',
      claim: 'Claim',
      release: 'Give back',
      pick: 'Pick up',
      deliver: 'Deliver',
      seen: 'Seen',
    },
    ended: {
      canceled: 'The order was canceled before. Do not cook it.',
      expired: 'The order ran out of time before. The customer gets the money back.',
      rejected: 'The order was rejected already.',
    },
    already: status => `It was done elsewhere first. The order is “${STATUS_WORDS.en[status]}” now.`,
    dismiss: 'Got it',
  },
}
