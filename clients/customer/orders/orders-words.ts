import type { Words } from '../../web/language.tsx'

interface OrdersWords {
  readonly title: string
  readonly open: string
  readonly past: string
  readonly none: string
  readonly noneText: string
  readonly more: string
  readonly all: string
  detail(store: string): string
}

export const ORDERS_WORDS: Words<OrdersWords> = {
  ko: {
    title: '주문내역',
    open: '진행 중인 주문',
    past: '지난 주문',
    none: '아직 주문이 없어요',
    noneText: '첫 주문을 해 보세요.',
    more: '더 보기',
    all: '모두 보여 드렸어요.',
    detail: store => `${store} 주문 자세히 보기`,
  },
  en: {
    title: 'Orders',
    open: 'Under way',
    past: 'Past orders',
    none: 'No orders yet',
    noneText: 'Make your first one.',
    more: 'Show more',
    all: 'That is all.',
    detail: store => `Details of the order from ${store}`,
  },
}
