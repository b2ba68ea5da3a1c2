import type { OrderStatus } from '../../../machines/order-types.ts'
import type { Words } from '../../web/language.tsx'

interface CancelWords {
  readonly cancel: string
  readonly title: string
  readonly text: string
  readonly paidText: string
  readonly yes: string
  readonly no: string
  readonly close: string
  readonly tooLate: string
  beaten(now: string): string
  readonly reasonCooking: string
  readonly ended: Readonly<Partial<Record<OrderStatus, string>>>
}

export const CANCEL_WORDS: Words<CancelWords> = {
  ko: {
    cancel: '주문 취소',
    title: '주문을 취소할까요?',
    text: '아직 결제되지 않은 주문이에요.',
    paidText: '취소하면 결제 금액을 모두 환불해 드려요. 조리가 시작되면 취소할 수 없어요.',
    yes: '주문 취소하기',
    no: '계속 기다리기',
    close: '알겠어요',
    tooLate: '취소하지 못했어요',
    beaten: now => `그사이 주문이 ‘${now}’ 상태가 되어 취소할 수 없어요. 주문은 그대로 진행돼요.`,
    reasonCooking: '취소하기 직전에 가게가 조리를 시작했어요. 주문은 그대로 진행돼요.',
    ended: {
      rejected: '가게가 먼저 주문을 거절했어요. 결제 금액은 환불돼요.',
      expired: '주문이 이미 자동으로 취소됐어요.',
      canceled: '주문은 이미 취소됐어요.',
    },
  },
  en: {
    cancel: 'Cancel order',
    title: 'Cancel this order?',
    text: 'Nothing has been paid for it yet.',
    paidText: 'You get all your money back. Once cooking has started it cannot be canceled.',
    yes: 'Yes, cancel it',
    no: 'Keep waiting',
    close: 'I see',
    tooLate: 'It was not canceled',
    beaten: now => `Meanwhile the order has moved on (${now}) and cannot be canceled. It goes on as it is.`,
    reasonCooking: 'The store started cooking just before you canceled. The order goes on.',
    ended: {
      rejected: 'The store rejected it first. Your money is refunded.',
      expired: 'The order was canceled by itself already.',
      canceled: 'The order is canceled already.',
    },
  },
}
