import type { OrderContext } from '../../machines/order-types.ts'

/** What a customer is told of. `paying` and `paymentWaiting` are seconds on the customer's own screen, `confirmed` is the customer's own word. */
export const NOTICES = [
  'placed',
  'accepted',
  'rejected',
  'cooking',
  'cooked',
  'picked',
  'delivered',
  'canceled',
  'expired',
  'paymentFailed',
  'refunded',
] as const
export type Notice = (typeof NOTICES)[number]

/** As approved by Kakao, from the configuration. */
export interface Template {
  readonly id: string
  /** What is filled into its words, without the `#{…}`. */
  readonly variables: readonly string[]
}
export type Templates = Readonly<Record<Notice, Template>>

interface News {
  /** The approved words; `#{name}` is filled in. */
  readonly words: string
  /** Past this age of the fact, in milliseconds, the news is of no use and is not sent. */
  readonly usefulMs: number
}

const MINUTE = 60_000
const DAY = 1_440 * MINUTE

const HEAD = '[배달] #{store}\n주문번호 #{order}\n\n'

/** AlimTalk is for information only: no word here may advertise. What changes here must be approved anew, under a new id (`config/templates.ts`). */
export const NEWS: Readonly<Record<Notice, News>> = {
  placed: {
    words: `${HEAD}주문이 접수되었습니다.\n#{items}\n결제금액 #{total}\n\n매장에서 주문을 확인하고 있습니다.`,
    usefulMs: 30 * MINUTE,
  },
  accepted: {
    words: `${HEAD}매장에서 주문을 수락했습니다.\n조리 예상 시간은 약 #{minutes}분입니다.`,
    usefulMs: 30 * MINUTE,
  },
  rejected: {
    words: `${HEAD}매장 사정으로 주문이 거절되었습니다.\n사유: #{reason}\n\n결제하신 #{total}은 전액 취소됩니다.`,
    usefulMs: DAY,
  },
  cooking: { words: `${HEAD}조리를 시작했습니다.`, usefulMs: 30 * MINUTE },
  cooked: { words: `${HEAD}조리가 끝났습니다.\n배달할 라이더를 찾고 있습니다.`, usefulMs: 30 * MINUTE },
  picked: {
    words: `${HEAD}라이더가 음식을 받아 배달을 시작했습니다.\n라이더: #{rider}`,
    usefulMs: 30 * MINUTE,
  },
  delivered: { words: `${HEAD}배달이 완료되었습니다.\n맛있게 드세요.`, usefulMs: DAY },
  canceled: { words: `${HEAD}주문이 취소되었습니다.\n사유: #{reason}`, usefulMs: DAY },
  expired: {
    words: `${HEAD}시간 안에 진행되지 않아 주문이 자동으로 취소되었습니다.\n결제하신 금액이 있으면 전액 취소됩니다.`,
    usefulMs: DAY,
  },
  paymentFailed: {
    words: `${HEAD}결제가 완료되지 않았습니다.\n사유: #{reason}\n\n다른 결제 수단으로 다시 시도할 수 있습니다.`,
    usefulMs: 30 * MINUTE,
  },
  refunded: {
    words: `${HEAD}결제하신 #{total}이 취소되었습니다.\n카드사에 따라 영업일 기준 3~5일이 걸릴 수 있습니다.`,
    usefulMs: 3 * DAY,
  },
}

/** A notice about this order: the template's variables, and the same words in full for the SMS in its place. */
export const messageOf = (
  notice: Notice,
  template: Template,
  order: OrderContext,
): { readonly variables: Record<string, string>; readonly text: string } => {
  const facts = factsOf(notice, order)
  const fill = (name: string): string => facts[name] ?? '-' // Kakao refuses an empty variable
  return {
    variables: Object.fromEntries(template.variables.map(name => [`#{${name}}`, fill(name)])),
    text: NEWS[notice].words.replace(/#\{(\w+)\}/g, (_gap, name: string) => fill(name)),
  }
}

const factsOf = (notice: Notice, order: OrderContext): Readonly<Record<string, string | undefined>> => ({
  store: order.store.name ?? order.store.id,
  order: order.id,
  items: itemsOf(order),
  total: `${order.total.toLocaleString('ko-KR')}원`,
  minutes: order.prepMinutes?.toString(),
  reason: shortened(notice === 'paymentFailed' ? order.decline?.message : order.reason),
  rider: order.rider?.name ?? order.rider?.id,
})

/** `후라이드 치킨 외 1건`. */
const itemsOf = ({ items }: OrderContext): string => {
  const [first, ...others] = items
  if (!first) return '-'
  return others.length === 0 ? first.name : `${first.name} 외 ${others.length}건`
}

/** People write reasons at any length; a message has 1,000 characters in all. */
const shortened = (text: string | undefined): string | undefined => (text === undefined || text === '' ? undefined : text.slice(0, 100))
