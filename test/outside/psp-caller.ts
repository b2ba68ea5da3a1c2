import type { Load } from '../../server/outside/stand-ins/faults.ts'
import { startPsp } from '../../server/outside/stand-ins/psp.ts'
import type { PspCall } from '../../server/outside/stand-ins/psp-memory.ts'
import type { BookedPayment } from '../../server/outside/stand-ins/psp-payments.ts'
import { Toss } from '../../server/outside/toss.ts'

export const SECRET_KEY = 'test_sk_of_the_house'

export interface PspStart {
  readonly port?: number
  readonly dataDir?: string
  readonly webhookUrl?: string
  readonly timeoutMs?: number
  readonly random?: () => number
  readonly now?: () => number
  readonly secretKey?: string
}

/** A provider and a client of it, with a hand on its faults and an eye on its ledger. */
export const openPsp = async (start: PspStart = {}) => {
  let ids = 0
  const { timeoutMs = 2_000, secretKey = SECRET_KEY, ...rest } = start
  const server = await startPsp({ port: 0, secretKey, now: () => Date.now(), random: () => 0, newId: () => `id-${++ids}`, ...rest })
  const toss = new Toss({ url: server.url, secretKey: SECRET_KEY, timeoutMs })
  const put = (body: unknown) => fetch(`${server.url}/stand-in/faults`, { method: 'PUT', body: JSON.stringify(body) })
  return {
    ...server,
    toss,
    put,
    faults: async (faults: object): Promise<void> => {
      const response = await put(faults)
      if (response.status !== 200) throw new Error(await response.text())
    },
    ledger: async (orderId: string) => {
      const response = await fetch(`${server.url}/stand-in/ledger?orderId=${orderId}`)
      return (await response.json()) as { readonly payments: readonly BookedPayment[]; readonly calls: readonly PspCall[] }
    },
    load: async () =>
      (await (await fetch(`${server.url}/stand-in/load`)).json()) as Readonly<Record<'confirm' | 'cancel' | 'lookup', Load>>,
    /** A bare call, for what the client would never send. */
    post: (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${SECRET_KEY}:`).toString('base64')}`, ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([toss.close(), server.stop()])
    },
  }
}

export type OpenPsp = Awaited<ReturnType<typeof openPsp>>

export const pay = (orderId: string, paymentKey = `pk_test_${orderId}`, idempotencyKey = `confirm:${orderId}#1`) => ({
  paymentKey,
  orderId,
  amount: 18_000,
  idempotencyKey,
})
