import type { Words } from '../web/language.tsx'

interface SalesWords {
  readonly title: string
  readonly today: string
  readonly orders: (count: number) => string
  readonly refunded: (amount: string) => string
  readonly week: string
  readonly kept: string
  readonly table: Readonly<Record<'day' | 'orders' | 'amount' | 'refunded', string>>
  readonly loading: string
  readonly lag: string
}

export const SALES_WORDS: Words<SalesWords> = {
  ko: {
    title: '매출',
    today: '오늘',
    orders: count => `주문 ${count}건`,
    refunded: amount => `환불 ${amount}`,
    week: '최근 7일',
    kept: '환불을 뺀 금액이에요.',
    table: { day: '날짜', orders: '주문', amount: '결제', refunded: '환불' },
    loading: '매출을 불러오는 중이에요',
    lag: '방금 들어온 주문은 잠시 뒤에 더해져요.',
  },
  en: {
    title: 'Sales',
    today: 'Today',
    orders: count => (count === 1 ? '1 order' : `${count} orders`),
    refunded: amount => `${amount} refunded`,
    week: 'The last seven days',
    kept: 'Without what was refunded.',
    table: { day: 'Day', orders: 'Orders', amount: 'Paid', refunded: 'Refunded' },
    loading: 'Sales are being fetched',
    lag: 'What was ordered just now is added in a moment.',
  },
}
