import type { Words } from '../web/language.tsx'
import type { Leg } from './delivery-step.ts'

interface DeliveryWords {
  readonly title: Readonly<Record<Leg, string>>
  number(shortId: string): string
  readonly until: string
  readonly untilWhy: string
  readonly lapsed: string
  readonly store: string
  readonly door: string
  readonly bag: string
  bagOf(name: string): string
  readonly note: string
  away(distance: string): string
  fromStore(distance: string): string
  readonly navigate: string
  readonly copy: string
  readonly copied: string
  readonly copyFailed: string
  readonly picked: string
  readonly delivered: string
  readonly hold: string
  readonly release: string
  readonly releaseAsk: string
  readonly releaseWhy: string
  readonly releaseYes: string
  readonly releaseNo: string
  readonly releasing: string
  readonly offDuty: string
  readonly done: string
  readonly doneWhy: string
  readonly over: string
  readonly next: string
  readonly notYours: string
  readonly notYoursWhy: string
  readonly loading: string
  readonly mapLabel: string
  readonly me: string
}

export const DELIVERY_WORDS: Words<DeliveryWords> = {
  ko: {
    title: { toStore: '가게로 가세요', toDoor: '손님에게 가세요', done: '전달했어요', over: '끝난 배달이에요' },
    number: id => `주문 ${id}`,
    until: '픽업까지 남은 시간',
    untilWhy: '시간이 지나면 다른 라이더에게 넘어가요.',
    lapsed: '시간이 지났어요. 곧 다른 라이더에게 넘어가요.',
    store: '가게',
    door: '손님',
    bag: '봉투',
    bagOf: name => `봉투 이름: ${name}`,
    note: '요청 사항',
    away: far => `나로부터 ${far} (직선거리)`,
    fromStore: far => `가게에서 ${far} (직선거리)`,
    navigate: '길찾기',
    copy: '주소 복사',
    copied: '주소를 복사했어요.',
    copyFailed: '복사하지 못했어요. 주소를 길게 눌러 복사해 주세요.',
    picked: '픽업했어요',
    delivered: '전달했어요',
    hold: '길게 누르세요',
    release: '배차 취소',
    releaseAsk: '배차를 취소할까요?',
    releaseWhy: '이 배달은 다른 라이더에게 넘어가고, 손님 주소는 더 볼 수 없어요.',
    releaseYes: '네, 취소할게요',
    releaseNo: '아니요, 계속할게요',
    releasing: '배차를 취소하는 중이에요',
    offDuty: '오프라인이라 위치를 공유하지 않아요. 손님이 기다리니 온라인으로 바꿔 주세요.',
    done: '수고하셨어요!',
    doneWhy: '전달이 기록됐어요.',
    over: '이 주문은 배달 없이 끝났어요.',
    next: '다음 배달 보기',
    notYours: '내 배달이 아니에요',
    notYoursWhy: '픽업 시간이 지났거나 배차를 취소해 다른 라이더에게 넘어갔을 수 있어요.',
    loading: '배달을 여는 중…',
    mapLabel: '가게, 손님, 내 위치를 보여 주는 지도',
    me: '나',
  },
  en: {
    title: { toStore: 'Go to the store', toDoor: 'Go to the customer', done: 'Delivered', over: 'This delivery is over' },
    number: id => `Order ${id}`,
    until: 'Time left to pick up',
    untilWhy: 'After that it is open to other riders.',
    lapsed: 'Time is up: it will be open to other riders in a moment.',
    store: 'Store',
    door: 'Customer',
    bag: 'Bag',
    bagOf: name => `Name on the bag: ${name}`,
    note: 'Request',
    away: far => `${far} from you, as the crow flies`,
    fromStore: far => `${far} from the store, as the crow flies`,
    navigate: 'Navigate',
    copy: 'Copy address',
    copied: 'The address is copied.',
    copyFailed: 'It could not be copied. Press the address for long, and copy it.',
    picked: 'Picked up',
    delivered: 'Delivered',
    hold: 'Press and hold',
    release: 'Give back',
    releaseAsk: 'Give this delivery back?',
    releaseWhy: 'It goes to another rider, and you cannot see the customer’s address any more.',
    releaseYes: 'Yes, give it back',
    releaseNo: 'No, I keep it',
    releasing: 'Giving it back',
    offDuty: 'You are offline, so your position is not shared. The customer waits: please go online.',
    done: 'Well done!',
    doneWhy: 'The delivery is recorded.',
    over: 'This order ended without a delivery.',
    next: 'See the next deliveries',
    notYours: 'This delivery is not yours',
    notYoursWhy: 'The time to pick it up may have passed, or you gave it back: another rider may have it.',
    loading: 'Opening the delivery…',
    mapLabel: 'Map with the store, the customer and you',
    me: 'Me',
  },
}
