import type { Words } from '../web/language.tsx'

interface AnswerWords {
  readonly title: Readonly<Record<'accept' | 'reject', (id: string) => string>>
  readonly howLong: string
  readonly minutes: (count: number) => string
  readonly other: string
  readonly otherLabel: string
  readonly less: string
  readonly more: string
  readonly acceptOther: string
  readonly why: string
  readonly reasons: readonly string[]
  readonly ownReason: string
  readonly next: string
  readonly final: string
  readonly change: string
  readonly rejectNow: string
  readonly back: string
}

export const ANSWER_WORDS: Words<AnswerWords> = {
  ko: {
    title: { accept: id => `${id} 주문 수락`, reject: id => `${id} 주문 거절` },
    howLong: '조리에 얼마나 걸리나요? 누르면 바로 수락돼요.',
    minutes: count => `${count}분`,
    other: '직접 정하기',
    otherLabel: '다른 조리 시간',
    less: '5분 줄이기',
    more: '5분 늘리기',
    acceptOther: '이 시간으로 수락',
    why: '이유를 골라 주세요. 손님에게 그대로 보여요.',
    reasons: [
      '재료가 떨어졌어요',
      '주문이 많아 제시간에 못 만들어요',
      '곧 영업을 마쳐요',
      '배달하기 어려운 곳이에요',
      '요청을 들어드릴 수 없어요',
    ],
    ownReason: '다른 이유',
    next: '다음',
    final: '거절하면 되돌릴 수 없어요. 주문이 끝나고 손님에게 전액 환불돼요.',
    change: '이유 다시 고르기',
    rejectNow: '거절하기',
    back: '닫기',
  },
  en: {
    title: { accept: id => `Accept ${id}`, reject: id => `Reject ${id}` },
    howLong: 'How long will it take? One tap accepts.',
    minutes: count => `${count} min`,
    other: 'Other',
    otherLabel: 'Another time',
    less: '5 minutes less',
    more: '5 minutes more',
    acceptOther: 'Accept so',
    why: 'Choose a reason. The customer reads it as it is.',
    reasons: [
      'We have run out of ingredients',
      'Too many orders to be in time',
      'We close soon',
      'We cannot deliver there',
      'We cannot do what the note asks',
    ],
    ownReason: 'Another reason',
    next: 'Next',
    final: 'This cannot be taken back. The order ends, and the customer gets all money back.',
    change: 'Choose again',
    rejectNow: 'Reject the order',
    back: 'Close',
  },
}
