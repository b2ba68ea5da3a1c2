import type { Words } from '../web/language.tsx'
import type { Column } from './columns.ts'
import type { OrderTime } from './order-time.ts'

interface OrderWords {
  readonly title: string
  readonly columns: Readonly<Record<Column, string>>
  readonly count: (count: number) => string
  readonly empty: Readonly<Record<Column, string>>
  readonly loading: string
  readonly time: Readonly<Record<OrderTime['kind'], (minutes: number) => string>>
  readonly promised: (minutes: number) => string
  readonly isNew: string
  readonly quantity: (count: number) => string
  readonly note: string
  readonly bag: (name: string) => string
  readonly nameless: string
  readonly rider: {
    readonly none: string
    readonly comes: (name: string) => string
    readonly has: (name: string) => string
    readonly nameless: string
  }
  readonly away: (distance: string) => string
  readonly stale: string
  readonly waits: { readonly waiting: string; readonly sending: string }
  readonly accept: string
  readonly reject: string
  readonly startCooking: string
  readonly finishCooking: string
  readonly undo: (seconds: number) => string
  readonly held: Readonly<Record<'startCooking' | 'finishCooking', string>>
}

export const ORDER_WORDS: Words<OrderWords> = {
  ko: {
    title: '주문',
    columns: { new: '새 주문', accepted: '수락함', cooking: '조리 중', ready: '픽업 대기', riding: '배달 중' },
    count: count => `${count}건`,
    empty: {
      new: '새 주문이 없어요',
      accepted: '조리를 기다리는 주문이 없어요',
      cooking: '조리 중인 주문이 없어요',
      ready: '라이더를 기다리는 주문이 없어요',
      riding: '배달 중인 주문이 없어요',
    },
    loading: '주문을 불러오는 중이에요',
    time: {
      left: minutes => (minutes === 0 ? '1분 안에' : `${minutes}분 남음`),
      late: minutes => (minutes === 0 ? '시간 지남' : `${minutes}분 늦음`),
      since: minutes => (minutes === 0 ? '방금' : `${minutes}분 전`),
    },
    promised: minutes => `${minutes}분 약속`,
    isNew: '확인 전',
    quantity: count => `${count}개`,
    note: '요청',
    bag: name => `${name} 님`,
    nameless: '이름 없음',
    rider: {
      none: '라이더를 찾는 중',
      comes: name => `${name} 라이더가 오는 중`,
      has: name => `${name} 라이더가 배달 중`,
      nameless: '담당',
    },
    away: distance => `가게에서 ${distance}`,
    stale: '조금 전 위치',
    waits: { waiting: '보내기 대기', sending: '보내는 중' },
    accept: '수락',
    reject: '거절',
    startCooking: '조리 시작',
    finishCooking: '조리 완료',
    undo: seconds => `되돌리기 ${seconds}`,
    held: { startCooking: '조리를 시작할게요', finishCooking: '조리를 마칠게요' },
  },
  en: {
    title: 'Orders',
    columns: { new: 'New', accepted: 'Accepted', cooking: 'Cooking', ready: 'Ready', riding: 'With rider' },
    count: count => (count === 1 ? '1 order' : `${count} orders`),
    empty: {
      new: 'No new orders',
      accepted: 'Nothing waits to be cooked',
      cooking: 'Nothing is cooking',
      ready: 'Nothing waits for a rider',
      riding: 'Nothing is on its way',
    },
    loading: 'Orders are being fetched',
    time: {
      left: minutes => (minutes === 0 ? 'under 1 min' : `${minutes} min left`),
      late: minutes => (minutes === 0 ? 'late' : `${minutes} min late`),
      since: minutes => (minutes === 0 ? 'just now' : `${minutes} min ago`),
    },
    promised: minutes => `${minutes} min promised`,
    isNew: 'Not seen yet',
    quantity: count => `${count} of`,
    note: 'Note',
    bag: name => name,
    nameless: 'No name',
    rider: {
      none: 'Looking for a rider',
      comes: name => `${name} is coming`,
      has: name => `${name} has it`,
      nameless: 'A rider',
    },
    away: distance => `${distance} from the store`,
    stale: 'position a while ago',
    waits: { waiting: 'Waiting to be sent', sending: 'Sending' },
    accept: 'Accept',
    reject: 'Reject',
    startCooking: 'Start cooking',
    finishCooking: 'Cooking done',
    undo: seconds => `Undo ${seconds}`,
    held: { startCooking: 'Starting to cook', finishCooking: 'Finishing' },
  },
}
