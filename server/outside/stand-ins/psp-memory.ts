import { Journal } from './journal.ts'
import type { PspAnswer } from './psp-errors.ts'
import type { BookedPayment, PspPayments } from './psp-payments.ts'

/** One call as the ledger shows it. `status` 0: it was never answered. */
export interface PspCall {
  readonly at: string
  readonly method: string
  readonly path: string
  readonly idempotencyKey?: string
  /** The caller's `X-Request-Id`. */
  readonly requestId?: string
  readonly status: number
}

/** All that one call changed, in one line, so that a kill keeps all of it or nothing. */
interface Fact {
  readonly orderId?: string
  readonly call: PspCall
  readonly payment?: BookedPayment
  /** The first answer under an idempotency key, by its scope. */
  readonly first?: { readonly scope: string; readonly atMs: number; readonly answer: PspAnswer }
}

/** Toss keeps an idempotency key for 15 days from its first use. */
const KEY_LIFE_MS = 15 * 86_400_000

/** What the provider remembers: payments, first answers, and who called. Read back from its journal at start. */
export class PspMemory {
  readonly #payments: PspPayments
  readonly #journal: Journal<Fact>
  readonly #answers = new Map<string, { readonly atMs: number; readonly answer: PspAnswer }>()
  readonly #calls = new Map<string, PspCall[]>()
  readonly #now: () => number

  constructor(payments: PspPayments, now: () => number, dataDir: string | undefined) {
    this.#payments = payments
    this.#now = now
    this.#journal = new Journal<Fact>(dataDir, 'psp')
    for (const fact of this.#journal.load()) {
      if (fact.payment) this.#payments.put(fact.payment)
      this.#learn(fact)
    }
  }

  /** The first answer given in this scope (key, API key, method, URL), while its key lives. */
  firstAnswer(scope: string): PspAnswer | undefined {
    const first = this.#answers.get(scope)
    return first && this.#now() - first.atMs < KEY_LIFE_MS ? first.answer : undefined
  }

  /** Written before the answer leaves. */
  note(fact: Fact): void {
    this.#journal.append(fact)
    this.#learn(fact)
  }

  ledger(orderId: string): { readonly payments: readonly BookedPayment[]; readonly calls: readonly PspCall[] } {
    return { payments: this.#payments.ofOrder(orderId), calls: this.#calls.get(orderId) ?? [] }
  }

  #learn({ orderId, call, first }: Fact): void {
    if (first) this.#answers.set(first.scope, first)
    if (orderId === undefined) return
    const calls = this.#calls.get(orderId) ?? []
    calls.push(call)
    if (calls.length > 200) calls.shift() // the newest tell the story
    this.#calls.set(orderId, calls)
  }
}
