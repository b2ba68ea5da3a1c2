import type { ActorCode } from '../../actors/codes.ts'
import type { PriceCode } from '../../machines/price.ts'

/** Codes of the doors themselves; machines and actors bring their own. */
type DoorCode =
  | 'BAD_JSON'
  | 'BAD_REQUEST'
  | 'IDEMPOTENCY_KEY_REQUIRED'
  | 'UNAUTHENTICATED'
  | 'TOKEN_EXPIRED'
  | 'WRONG_CREDENTIALS'
  | 'FORBIDDEN'
  | 'ORDER_NOT_FOUND'
  | 'STORE_NOT_FOUND'
  | 'ROUTE_NOT_FOUND'
  | 'PUSH_OFF'
  | 'METHOD_NOT_ALLOWED'
  | 'ORDER_REFUSED'
  | 'ALREADY_PICKED'
  | 'RIDER_BUSY'
  | 'STORE_CLOSED'
  | 'STORE_BUSY'
  | 'LOGIN_TAKEN'
  | 'LAST_HOST'
  | 'LOCATION_UNKNOWN'
  | 'TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'INVALID'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'TOO_MANY_REQUESTS'
  | 'OVERLOADED'
  | 'UNAVAILABLE'
  | 'READ_MODEL_UNAVAILABLE'
  | 'INTERNAL'

export type Code = DoorCode | ActorCode | PriceCode

export interface ErrorRow {
  /** The HTTP status. */
  readonly status: number
  /** Whether the very same request may succeed later without any change. */
  readonly retry: boolean
  readonly ko: string
  readonly en: string
}

/** Every error a door can answer with, once. `docs/errors.md` explains each; a test compares the two. */
export const ERRORS = {
  BAD_JSON: { status: 400, retry: false, ko: '요청 본문이 올바른 JSON이 아닙니다.', en: 'The body is not JSON.' },
  BAD_REQUEST: { status: 400, retry: false, ko: '요청 형식이 올바르지 않습니다.', en: 'The request is malformed.' },
  BAD_COMMAND: { status: 400, retry: false, ko: '명령 형식이 올바르지 않습니다.', en: 'The command is malformed.' },
  IDEMPOTENCY_KEY_REQUIRED: { status: 400, retry: false, ko: 'Idempotency-Key가 필요합니다.', en: 'An Idempotency-Key is required.' },

  UNAUTHENTICATED: { status: 401, retry: false, ko: '로그인이 필요합니다.', en: 'Please sign in.' },
  TOKEN_EXPIRED: {
    status: 401,
    retry: false,
    ko: '로그인이 만료되었습니다. 다시 로그인해 주세요.',
    en: 'The session has expired. Please sign in again.',
  },
  WRONG_CREDENTIALS: { status: 401, retry: false, ko: '아이디 또는 비밀번호가 맞지 않습니다.', en: 'The login or the password is wrong.' },
  FORBIDDEN: { status: 403, retry: false, ko: '권한이 없습니다.', en: 'You may not do this.' },

  NOT_FOUND: { status: 404, retry: false, ko: '찾을 수 없습니다.', en: 'There is no such thing.' },
  ORDER_NOT_FOUND: { status: 404, retry: false, ko: '주문을 찾을 수 없습니다.', en: 'There is no such order.' },
  STORE_NOT_FOUND: { status: 404, retry: false, ko: '가게를 찾을 수 없습니다.', en: 'There is no such store.' },
  ROUTE_NOT_FOUND: { status: 404, retry: false, ko: '없는 경로입니다.', en: 'There is no such path.' },
  PUSH_OFF: { status: 404, retry: false, ko: '이 서버는 푸시 알림을 보내지 않습니다.', en: 'This server sends no push messages.' },
  METHOD_NOT_ALLOWED: { status: 405, retry: false, ko: '허용되지 않는 메서드입니다.', en: 'This path does not know that method.' },

  REFUSED: { status: 409, retry: false, ko: '지금은 할 수 없습니다.', en: 'This cannot be done now.' },
  STALE: { status: 409, retry: false, ko: '이미 지나간 요청입니다.', en: 'This is no longer awaited.' },
  ALREADY_EXISTS: { status: 409, retry: false, ko: '이미 있습니다.', en: 'It exists already.' },
  ORDER_REFUSED: {
    status: 409,
    retry: false,
    ko: '현재 주문 상태에서는 할 수 없습니다.',
    en: 'The order cannot do this in its present state.',
  },
  ALREADY_PICKED: { status: 409, retry: false, ko: '다른 라이더가 먼저 배달을 맡았습니다.', en: 'Another rider was first.' },
  RIDER_BUSY: {
    status: 409,
    retry: false,
    ko: '진행 중인 배달을 먼저 마쳐 주세요.',
    en: 'Finish the delivery in hand first.',
  },
  STORE_CLOSED: { status: 409, retry: true, ko: '지금은 주문을 받지 않습니다.', en: 'The store is closed now.' },
  STORE_BUSY: {
    status: 409,
    retry: true,
    ko: '주문이 많아 지금은 받을 수 없습니다. 잠시 후 다시 주문해 주세요.',
    en: 'The store has as many orders as it can take now. Please order a little later.',
  },
  VERSION_MISMATCH: { status: 409, retry: false, ko: '그사이 주문이 변경되었습니다.', en: 'The order has changed meanwhile.' },
  LOGIN_TAKEN: { status: 409, retry: false, ko: '이미 사용 중인 아이디입니다.', en: 'This login is taken.' },
  LAST_HOST: {
    status: 409,
    retry: true,
    ko: '마지막 호스트입니다. 다른 호스트를 먼저 띄우거나 force를 쓰세요.',
    en: 'It is the only host. Start another first, or force it.',
  },
  LOCATION_UNKNOWN: {
    status: 409,
    retry: true,
    ko: '현재 위치를 알 수 없습니다. 위치를 먼저 보내 주세요.',
    en: 'Your position is not known. Report it first.',
  },

  TOO_LARGE: { status: 413, retry: false, ko: '요청이 너무 큽니다.', en: 'The body is too large.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    retry: false,
    ko: 'application/json만 받습니다.',
    en: 'Only application/json in UTF-8 is understood.',
  },

  INVALID: { status: 422, retry: false, ko: '입력값을 확인해 주세요.', en: 'Some values are not valid.' },
  MENU_NOT_FOUND: { status: 422, retry: false, ko: '메뉴에 없는 상품입니다.', en: 'This item is not on the menu.' },
  SOLD_OUT: { status: 422, retry: true, ko: '품절된 상품입니다.', en: 'This item is sold out.' },
  CHOICE_NOT_FOUND: { status: 422, retry: false, ko: '선택할 수 없는 옵션입니다.', en: 'This choice does not belong to the item.' },
  CHOICE_COUNT: { status: 422, retry: false, ko: '옵션 개수를 확인해 주세요.', en: 'Too few or too many choices.' },
  TOTAL_TOO_LARGE: { status: 422, retry: false, ko: '주문 금액이 너무 큽니다.', en: 'The total is too large.' },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    retry: false,
    ko: '같은 Idempotency-Key로 다른 요청을 보냈습니다.',
    en: 'This Idempotency-Key was used with another body.',
  },

  TOO_MANY_REQUESTS: { status: 429, retry: true, ko: '잠시 후 다시 시도해 주세요.', en: 'Too many requests. Please wait.' },

  INTERNAL: { status: 500, retry: true, ko: '서버 오류가 발생했습니다.', en: 'Something broke on our side.' },
  MACHINE_FAILED: { status: 500, retry: false, ko: '처리 중 오류가 발생했습니다.', en: 'The actor could not decide; it stays as it was.' },
  UNKNOWN_VERSION: { status: 500, retry: false, ko: '처리할 수 없는 버전입니다.', en: 'The actor was written by a version unknown here.' },

  OVERLOADED: {
    status: 503,
    retry: true,
    ko: '요청이 많아 목록과 조회를 잠시 미룹니다. 주문은 계속 받습니다.',
    en: 'Lists and reads are put off for a moment. Orders go on.',
  },
  UNAVAILABLE: { status: 503, retry: true, ko: '일시적으로 이용할 수 없습니다.', en: 'Not available for the moment.' },
  READ_MODEL_UNAVAILABLE: { status: 503, retry: true, ko: '목록을 잠시 볼 수 없습니다.', en: 'Lists are not available for the moment.' },
  MAILBOX_FULL: { status: 503, retry: true, ko: '요청이 몰리고 있습니다.', en: 'Too many requests wait for this one.' },
  HOST_FULL: { status: 503, retry: true, ko: '요청이 몰리고 있습니다.', en: 'The server is full.' },
  DRAINING: { status: 503, retry: true, ko: '서버를 교체하고 있습니다.', en: 'The server is changing over.' },
  NO_HOST: { status: 503, retry: true, ko: '처리할 서버가 없습니다.', en: 'No host answers.' },
  LOG_UNAVAILABLE: { status: 503, retry: true, ko: '저장소가 응답하지 않습니다.', en: 'The log does not answer.' },
} as const satisfies Record<Code, ErrorRow>
