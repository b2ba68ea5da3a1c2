import type { Words } from '../web/language.tsx'

const ko = {
  name: '배달 관제',
  skip: '본문으로 건너뛰기',
  screens: '화면',
  now: '지금',
  breakers: '결제 차단기',
  letters: '실패한 작업',
  orders: '주문',
  map: '지도',
  system: '시스템',
  accounts: '계정',
  signOut: '로그아웃',
  unseen: (orders: number) => `가게가 안 본 주문 ${orders}건`,
  nowhere: '이 주소에는 화면이 없어요.',
  home: '지금 화면으로',
}
const en: typeof ko = {
  name: 'Baedal control room',
  skip: 'Skip to the content',
  screens: 'Screens',
  now: 'Now',
  breakers: 'Breakers',
  letters: 'Dead letters',
  orders: 'Orders',
  map: 'Map',
  system: 'System',
  accounts: 'Accounts',
  signOut: 'Sign out',
  unseen: orders => (orders === 1 ? '1 order unseen by its store' : `${orders} orders unseen by their stores`),
  nowhere: 'There is no screen at this address.',
  home: 'To what is now',
}
export const SHELL_WORDS: Words<typeof ko> = { ko, en }
