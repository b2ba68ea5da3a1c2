import type { Words } from '../../web/language.tsx'

const ko = {
  reason: '사유',
  reasonHint: '누가 왜 했는지 기록에 남아요. 200자까지.',
  reasonMissing: '사유를 적어 주세요.',
  leave: '그만두기',
  loading: '불러오는 중…',
  old: '마지막으로 받은 내용이에요. 지금은 다를 수 있어요.',
  more: '더 보기',
  order: (id: string) => `주문 ${id}`,
  none: '없음',
  ago: (lapse: string) => `${lapse} 전`,
  since: (lapse: string) => `${lapse}째`,
}
const en: typeof ko = {
  reason: 'Reason',
  reasonHint: 'Kept with who did it. 200 characters at most.',
  reasonMissing: 'Please say why.',
  leave: 'Leave it',
  loading: 'Loading…',
  old: 'This is the last that was received; it may be different now.',
  more: 'Show more',
  order: id => `order ${id}`,
  none: 'none',
  ago: lapse => `${lapse} ago`,
  since: lapse => `for ${lapse}`,
}
export const PARTS_WORDS: Words<typeof ko> = { ko, en }
