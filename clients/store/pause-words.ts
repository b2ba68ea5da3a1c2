import type { Words } from '../web/language.tsx'

interface PauseWords {
  readonly open: string
  readonly paused: (until: string) => string
  readonly closed: string
  readonly outOfHours: string
  readonly unknown: string
  readonly title: string
  readonly titleOpen: string
  readonly why: string
  readonly minutes: (count: number) => string
  readonly tomorrow: (at: string) => string
  readonly untilTold: string
  readonly opens: string
  readonly openNow: string
  readonly back: string
  readonly hours: string
}

export const PAUSE_WORDS: Words<PauseWords> = {
  ko: {
    open: '주문 받는 중',
    paused: until => `쉬는 중 · ${until}까지`,
    closed: '주문 안 받음',
    outOfHours: '영업시간 아님',
    unknown: '가게 상태 확인 중',
    title: '주문을 잠시 멈출까요?',
    titleOpen: '다시 주문을 받을까요?',
    why: '이미 들어온 주문은 그대로예요. 시간이 되면 저절로 다시 열려요.',
    minutes: count => `${count}분`,
    tomorrow: at => `내일 문 열 때까지 (${at})`,
    untilTold: '다시 열 때까지',
    opens: '지금 열면 손님에게 바로 보여요.',
    openNow: '다시 열기',
    back: '닫기',
    hours: '지금은 영업시간이 아니에요. 영업시간은 설정에서 바꿀 수 있어요.',
  },
  en: {
    open: 'Taking orders',
    paused: until => `Paused until ${until}`,
    closed: 'Not taking orders',
    outOfHours: 'Out of hours',
    unknown: 'Asking how the store stands',
    title: 'Pause the store?',
    titleOpen: 'Take orders again?',
    why: 'Orders that are in stay as they are. It opens again by itself.',
    minutes: count => `${count} minutes`,
    tomorrow: at => `Until we open tomorrow (${at})`,
    untilTold: 'Until I open again',
    opens: 'Customers see it at once.',
    openNow: 'Open again',
    back: 'Close',
    hours: 'It is out of your hours now. Change them in the settings.',
  },
}
