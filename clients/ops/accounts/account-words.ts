import type { SessionView } from '../../../server/contract/accounts.ts'
import type { Words } from '../../web/language.tsx'

type Role = SessionView['role']

const ko = {
  title: '계정',
  section: '모든 기기에서 로그아웃',
  intro: '계정을 도난당했거나 기기를 잃어버렸을 때 써요. 비밀번호는 바뀌지 않아요.',
  role: '구분',
  roles: { customer: '고객', store: '가게', rider: '라이더', ops: '운영자' } satisfies Record<Role, string> as Record<Role, string>,
  id: '계정 아이디',
  idHint: '예: customer-1, store-12. 주문 화면에서 볼 수 있어요.',
  idProblem: '영문, 숫자, _ 와 - 로 64자까지 적어 주세요.',
  act: '모두 로그아웃',
  ask: (role: string, id: string) => `${role} ${id}, 모든 기기에서 로그아웃할까요?`,
  effects: {
    customer: ['고객의 모든 기기에서 곧바로 로그아웃돼요.', '진행 중인 주문과 결제는 그대로예요. 다시 로그인하면 이어서 볼 수 있어요.'],
    store: [
      '가게 태블릿이 모두 꺼진 것처럼 돼요. 다시 로그인할 때까지 새 주문을 받지 못해요.',
      '10분 안에 수락하지 않은 주문은 취소되고 환불돼요.',
    ],
    rider: ['라이더의 앱이 로그아웃되고 위치가 더 오지 않아요.', '들고 있는 배달은 그대로 그 라이더의 것이에요.'],
    ops: ['운영자의 모든 화면이 로그아웃돼요.', '자신의 계정이라면 이 화면도 로그아웃돼요.'],
  } satisfies Record<Role, string[]> as Record<Role, readonly string[]>,
  done: (role: string, id: string) => `${role} ${id}, 모든 기기에서 로그아웃했어요.`,
}
const en: typeof ko = {
  title: 'Accounts',
  section: 'Sign out everywhere',
  intro: 'For an account that was stolen, or a device that was lost. The password stays as it is.',
  role: 'Role',
  roles: { customer: 'Customer', store: 'Store', rider: 'Rider', ops: 'Operator' },
  id: 'Account id',
  idHint: 'Such as customer-1 or store-12; orders show it.',
  idProblem: 'Letters, digits, _ and -, 64 at most.',
  act: 'Sign out everywhere',
  ask: (role, id) => `Sign ${role.toLowerCase()} ${id} out everywhere?`,
  effects: {
    customer: [
      'The customer is signed out on every device at once.',
      'Open orders and payments go on, and are there again after signing in.',
    ],
    store: [
      'Every tablet of the store is signed out. Until somebody signs in it takes no new orders.',
      'Orders that are not accepted within 10 minutes end, and are refunded.',
    ],
    rider: ['The rider’s app is signed out, and sends no more positions.', 'The delivery in hand stays the rider’s.'],
    ops: ['Every screen of the operator is signed out.', 'If it is your own account, this one is, too.'],
  },
  done: (role, id) => `${role} ${id} is signed out everywhere.`,
}
export const ACCOUNT_WORDS: Words<typeof ko> = { ko, en }
