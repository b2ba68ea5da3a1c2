import { z } from 'zod'

/** An AlimTalk template as Kakao approved it. Its Korean words stand in `server/consumers/messages.ts`; a test compares the two. */
export interface TemplateDeclaration {
  readonly id: string
  /** What is filled into it, without the `#{…}` around it. */
  readonly variables: readonly string[]
}

/** One for each thing a customer is told of. A template that changes must be approved anew, under a new id. */
const DECLARED = {
  placed: { id: 'BAEDAL_PLACED_1', variables: ['store', 'order', 'items', 'total'] },
  accepted: { id: 'BAEDAL_ACCEPTED_1', variables: ['store', 'order', 'minutes'] },
  rejected: { id: 'BAEDAL_REJECTED_1', variables: ['store', 'order', 'reason', 'total'] },
  cooking: { id: 'BAEDAL_COOKING_1', variables: ['store', 'order'] },
  cooked: { id: 'BAEDAL_COOKED_1', variables: ['store', 'order'] },
  picked: { id: 'BAEDAL_PICKED_1', variables: ['store', 'order', 'rider'] },
  delivered: { id: 'BAEDAL_DELIVERED_1', variables: ['store', 'order'] },
  canceled: { id: 'BAEDAL_CANCELED_1', variables: ['store', 'order', 'reason'] },
  expired: { id: 'BAEDAL_EXPIRED_1', variables: ['store', 'order'] },
  paymentFailed: { id: 'BAEDAL_PAYMENT_FAILED_1', variables: ['store', 'order', 'reason'] },
  refunded: { id: 'BAEDAL_REFUNDED_1', variables: ['store', 'order', 'total'] },
} as const satisfies Readonly<Record<string, TemplateDeclaration>>

export type TemplateName = keyof typeof DECLARED
export type Templates = Readonly<Record<TemplateName, TemplateDeclaration>>

const NAMES = Object.keys(DECLARED) as readonly TemplateName[]
/** Solapi gives out `KA01TP` and 26 more. */
const ids = z.record(z.string(), z.string().regex(/^[\w-]{1,64}$/))

/**
 * `SOLAPI_TEMPLATES`: the account's own template ids, as JSON by name, `{"placed":"KA01TP…"}`; names left out keep what is declared here.
 * A name that is none of ours is refused, for the message meant by it would go out under the wrong id.
 */
export const templatesField = z
  .string()
  .default('{}')
  .transform((text, context): Templates => {
    const given = ids.safeParse(parsed(text))
    const strangers = given.success ? Object.keys(given.data).filter(name => !NAMES.includes(name as TemplateName)) : []
    if (!given.success) context.addIssue('must be JSON, template ids of 1 to 64 letters, digits, _ or - by name')
    else if (strangers.length > 0) context.addIssue(`no template ${strangers.join(', ')}, there are ${NAMES.join(', ')}`)
    const own = given.success ? given.data : {}
    return Object.fromEntries(NAMES.map(name => [name, { ...DECLARED[name], id: own[name] ?? DECLARED[name].id }])) as unknown as Templates
  })

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
