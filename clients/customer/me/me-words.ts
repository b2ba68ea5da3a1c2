import type { Grade } from '../../../machines/customer.ts'
import type { Words } from '../../web/language.tsx'

interface MeWords {
  readonly title: string
  hello(name: string): string
  readonly grade: string
  readonly grades: Readonly<Record<Grade, string>>
  completed(orders: number): string
  toNext(grade: string): string
  progress(orders: number, goal: number): string
  left(orders: number, grade: string): string
  readonly top: string
  readonly messages: string
  readonly kakao: string
  readonly kakaoHint: string
  readonly kakaoOff: string
  readonly language: string
  readonly account: string
  readonly signOut: string
  readonly signOutAll: string
  readonly signOutAllTitle: string
  readonly signOutAllText: string
  readonly signOutAllYes: string
  readonly keep: string
}

export const ME_WORDS: Words<MeWords> = {
  ko: {
    title: '내 정보',
    hello: name => `${name}님`,
    grade: '내 등급',
    grades: { BRONZE: '브론즈', SILVER: '실버', GOLD: '골드', VIP: 'VIP' },
    completed: orders => `지금까지 ${orders}번 주문했어요`,
    toNext: grade => `${grade} 등급까지`,
    progress: (orders, goal) => `${orders} / ${goal}번`,
    left: (orders, grade) => `${orders}번 더 주문하면 ${grade} 등급이 돼요.`,
    top: '가장 높은 등급이에요. 고마워요!',
    messages: '알림 메시지',
    kakao: '카카오톡·문자로 알림 받기',
    kakaoHint: '주문이 진행되는 대로 카카오톡이나 문자로 알려 드려요.',
    kakaoOff: '이 앱에서는 설정과 상관없이 언제나 실시간으로 볼 수 있어요.',
    language: '언어',
    account: '계정',
    signOut: '로그아웃',
    signOutAll: '모든 기기에서 로그아웃',
    signOutAllTitle: '모든 기기에서 로그아웃할까요?',
    signOutAllText: '이 기기를 포함해 로그인한 모든 기기에서 나가게 돼요. 진행 중인 주문은 그대로예요.',
    signOutAllYes: '모두 로그아웃',
    keep: '취소',
  },
  en: {
    title: 'Me',
    hello: name => name,
    grade: 'My grade',
    grades: { BRONZE: 'Bronze', SILVER: 'Silver', GOLD: 'Gold', VIP: 'VIP' },
    completed: orders => `${orders} orders so far`,
    toNext: grade => `On the way to ${grade}`,
    progress: (orders, goal) => `${orders} of ${goal} orders`,
    left: (orders, grade) => `${orders} more and you are ${grade}.`,
    top: 'This is the highest grade. Thank you!',
    messages: 'Messages',
    kakao: 'Messages by KakaoTalk and SMS',
    kakaoHint: 'You are told by KakaoTalk or SMS how your order goes.',
    kakaoOff: 'Here in the app you always see it live, whatever you choose.',
    language: 'Language',
    account: 'Account',
    signOut: 'Sign out',
    signOutAll: 'Sign out everywhere',
    signOutAllTitle: 'Sign out everywhere?',
    signOutAllText: 'You are signed out on every device, this one included. Orders under way go on.',
    signOutAllYes: 'Sign out everywhere',
    keep: 'Cancel',
  },
}
