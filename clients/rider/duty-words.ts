import type { Words } from '../web/language.tsx'

interface DutyWords {
  readonly online: string
  readonly offline: string
  readonly goingOn: string
  readonly goingOff: string
  readonly notShared: string
  readonly elsewhere: string
  readonly shareHere: string
  readonly locating: string
  readonly waitsForLine: string
  sent(seconds: number, everySeconds: number): string
  readonly denied: string
  readonly deniedWhy: string
  readonly deniedSteps: readonly string[]
  readonly unavailable: string
  readonly unavailableWhy: string
  readonly again: string
  readonly consentTitle: string
  readonly consentWhat: readonly { readonly term: string; readonly text: string }[]
  readonly consentYes: string
  readonly consentNo: string
}

export const DUTY_WORDS: Words<DutyWords> = {
  ko: {
    online: '온라인',
    offline: '오프라인',
    goingOn: '온라인으로 바꾸는 중 · 연결되면 바로 바뀌어요',
    goingOff: '오프라인으로 바꾸는 중 · 위치는 이미 공유하지 않아요',
    notShared: '위치를 공유하지 않아요',
    elsewhere: '다른 기기에서 온라인이에요 · 이 기기의 위치는 보내지 않아요',
    shareHere: '이 기기로 일하기',
    locating: '내 위치를 찾는 중…',
    waitsForLine: '연결되면 위치를 보내요',
    sent: (seconds, every) => `위치 전송 ${seconds}초 전 · ${every}초마다`,
    denied: '위치 권한이 꺼져 있어요',
    deniedWhy: '내 위치를 모르면 주변 배달을 보여 드릴 수 없어요. 진행 중인 배달은 그대로 할 수 있어요.',
    deniedSteps: [
      '주소창의 자물쇠(또는 설정) 아이콘을 누르세요.',
      '권한 → 위치를 “허용”으로 바꾸세요.',
      '휴대전화 설정에서 위치(GPS)도 켜져 있는지 보세요.',
      '돌아와서 아래 “다시 확인”을 누르세요.',
    ],
    unavailable: '위치를 찾지 못했어요',
    unavailableWhy: '실내나 지하에서는 GPS가 잡히지 않을 수 있어요. 계속 찾고 있어요.',
    again: '다시 확인',
    consentTitle: '위치를 공유할까요?',
    consentWhat: [
      { term: '무엇을', text: '온라인인 동안의 내 위치만 보내요. 오프라인이 되면 바로 멈춰요.' },
      { term: '누구에게', text: '배달을 잡은 뒤부터 전달할 때까지 그 손님과 가게만 내 위치를 봐요.' },
      { term: '왜', text: '가까운 배달을 먼저 보여 드리려고요. 서버는 마지막 위치만 10분 동안 기억하고 기록으로 남기지 않아요.' },
      { term: '배터리', text: '움직일 때 4초마다, 서 있으면 더 드물게 보내요. 배터리가 20% 아래면 아껴요.' },
    ],
    consentYes: '동의하고 온라인 시작',
    consentNo: '나중에',
  },
  en: {
    online: 'Online',
    offline: 'Offline',
    goingOn: 'Going online · as soon as there is a connection',
    goingOff: 'Going offline · your position is shared no more',
    notShared: 'Your position is not shared',
    elsewhere: 'Online on another device · the position of this one is not shared',
    shareHere: 'Work on this device',
    locating: 'Looking for your position…',
    waitsForLine: 'Your position is sent when there is a connection',
    sent: (seconds, every) => `Position sent ${seconds} s ago · every ${every} s`,
    denied: 'Location is not allowed',
    deniedWhy: 'Without your position we cannot show deliveries near you. What you have in hand you can still deliver.',
    deniedSteps: [
      'Tap the lock (or settings) icon in the address bar.',
      'Under permissions, set location to “allow”.',
      'See that location (GPS) is on in the settings of the phone, too.',
      'Come back and tap “check again”.',
    ],
    unavailable: 'Your position was not found',
    unavailableWhy: 'Indoors and underground there may be no GPS. We keep looking.',
    again: 'Check again',
    consentTitle: 'Share your position?',
    consentWhat: [
      { term: 'What', text: 'Only where you are while you are online. It stops the moment you go offline.' },
      {
        term: 'With whom',
        text: 'From your claim to the delivery, the customer and the store of that order see where you are. Nobody else.',
      },
      {
        term: 'Why',
        text: 'To show you the nearest deliveries first. The server remembers the last position for 10 minutes and keeps no history.',
      },
      { term: 'Battery', text: 'Every 4 s while you move, less often while you stand; below 20 % battery it saves.' },
    ],
    consentYes: 'Agree and go online',
    consentNo: 'Not now',
  },
}
