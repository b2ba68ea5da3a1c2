import type { OrderStatus } from '../../machines/order-types.ts'
import type { Words } from './language.tsx'

/** What a status is called, in one or two words. */
export const STATUS_WORDS: Words<Readonly<Record<OrderStatus, string>>> = {
  ko: {
    paying: '결제 중',
    paymentWaiting: '결제 대기',
    placed: '주문 접수',
    accepted: '주문 수락',
    cooking: '조리 중',
    cooked: '조리 완료',
    picked: '배달 중',
    delivered: '배달 완료',
    confirmed: '수령 확인',
    rejected: '가게 거절',
    canceled: '취소됨',
    expired: '시간 초과',
    paymentFailed: '결제 실패',
  },
  en: {
    paying: 'Paying',
    paymentWaiting: 'Payment waits',
    placed: 'Placed',
    accepted: 'Accepted',
    cooking: 'Cooking',
    cooked: 'Ready',
    picked: 'On its way',
    delivered: 'Delivered',
    confirmed: 'Confirmed',
    rejected: 'Rejected',
    canceled: 'Canceled',
    expired: 'Expired',
    paymentFailed: 'Payment failed',
  },
}
