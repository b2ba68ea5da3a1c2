import type { Words } from '../web/language.tsx'

interface SettingsWords {
  readonly title: string
  readonly alerts: string
  readonly sound: string
  readonly buzz: string
  readonly tryIt: string
  readonly push: string
  readonly pushWhy: string
  readonly pushOff: string
  readonly pushDenied: string
  readonly pushFailed: string
  readonly pushNone: string
  readonly position: string
  readonly withdraw: string
  readonly withdrawn: string
  readonly language: string
  readonly account: string
  signedInAs(id: string): string
  readonly signOut: string
  readonly signOutWhy: string
}

export const SETTINGS_WORDS: Words<SettingsWords> = {
  ko: {
    title: '설정',
    alerts: '새 배달 알림',
    sound: '소리',
    buzz: '진동',
    tryIt: '들어 보기',
    push: '앱이 닫혀 있을 때도 알림',
    pushWhy: '온라인이고 진행 중인 배달이 없을 때, 3 km 안의 새 배달을 알려요.',
    pushOff: '이 서버는 푸시 알림을 보내지 않아요.',
    pushDenied: '알림 권한이 꺼져 있어요. 브라우저 설정에서 알림을 허용해 주세요.',
    pushFailed: '푸시 알림을 켜지 못했어요. 잠시 뒤 다시 시도해 주세요.',
    pushNone: '이 브라우저는 푸시 알림을 지원하지 않아요.',
    position: '위치 공유',
    withdraw: '동의 철회',
    withdrawn: '아직 동의하지 않았어요. 온라인으로 바꿀 때 여쭤볼게요.',
    language: '언어',
    account: '계정',
    signedInAs: id => `${id}(으)로 로그인했어요.`,
    signOut: '로그아웃',
    signOutWhy: '로그아웃하면 오프라인이 되고 위치 공유도 멈춰요.',
  },
  en: {
    title: 'Settings',
    alerts: 'Alerts of new deliveries',
    sound: 'Sound',
    buzz: 'Vibration',
    tryIt: 'Try it',
    push: 'Also while the app is closed',
    pushWhy: 'While you are online with nothing in hand: new deliveries within 3 km.',
    pushOff: 'This server sends no push notifications.',
    pushDenied: 'Notifications are not allowed. Allow them in the settings of the browser.',
    pushFailed: 'Push notifications could not be turned on. Try again in a moment.',
    pushNone: 'This browser knows no push notifications.',
    position: 'Sharing your position',
    withdraw: 'Withdraw consent',
    withdrawn: 'You have not agreed yet. You will be asked when you go online.',
    language: 'Language',
    account: 'Account',
    signedInAs: id => `Signed in as ${id}.`,
    signOut: 'Sign out',
    signOutWhy: 'Signing out takes you offline and ends the sharing of your position.',
  },
}
