import type { Words } from './language.tsx'
import type { AppRole } from './session.ts'

interface SignInWords {
  readonly title: Readonly<Record<AppRole, string>>
  readonly login: string
  readonly password: string
  readonly enter: string
  readonly register: string
  readonly demo: string
  enterDemo(login: string): string
  readonly name: string
  readonly phone: string
  readonly phoneHint: string
  readonly passwordHint: string
  readonly loginHint: string
  readonly back: string
}

export const SIGN_IN_WORDS: Words<SignInWords> = {
  ko: {
    title: { customer: '배달', store: '배달 사장님', rider: '배달 라이더', ops: '배달 관제' },
    login: '아이디',
    password: '비밀번호',
    enter: '로그인',
    register: '처음이신가요? 가입하기',
    demo: '데모입니다. 실제 결제도 메시지도 나가지 않아요.',
    enterDemo: login => `${login}(으)로 바로 시작`,
    name: '이름',
    phone: '휴대전화 번호',
    phoneHint: '숫자만, 예: 01012345678',
    passwordHint: '8자 이상',
    loginHint: '영문과 숫자 3자 이상',
    back: '로그인으로 돌아가기',
  },
  en: {
    title: { customer: 'Baedal', store: 'Baedal for stores', rider: 'Baedal for riders', ops: 'Baedal control room' },
    login: 'Login',
    password: 'Password',
    enter: 'Sign in',
    register: 'New here? Create an account',
    demo: 'This is a demo: no real payment is made and no message is sent.',
    enterDemo: login => `Start as ${login}`,
    name: 'Name',
    phone: 'Mobile number',
    phoneHint: 'Digits only, such as 01012345678',
    passwordHint: '8 characters or more',
    loginHint: '3 letters or digits or more',
    back: 'Back to sign in',
  },
}
