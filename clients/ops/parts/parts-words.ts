import type { Words } from '../../web/language.tsx'

const ko = {
  reason: '사유',
  reasonHint: '누가 왜 했는지 기록에 남아요. 200자까지.',
  reasonMissing: '사유를 적어 주세요.',
  leave: '그만두기',
  loading: '불러오는 중…',
  old: '마지막으로 받은 내용이에요. 지금은 다를 수 있어요.',
  picture: '그림',
  ago: (lapse: string) => `${lapse} 전`,
}
const en: typeof ko = {
  reason: 'Reason',
  reasonHint: 'Kept with who did it. 200 characters at most.',
  reasonMissing: 'Please say why.',
  leave: 'Leave it',
  loading: 'Loading…',
  old: 'This is the last that was received; it may be different now.',
  picture: 'picture',
  ago: lapse => `${lapse} ago`,
}
export const PARTS_WORDS: Words<typeof ko> = { ko, en }
