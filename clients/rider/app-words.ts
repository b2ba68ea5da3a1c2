import type { Words } from '../web/language.tsx'

interface AppWords {
  readonly nav: string
  readonly work: string
  readonly today: string
  readonly settings: string
  readonly inHand: string
  more(n: number): string
  readonly lost: string
  readonly lostWhy: string
  readonly home: string
}

export const APP_WORDS: Words<AppWords> = {
  ko: {
    nav: '화면',
    work: '배달',
    today: '오늘',
    settings: '설정',
    inHand: '진행 중인 배달 보기',
    more: n => (n > 0 ? `주변 배달 ${n}건 보기` : '주변 배달 보기'),
    lost: '없는 화면이에요',
    lostWhy: '주소가 잘못됐거나 없어진 화면이에요.',
    home: '배달 화면으로',
  },
  en: {
    nav: 'Screens',
    work: 'Deliver',
    today: 'Today',
    settings: 'Settings',
    inHand: 'See the delivery in hand',
    more: n => (n > 0 ? `See ${n} deliveries near you` : 'See deliveries near you'),
    lost: 'There is no such screen',
    lostWhy: 'The address is wrong, or the screen is no longer there.',
    home: 'To the deliveries',
  },
}
