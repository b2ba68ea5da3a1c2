import type { Locale } from '../contract/errors.ts'
import type { SchemaWords } from './schema-html.ts'

export interface DocsWords extends SchemaWords {
  readonly title: string
  readonly intro: string
  readonly calls: string
  readonly events: string
  readonly who: string
  readonly anyone: string
  readonly parameters: string
  readonly body: string
  readonly answers: string
  readonly errors: string
  readonly told: string
  readonly asked: string
  readonly payload: string
  readonly ack: string
}

/** The labels of the page about the contract. What the contract itself says is in English. */
export const DOCS_WORDS: Readonly<Record<Locale, DocsWords>> = {
  en: {
    title: 'The contract of Baedal',
    intro: 'The same for programs:',
    calls: 'Calls (REST)',
    events: 'Events (Socket.IO)',
    who: 'Who',
    anyone: 'Anyone.',
    parameters: 'Parameters',
    body: 'Body',
    answers: 'Answers',
    errors: 'Errors',
    told: 'The server tells',
    asked: 'The client asks',
    payload: 'Payload',
    ack: 'Ack',
    required: 'required',
    oneOf: 'One of these:',
    nothing: 'No fields.',
  },
  ko: {
    title: '배달 서버의 계약',
    intro: '프로그램이 읽을 문서:',
    calls: '호출 (REST)',
    events: '이벤트 (Socket.IO)',
    who: '누가',
    anyone: '누구나.',
    parameters: '매개변수',
    body: '본문',
    answers: '응답',
    errors: '오류',
    told: '서버가 알리는 것',
    asked: '클라이언트가 요청하는 것',
    payload: '내용',
    ack: '확인 응답',
    required: '필수',
    oneOf: '다음 중 하나:',
    nothing: '필드가 없습니다.',
  },
}
