import type { ExpiryReason } from '../../machines/order-types.ts'
import type { Words } from '../web/language.tsx'

interface LostWords {
  readonly title: (count: number) => string
  readonly was: (status: string) => string
  readonly canceled: string
  readonly because: (reason: string) => string
  readonly expired: Readonly<Partial<Record<ExpiryReason, string>>>
  readonly expiredSomehow: string
  readonly dismiss: string
}

export const LOST_WORDS: Words<LostWords> = {
  ko: {
    title: count => `끝난 주문 ${count}건 · 만들지 마세요`,
    was: status => `“${status}”이던 주문`,
    canceled: '주문이 취소됐어요.',
    because: reason => `이유: ${reason}`,
    expired: {
      STORE_SILENT: '시간 안에 답하지 않아 자동으로 취소됐어요. 손님에게 환불돼요.',
      KITCHEN_SILENT: '조리를 너무 오래 마치지 않아 자동으로 취소됐어요. 손님에게 환불돼요.',
      NO_RIDER: '라이더가 가져가지 않아 자동으로 취소됐어요. 손님에게 환불돼요.',
      NOT_DELIVERED: '배달이 끝나지 않아 자동으로 취소됐어요. 손님에게 환불돼요.',
    },
    expiredSomehow: '시간이 지나 자동으로 취소됐어요. 손님에게 환불돼요.',
    dismiss: '확인',
  },
  en: {
    title: count => (count === 1 ? 'An order has ended: do not make it' : `${count} orders have ended: do not make them`),
    was: status => `It was “${status}”`,
    canceled: 'It was canceled.',
    because: reason => `Reason: ${reason}`,
    expired: {
      STORE_SILENT: 'Nobody answered it in time. The customer gets the money back.',
      KITCHEN_SILENT: 'It was not finished for too long. The customer gets the money back.',
      NO_RIDER: 'No rider came for it. The customer gets the money back.',
      NOT_DELIVERED: 'It was not delivered. The customer gets the money back.',
    },
    expiredSomehow: 'It ran out of time. The customer gets the money back.',
    dismiss: 'Got it',
  },
}
