import { ApiRefusal } from '../shared/api.ts'
import { NoAnswer } from '../shared/refusals.ts'
import type { Language, Words } from './language.tsx'

const WORDS: Words<{ readonly offline: string; readonly unknown: string; readonly notSent: string; readonly else: string }> = {
  ko: {
    offline: '서버에 연결할 수 없어요. 네트워크를 확인하고 다시 시도해 주세요.',
    unknown: '응답을 받지 못했어요. 처리되었을 수도 있으니 주문 상태를 확인해 주세요.',
    notSent: '연결이 없어 보내지 못했어요. 아무 일도 일어나지 않았습니다.',
    else: '알 수 없는 문제가 생겼어요. 다시 시도해 주세요.',
  },
  en: {
    offline: 'The server cannot be reached. Check your network and try again.',
    unknown: 'No answer came. It may have been done: look at the order.',
    notSent: 'There was no connection, so nothing was sent and nothing has happened.',
    else: 'Something unexpected went wrong. Try again.',
  },
}

/** What went wrong, in words for the person who was at it: the server's own where it has said something. */
export const problemText = (error: unknown, language: Language): string => {
  const words = WORDS[language]
  if (error instanceof ApiRefusal) return error.body.message
  if (error instanceof NoAnswer) return error.last?.message ?? (error.code === 'NOT_SENT' ? words.notSent : words.unknown)
  if (error instanceof TypeError) return words.offline
  return words.else
}
