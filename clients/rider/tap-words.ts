import type { Words } from '../web/language.tsx'

type RiderTap = 'pick' | 'deliver' | 'release'

interface TapWords {
  readonly name: Readonly<Record<RiderTap, string>>
  readonly notTaken: string
  waits(name: string): string
  sending(name: string): string
  refused(name: string, order: string): string
  readonly dismiss: string
}

export const TAP_WORDS: Words<TapWords> = {
  ko: {
    name: { pick: '픽업', deliver: '전달 완료', release: '배차 취소' },
    notTaken: '이 기기에 저장할 수 없어 처리하지 못했어요. 저장 공간을 확인하고 다시 눌러 주세요.',
    waits: name => `${name}: 저장했어요. 연결되면 바로 전송돼요.`,
    sending: name => `${name}: 전송하는 중…`,
    refused: (name, order) => `처리되지 않은 요청: ${name} (주문 ${order})`,
    dismiss: '확인했어요',
  },
  en: {
    name: { pick: 'Picked up', deliver: 'Delivered', release: 'Give back' },
    notTaken: 'It could not be kept on this device, so nothing was done. Make room and try again.',
    waits: name => `${name}: kept here, and sent as soon as there is a connection.`,
    sending: name => `${name}: being sent…`,
    refused: (name, order) => `Not accepted: ${name} (order ${order})`,
    dismiss: 'I see',
  },
}

/** Riders tap no other. */
export const isRiderTap = (name: string): name is RiderTap => name === 'pick' || name === 'deliver' || name === 'release'
