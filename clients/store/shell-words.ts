import type { Words } from '../web/language.tsx'

interface ShellWords {
  readonly nav: string
  readonly pages: Readonly<Record<'/' | '/menu' | '/sales' | '/settings', string>>
  readonly offline: (since: string) => string
  readonly connecting: string
  readonly kept: string
  readonly waiting: (count: number) => string
  readonly sound: string
  readonly noPage: string
  readonly toOrders: string
}

export const SHELL_WORDS: Words<ShellWords> = {
  ko: {
    nav: '화면',
    pages: { '/': '주문', '/menu': '메뉴', '/sales': '매출', '/settings': '설정' },
    offline: since => `${since}부터 인터넷이 끊겼어요`,
    connecting: '서버에 연결하는 중이에요',
    kept: '지금 누르는 것은 태블릿에 저장했다가 연결되면 보내요.',
    waiting: count => `보내기 대기 ${count}건`,
    sound: '소리가 꺼져 있어요. 화면을 한 번 누르면 켜져요.',
    noPage: '그런 화면은 없어요.',
    toOrders: '주문 화면으로',
  },
  en: {
    nav: 'Screens',
    pages: { '/': 'Orders', '/menu': 'Menu', '/sales': 'Sales', '/settings': 'Settings' },
    offline: since => `Offline since ${since}`,
    connecting: 'Connecting to the server',
    kept: 'What you tap is kept on the tablet and sent when the line is back.',
    waiting: count => `${count} waiting to be sent`,
    sound: 'The sound is off. Tap the screen once to allow it.',
    noPage: 'There is no such screen.',
    toOrders: 'To the orders',
  },
}
