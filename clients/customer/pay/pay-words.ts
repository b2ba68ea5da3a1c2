import type { Words } from '../../web/language.tsx'
import type { StandInCard } from './payment-key.ts'

interface PayWords {
  readonly title: string
  readonly total: string
  readonly standIn: string
  readonly standInText: string
  readonly card: string
  readonly cards: Readonly<Record<StandInCard, string>>
  readonly cardHints: Readonly<Record<StandInCard, string>>
  pay(sum: string): string
  readonly declined: string
  readonly declinedText: string
  reason(text: string): string
  readonly none: string
  readonly noneText: string
  readonly toss: string
  readonly tossLoading: string
  readonly tossCanceled: string
  readonly checking: string
  readonly checkingText: string
  readonly changed: string
  readonly again: string
  readonly mismatch: string
  readonly toOrder: string
}

export const PAY_WORDS: Words<PayWords> = {
  ko: {
    title: '결제',
    total: '결제 금액',
    standIn: '모의 결제',
    standInText: '연습용 화면이에요. 실제 카드도 쓰이지 않고 돈도 빠져나가지 않아요.',
    card: '어떤 카드로 결제할까요?',
    cards: { approve: '승인되는 카드', decline: '거절되는 카드', hang: '응답이 없는 결제사' },
    cardHints: {
      approve: '바로 결제돼요',
      decline: '카드사가 거절해요',
      hang: '결제 결과를 늦게 알게 돼요',
    },
    pay: sum => `${sum} 결제하기`,
    declined: '결제가 거절됐어요',
    declinedText: '돈은 빠져나가지 않았어요. 다른 카드로 다시 결제해 주세요.',
    reason: text => `사유: ${text}`,
    none: '이 서버에서는 결제할 수 없어요',
    noneText: '결제 수단이 연결되어 있지 않아요. 가게에 문의해 주세요. 결제하지 않은 주문은 자동으로 취소돼요.',
    toss: '토스페이먼츠로 결제',
    tossLoading: '결제창을 준비하는 중…',
    tossCanceled: '결제가 끝나지 않았어요. 다시 시도하거나 다른 방법을 골라 주세요.',
    checking: '결제를 확인하고 있어요',
    checkingText: '이 화면을 닫아도 괜찮아요. 두 번 결제되지 않아요.',
    changed: '그사이 메뉴 가격이 바뀌어 합계가 달라졌어요. 금액을 확인해 주세요.',
    again: '결제 다시 확인',
    mismatch: '결제 금액이 주문과 달라 진행하지 않았어요. 돈은 빠져나가지 않아요.',
    toOrder: '주문 보러 가기',
  },
  en: {
    title: 'Payment',
    total: 'To pay',
    standIn: 'Stand-in payment',
    standInText: 'This is for practice: no real card is used and no money moves.',
    card: 'Which card shall it be?',
    cards: { approve: 'A card that is approved', decline: 'A card that is declined', hang: 'A provider that does not answer' },
    cardHints: {
      approve: 'Paid at once',
      decline: 'Its bank says no',
      hang: 'The outcome is known later',
    },
    pay: sum => `Pay ${sum}`,
    declined: 'The payment was declined',
    declinedText: 'No money was taken. Pay again with another card.',
    reason: text => `Reason: ${text}`,
    none: 'This server takes no payments',
    noneText: 'No way to pay is connected. Ask the store. An order that is not paid is canceled by itself.',
    toss: 'Pay with Toss Payments',
    tossLoading: 'Getting the payment ready…',
    tossCanceled: 'The payment was not finished. Try again, or choose another way.',
    checking: 'Checking the payment',
    checkingText: 'You may close this page. You will not be charged twice.',
    changed: 'A price has changed meanwhile, and so has the total. Please check it.',
    again: 'Check the payment again',
    mismatch: 'The amount differs from the order, so nothing was paid. No money is taken.',
    toOrder: 'See the order',
  },
}
