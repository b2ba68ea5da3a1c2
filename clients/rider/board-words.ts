import type { Words } from '../web/language.tsx'
import type { Direction } from './direction.ts'

interface BoardWords {
  readonly title: string
  count(n: number): string
  readonly offTitle: string
  readonly offWhy: string
  readonly none: string
  readonly noneWhy: string
  readonly looking: string
  readonly away: string
  readonly showMap: string
  readonly hideMap: string
  readonly mapLabel: string
  readonly me: string
  area(n: number): string
  readonly rings: string
  readonly toStore: string
  readonly toCustomer: string
  readonly direction: Readonly<Record<Direction, string>>
  waiting(minutes: number): string
  readonly fresh: string
  readonly claim: string
  claimOf(store: string): string
  readonly exactLater: string
  arrived(store: string, distance: string): string
  readonly won: string
  lost(store: string): string
  over(store: string): string
  readonly busy: string
  readonly busyLink: string
}

export const BOARD_WORDS: Words<BoardWords> = {
  ko: {
    title: '주변 배달',
    count: n => `${n}건`,
    offTitle: '지금은 오프라인이에요',
    offWhy: '위의 스위치를 켜면 가까운 배달을 보여 드려요.',
    none: '지금은 주변에 배달이 없어요',
    noneWhy: '새 배달이 나오면 소리와 진동으로 바로 알려 드릴게요. 화면을 켜 두세요.',
    looking: '주변 배달을 찾는 중…',
    away: '연결이 끊겨 목록이 지금과 다를 수 있어요. 연결되면 잡을 수 있어요.',
    showMap: '지도 보기',
    hideMap: '지도 닫기',
    mapLabel: '내 주변 배달 지도. 가게와 손님 동네, 1·3·5 km 원을 보여 줘요.',
    me: '나',
    area: n => (n > 1 ? `손님 동네 ${n}` : '손님 동네'),
    rings: '점선: 나로부터 1 · 3 · 5 km. 오래 기다린 배달일수록 먼 곳까지 알려요.',
    toStore: '가게까지',
    toCustomer: '손님까지',
    direction: { n: '북쪽', ne: '북동쪽', e: '동쪽', se: '남동쪽', s: '남쪽', sw: '남서쪽', w: '서쪽', nw: '북서쪽' },
    waiting: minutes => (minutes < 1 ? '방금 조리 완료' : `${minutes}분째 대기`),
    fresh: '새 배달',
    claim: '배달 잡기',
    claimOf: store => `${store} 배달 잡기`,
    exactLater: '정확한 주소는 잡은 뒤에 보여요.',
    arrived: (store, far) => `새 배달: ${store}, 손님까지 ${far}`,
    won: '잡았어요! 이제 내 배달이에요.',
    lost: store => `${store} 배달은 다른 라이더가 먼저 잡았어요.`,
    over: store => `${store} 배달은 취소됐거나 이미 끝났어요.`,
    busy: '이미 진행 중인 배달이 있어요. 먼저 전달하거나 배차를 취소한 뒤 잡을 수 있어요.',
    busyLink: '진행 중인 배달 보기',
  },
  en: {
    title: 'Nearby',
    count: n => String(n),
    offTitle: 'You are offline',
    offWhy: 'Turn on the switch above to see the deliveries near you.',
    none: 'No deliveries near you just now',
    noneWhy: 'A sound and a buzz will tell you of a new one. Keep the screen on.',
    looking: 'Looking for deliveries near you…',
    away: 'There is no connection: the list may be out of date. You can claim when it is back.',
    showMap: 'Show map',
    hideMap: 'Hide map',
    mapLabel: 'Map of the deliveries near you: stores, the customers’ neighbourhoods, and rings of 1, 3 and 5 km.',
    me: 'Me',
    area: n => (n > 1 ? `Customers ${n}` : 'Customer'),
    rings: 'Dashed: 1, 3 and 5 km from you. The longer a delivery waits, the farther it is announced.',
    toStore: 'to the store',
    toCustomer: 'to the customer',
    direction: { n: 'north', ne: 'north-east', e: 'east', se: 'south-east', s: 'south', sw: 'south-west', w: 'west', nw: 'north-west' },
    waiting: minutes => (minutes < 1 ? 'Ready just now' : `Waiting for ${minutes} min`),
    fresh: 'New',
    claim: 'Claim',
    claimOf: store => `Claim the delivery of ${store}`,
    exactLater: 'The exact address is shown after the claim.',
    arrived: (store, far) => `New delivery: ${store}, ${far} to the customer`,
    won: 'You got it: it is yours.',
    lost: store => `Another rider was first: the delivery of ${store} is taken.`,
    over: store => `The delivery of ${store} was canceled or is over.`,
    busy: 'You have a delivery in hand. Deliver it, or give it back, before you claim another.',
    busyLink: 'See the delivery in hand',
  },
}
