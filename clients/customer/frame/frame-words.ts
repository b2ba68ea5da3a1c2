import type { Words } from '../../web/language.tsx'

interface FrameWords {
  readonly back: string
  readonly tabs: string
  readonly stores: string
  readonly orders: string
  readonly me: string
  readonly loading: string
  cart(count: number): string
  more(count: number): string
  readonly payAgain: string
  readonly lost: string
  readonly lostText: string
  readonly toStores: string
  raised(grade: string, orders: number): string
}

export const FRAME_WORDS: Words<FrameWords> = {
  ko: {
    back: '뒤로',
    tabs: '주요 화면',
    stores: '가게',
    orders: '주문내역',
    me: '내 정보',
    loading: '불러오는 중…',
    cart: count => `장바구니 보기 · ${count}개`,
    more: count => `외 ${count}건 진행 중`,
    payAgain: '결제 거절 · 다시 결제',
    lost: '없는 화면이에요',
    lostText: '주소가 바뀌었거나 잘못 입력됐어요.',
    toStores: '가게 보러 가기',
    raised: (grade, orders) => `축하해요! 주문 ${orders}번을 채워 ${grade} 등급이 됐어요.`,
  },
  en: {
    back: 'Back',
    tabs: 'Main screens',
    stores: 'Stores',
    orders: 'Orders',
    me: 'Me',
    loading: 'Loading…',
    cart: count => `View cart · ${count}`,
    more: count => `and ${count} more under way`,
    payAgain: 'Declined · pay again',
    lost: 'There is no such page',
    lostText: 'The address has changed, or was mistyped.',
    toStores: 'See the stores',
    raised: (grade, orders) => `Congratulations! With ${orders} orders you are ${grade} now.`,
  },
}
