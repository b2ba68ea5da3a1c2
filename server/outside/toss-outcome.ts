/** What an error code of Toss means to us. The HTTP status is no guide: PROVIDER_ERROR is a 400 and yet passes. */
export type CodeClass = 'declined' | 'misconfigured' | 'unknown'

/** Final for this payment: the customer may pay in another way. Nobody's outage. */
const DECLINED: ReadonlySet<string> = new Set([
  'REJECT_CARD_PAYMENT',
  'REJECT_CARD_COMPANY',
  'REJECT_ACCOUNT_PAYMENT',
  'REJECT_TOSSPAY_INVALID_ACCOUNT',
  'INVALID_STOPPED_CARD',
  'INVALID_REJECT_CARD',
  'INVALID_CARD_LOST_OR_STOLEN',
  'INVALID_CARD_EXPIRATION',
  'INVALID_CARD_NUMBER',
  'INVALID_CARD_INSTALLMENT_PLAN',
  'INVALID_ACCOUNT_INFO_RE_REGISTER',
  'INVALID_PASSWORD',
  'RESTRICTED_TRANSFER_ACCOUNT',
  'NOT_ALLOWED_POINT_USE',
  'NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT',
  'NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN',
  'BELOW_MINIMUM_AMOUNT',
  'NOT_AVAILABLE_BANK',
  'NOT_AVAILABLE_PAYMENT',
  'FDS_ERROR',
  // The customer's authentication is over (10 min) or never was: only a new one can be confirmed.
  'NOT_FOUND_PAYMENT_SESSION',
  'NOT_FOUND_PAYMENT',
  // Of a cancel.
  'NOT_CANCELABLE_PAYMENT',
  'NOT_CANCELABLE_AMOUNT',
  'NOT_ALLOWED_PARTIAL_REFUND',
  'NOT_MATCHES_REFUNDABLE_AMOUNT',
  'REFUND_REJECTED',
])

/** Ours to repair: keys, merchant, a malformed request. Every payment would fail alike. */
const MISCONFIGURED: ReadonlySet<string> = new Set([
  'UNAUTHORIZED_KEY',
  'INVALID_API_KEY',
  'INCORRECT_BASIC_AUTH_FORMAT',
  'INVALID_REQUEST',
  'FORBIDDEN_REQUEST',
  'INVALID_AUTHORIZE_AUTH',
  'INVALID_IDEMPOTENCY_KEY',
  'INVALID_UNREGISTERED_SUBMALL',
  'NOT_FOUND_TERMINAL_ID',
  'NOT_REGISTERED_BUSINESS',
])

/** Everything else is unknown, codes that Toss may add tomorrow among them: looked up, never guessed. */
export const classOf = (code: string): CodeClass => {
  if (DECLINED.has(code) || code.startsWith('EXCEED_MAX_')) return 'declined'
  return MISCONFIGURED.has(code) ? 'misconfigured' : 'unknown'
}

/** Answers that say "not now": the call under this key, or an earlier one, has not come to its end. */
const NOT_ENDED: ReadonlySet<string> = new Set(['IDEMPOTENT_REQUEST_PROCESSING', 'FORBIDDEN_CONSECUTIVE_REQUEST'])

/**
 * True when Toss keeps this answer for its idempotency key: it repeats first answers for 15 days, errors too, so a passing
 * error comes back under the same key for ever. Trying again then needs a new key, and first a look that nothing was charged.
 */
export const isKeptAnswer = (code: string): boolean => !NOT_ENDED.has(code)
