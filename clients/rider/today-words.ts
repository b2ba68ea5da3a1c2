import type { Words } from '../web/language.tsx'

interface TodayWords {
  readonly title: string
  readonly delivered: string
  count(n: number): string
  readonly way: string
  readonly how: string
  unmeasured(n: number): string
  readonly history: string
  readonly none: string
  readonly loading: string
  readonly more: string
  row(store: string, id: string): string
}

export const TODAY_WORDS: Words<TodayWords> = {
  ko: {
    title: '오늘',
    delivered: '전달한 배달',
    count: n => `${n}건`,
    way: '가게 → 손님 거리',
    how: '오늘 들어온 주문 가운데 내가 전달한 것을 세고, 가게에서 손님까지의 직선거리를 더해요. 배달비는 이 서버에 없어 보여 드리지 않아요.',
    unmeasured: n => `거리를 알 수 없는 ${n}건은 빼고 더했어요.`,
    history: '지난 배달',
    none: '아직 배달이 없어요.',
    loading: '불러오는 중…',
    more: '더 보기',
    row: (store, id) => `${store} · 주문 ${id}`,
  },
  en: {
    title: 'Today',
    delivered: 'Delivered',
    count: n => String(n),
    way: 'Store → door',
    how: 'Counted are the orders placed today that you delivered; the way is the sum from store to door, as the crow flies. This server knows no rider’s fee, so none is shown.',
    unmeasured: n => `Without ${n} of which the way is not known.`,
    history: 'History',
    none: 'No deliveries yet.',
    loading: 'Loading…',
    more: 'Show more',
    row: (store, id) => `${store} · order ${id}`,
  },
}
