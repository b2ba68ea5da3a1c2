import type { Words } from '../web/language.tsx'

interface SettingsWords {
  readonly title: string
  readonly store: { readonly title: string; readonly address: string; readonly phone: string }
  readonly hours: {
    readonly title: string
    readonly closed: string
    readonly always: string
    readonly isOpen: (day: string) => string
    readonly from: (day: string) => string
    readonly to: (day: string) => string
    readonly nextDay: string
    readonly holidays: string
    readonly noHolidays: string
    readonly holiday: string
    readonly addHoliday: string
    readonly removeHoliday: (day: string) => string
    readonly lastOrder: string
    readonly lastOrderHint: string
    readonly cap: string
    readonly capHint: string
    readonly badLead: string
    readonly badCap: string
    readonly save: string
    readonly saved: string
  }
  readonly tablet: {
    readonly title: string
    readonly language: string
    readonly sound: string
    readonly soundOn: string
    readonly soundOff: string
    readonly soundNone: string
    readonly test: string
  }
  readonly push: {
    readonly title: string
    readonly why: string
    readonly on: string
    readonly off: string
    readonly none: string
    readonly denied: string
    readonly failed: string
    readonly offered: string
  }
  readonly out: {
    readonly title: string
    readonly act: string
    readonly waits: (count: number) => string
    readonly sure: string
    readonly stay: string
    readonly leave: string
  }
  readonly loading: string
}

export const SETTINGS_WORDS: Words<SettingsWords> = {
  ko: {
    title: '설정',
    store: { title: '가게', address: '주소', phone: '전화' },
    hours: {
      title: '영업시간',
      closed: '쉬는 날',
      always: '24시간',
      isOpen: day => `${day}요일 영업`,
      from: day => `${day}요일 여는 시간`,
      to: day => `${day}요일 닫는 시간`,
      nextDay: '다음 날까지',
      holidays: '휴무일',
      noHolidays: '정해 둔 휴무일이 없어요.',
      holiday: '휴무일 추가',
      addHoliday: '추가',
      removeHoliday: day => `${day} 휴무일 지우기`,
      lastOrder: '마지막 주문 (닫기 몇 분 전까지)',
      lastOrderHint: '0~240분',
      cap: '15분마다 받을 주문 수',
      capHint: '비워 두면 들어오는 대로 다 받아요.',
      badLead: '0에서 240 사이의 수를 적어 주세요.',
      badCap: '1에서 1,000 사이의 수를 적거나 비워 두세요.',
      save: '저장',
      saved: '영업시간을 저장했어요.',
    },
    tablet: {
      title: '이 태블릿',
      language: '화면 언어',
      sound: '알림 소리',
      soundOn: '켜져 있어요',
      soundOff: '꺼져 있어요. 화면을 한 번 누르면 켜져요.',
      soundNone: '이 브라우저는 소리를 낼 수 없어요.',
      test: '소리 들어 보기',
    },
    push: {
      title: '앱이 닫혀 있을 때 알림',
      why: '새 주문을 오래 확인하지 않으면 이 기기로 알림을 보내요.',
      on: '알림 켜기',
      off: '알림 끄기',
      none: '이 브라우저나 서버에서는 알림을 쓸 수 없어요.',
      denied: '브라우저 설정에서 알림이 막혀 있어요. 허용한 뒤 다시 눌러 주세요.',
      failed: '알림을 켜지 못했어요. 잠시 뒤 다시 시도해 주세요.',
      offered: '이 기기로 알림을 보내고 있어요.',
    },
    out: {
      title: '로그아웃',
      act: '로그아웃',
      waits: count => `아직 보내지 못한 일이 ${count}건 있어요. 같은 계정으로 다시 로그인하면 보내요.`,
      sure: '로그아웃할까요? 이 태블릿에서 새 주문 알림이 울리지 않게 돼요.',
      stay: '계속 쓰기',
      leave: '로그아웃하기',
    },
    loading: '가게 정보를 불러오는 중이에요',
  },
  en: {
    title: 'Settings',
    store: { title: 'Store', address: 'Address', phone: 'Telephone' },
    hours: {
      title: 'Hours',
      closed: 'Closed',
      always: '24 h',
      isOpen: day => `Open on ${day}`,
      from: day => `Opens on ${day}`,
      to: day => `Closes on ${day}`,
      nextDay: 'the next day',
      holidays: 'Holidays',
      noHolidays: 'No holidays are set.',
      holiday: 'Add a holiday',
      addHoliday: 'Add',
      removeHoliday: day => `Remove ${day}`,
      lastOrder: 'Last order, minutes before closing',
      lastOrderHint: '0 to 240',
      cap: 'Orders taken in a quarter of an hour',
      capHint: 'Empty: as many as come.',
      badLead: 'A number from 0 to 240, please.',
      badCap: 'A number from 1 to 1,000, or nothing.',
      save: 'Save',
      saved: 'The hours are saved.',
    },
    tablet: {
      title: 'This tablet',
      language: 'Language',
      sound: 'Sound of a new order',
      soundOn: 'It is on',
      soundOff: 'It is off. Tap the screen once to allow it.',
      soundNone: 'This browser cannot make a sound.',
      test: 'Hear it',
    },
    push: {
      title: 'When the app is closed',
      why: 'This device is told when a new order is not looked at for long.',
      on: 'Send me messages',
      off: 'No more messages',
      none: 'This browser or this server has no push messages.',
      denied: 'Your browser forbids messages. Allow them in its settings and tap again.',
      failed: 'It did not work. Try again in a while.',
      offered: 'This device gets messages.',
    },
    out: {
      title: 'Sign out',
      act: 'Sign out',
      waits: count => `${count} not sent yet. They are sent when the same account signs in again.`,
      sure: 'Sign out? No new order will ring on this tablet.',
      stay: 'Stay',
      leave: 'Sign out now',
    },
    loading: 'The store is being fetched',
  },
}
