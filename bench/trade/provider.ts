import type { House } from '../../config/runtime/house.ts'

interface Ledger {
  readonly payments: readonly { readonly confirms: number; readonly status: string }[]
}

const AT_ONCE = 32

/** What the provider's own books say of these orders. */
export interface Charges {
  /** Orders charged exactly once, and not given back. */
  readonly once: number
  /** Ids of the others. */
  readonly otherwise: readonly string[]
}

export const chargesOf = async ({ standIns }: House, orderIds: readonly string[]): Promise<Charges> => {
  const waiting = [...orderIds]
  const otherwise: string[] = []
  const ask = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const response = await fetch(`${standIns.psp}/stand-in/ledger?orderId=${id}`)
      const { payments } = (await response.json()) as Ledger
      const charged = payments.filter(({ status }) => status === 'DONE').reduce((sum, { confirms }) => sum + confirms, 0)
      if (charged !== 1) otherwise.push(id)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, ask))
  return { once: orderIds.length - otherwise.length, otherwise }
}
