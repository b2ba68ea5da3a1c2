import type { OrderStatus } from '../../../machines/order-types.ts'
import type { Words } from '../../web/language.tsx'
import type { StepName } from './steps.ts'

interface OrderWords {
  readonly title: string
  number(id: string): string
  readonly steps: string
  readonly step: Readonly<Record<StepName, string>>
  readonly stepState: Readonly<Record<'done' | 'now' | 'ahead', string>>
  readonly now: Readonly<Record<OrderStatus, string>>
  readonly next: Readonly<Partial<Record<OrderStatus, string>>>
  readonly untilReady: string
  readonly lateReady: string
  reason(text: string): string
  readonly reasons: Readonly<Record<string, string>>
  readonly refundPending: string
  refundDone(sum: string): string
  readonly unpaid: string
  readonly refundLater: string
  readonly checking: string
  readonly checkingText: string
  readonly checkAgain: string
  readonly pay: string
  readonly payAgain: string
  payBy(time: string): string
  readonly payTooLate: string
  readonly waiting: string
  readonly waitingText: string
  place(position: number): string
  about(time: string): string
  holdsUntil(time: string): string
  readonly placeUnknown: string
  readonly confirm: string
  readonly items: string
  readonly total: string
  readonly deliverTo: string
  readonly note: string
  more(count: number): string
  count(n: number): string
  readonly profile: string
}

export const ORDER_WORDS: Words<OrderWords> = {
  ko: {
    title: '주문',
    number: id => `주문번호 ${id}`,
    steps: '진행 상황',
    step: {
      placed: '결제 완료',
      accepted: '주문 수락',
      cooking: '조리 시작',
      cooked: '조리 완료',
      picked: '배달 출발',
      delivered: '배달 완료',
    },
    stepState: { done: '완료', now: '지금', ahead: '예정' },
    now: {
      paying: '결제를 기다리고 있어요',
      paymentWaiting: '결제 순서를 기다리고 있어요',
      placed: '가게가 주문을 확인하고 있어요',
      accepted: '가게가 주문을 받았어요',
      cooking: '맛있게 만들고 있어요',
      cooked: '음식이 다 됐어요. 라이더를 기다리고 있어요',
      picked: '라이더가 가져다드리고 있어요',
      delivered: '음식이 도착했어요',
      confirmed: '맛있게 드세요!',
      rejected: '가게가 주문을 받지 못했어요',
      canceled: '주문이 취소됐어요',
      expired: '주문이 자동으로 취소됐어요',
      paymentFailed: '결제가 거절됐어요',
    },
    next: {
      paying: '결제하지 않으면 주문은 자동으로 취소돼요.',
      placed: '가게가 답하지 않으면 자동으로 취소하고 환불해 드려요.',
      accepted: '조리를 시작하기 전까지는 취소할 수 있어요.',
      cooked: '가까운 라이더를 찾는 대로 알려 드려요.',
      delivered: '음식을 받으셨다면 수령 확인을 눌러 주세요.',
      confirmed: '주문해 주셔서 고마워요.',
      paymentFailed: '돈은 빠져나가지 않았어요. 다른 카드로 다시 결제할 수 있어요.',
    },
    untilReady: '조리 완료까지',
    lateReady: '예정보다 조금 늦어지고 있어요',
    reason: text => `사유: ${text}`,
    reasons: {
      TICKET_EXPIRED: '결제 순서가 제때 오지 않았어요',
      CHARGED_LATE: '결제가 너무 늦게 확인됐어요',
      STORE_SILENT: '가게가 답하지 않았어요',
      KITCHEN_SILENT: '가게가 조리를 마치지 못했어요',
      NO_RIDER: '배달할 라이더를 찾지 못했어요',
      NOT_DELIVERED: '배달이 끝나지 못했어요',
    },
    refundPending: '환불을 진행하고 있어요. 끝나면 여기에서 알려 드려요.',
    refundDone: sum => `${sum}을 모두 환불했어요.`,
    unpaid: '결제되지 않았어요.',
    refundLater: '결제가 확인되면 바로 환불돼요.',
    checking: '결제를 확인하고 있어요',
    checkingText: '결제사의 답이 늦어지고 있어요. 이 화면을 닫아도 괜찮고, 두 번 결제되지 않아요.',
    checkAgain: '결제 다시 확인',
    pay: '결제하기',
    payAgain: '다른 카드로 결제하기',
    payBy: time => `${time}까지 결제할 수 있어요.`,
    payTooLate: '돈은 빠져나가지 않았어요. 결제할 수 있는 시간이 지나 이 주문은 끝났어요.',
    waiting: '결제 대기실',
    waitingText: '결제가 몰려 순서대로 진행하고 있어요. 새로고침하지 않아도 순서가 되면 자동으로 결제돼요.',
    place: position => (position === 1 ? '다음이 내 차례예요' : `내 앞으로 ${position - 1}명`),
    about: time => `약 ${time} 남음`,
    holdsUntil: time => `${time}까지 차례가 오지 않으면 주문은 취소되고, 결제되지 않아요.`,
    placeUnknown: '순서를 확인하고 있어요',
    confirm: '잘 받았어요 · 수령 확인',
    items: '주문한 메뉴',
    total: '합계',
    deliverTo: '배달 받을 곳',
    note: '요청사항',
    more: count => `외 ${count}개`,
    count: n => `${n}개`,
    profile: '내 등급 보기',
  },
  en: {
    title: 'Order',
    number: id => `Order ${id}`,
    steps: 'How it goes',
    step: {
      placed: 'Paid',
      accepted: 'Accepted',
      cooking: 'Cooking',
      cooked: 'Ready',
      picked: 'On its way',
      delivered: 'Delivered',
    },
    stepState: { done: 'done', now: 'now', ahead: 'to come' },
    now: {
      paying: 'Waiting for your payment',
      paymentWaiting: 'Your payment waits for its turn',
      placed: 'The store is looking at your order',
      accepted: 'The store has taken your order',
      cooking: 'It is being cooked',
      cooked: 'The food is ready and waits for a rider',
      picked: 'The rider is on the way to you',
      delivered: 'Your food is here',
      confirmed: 'Enjoy your meal!',
      rejected: 'The store could not take your order',
      canceled: 'The order is canceled',
      expired: 'The order was canceled by itself',
      paymentFailed: 'The payment was declined',
    },
    next: {
      paying: 'An order that is not paid is canceled by itself.',
      placed: 'If the store does not answer, the order is canceled and refunded by itself.',
      accepted: 'You can cancel until cooking starts.',
      cooked: 'You will see it here when a rider near you takes it.',
      delivered: 'Please confirm that you have it.',
      confirmed: 'Thank you for your order.',
      paymentFailed: 'No money was taken. You can pay again with another card.',
    },
    untilReady: 'Ready in',
    lateReady: 'It takes a little longer than planned',
    reason: text => `Reason: ${text}`,
    reasons: {
      TICKET_EXPIRED: 'the payment’s turn did not come in time',
      CHARGED_LATE: 'the payment was confirmed too late',
      STORE_SILENT: 'the store did not answer',
      KITCHEN_SILENT: 'the store did not finish cooking',
      NO_RIDER: 'no rider was found',
      NOT_DELIVERED: 'the delivery was not finished',
    },
    refundPending: 'The refund is under way. You will see here when it is done.',
    refundDone: sum => `${sum} was refunded in full.`,
    unpaid: 'Nothing was paid.',
    refundLater: 'Should the payment go through, it is refunded at once.',
    checking: 'Checking the payment',
    checkingText: 'The provider takes its time. You may close this page, and you will not be charged twice.',
    checkAgain: 'Check the payment again',
    pay: 'Pay',
    payAgain: 'Pay with another card',
    payBy: time => `It can be paid until ${time}.`,
    payTooLate: 'No money was taken. The time to pay is over, and so is this order.',
    waiting: 'Payment waiting room',
    waitingText:
      'Many people are paying, so payments go one after another. Do not reload: yours goes through by itself when its turn comes.',
    place: position => (position === 1 ? 'You are next' : `${position - 1} before you`),
    about: time => `about ${time} left`,
    holdsUntil: time => `If its turn has not come by ${time}, the order is canceled and nothing is paid.`,
    placeUnknown: 'Looking up your place',
    confirm: 'I have it · confirm',
    items: 'What you ordered',
    total: 'Total',
    deliverTo: 'Deliver to',
    note: 'Note',
    more: count => `and ${count} more`,
    count: n => `× ${n}`,
    profile: 'See my grade',
  },
}
