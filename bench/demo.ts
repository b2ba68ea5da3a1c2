import { parseArgs } from 'node:util'
import type { Command } from '../clients/shared/commands.ts'
import type { OrderView } from '../server/contract/order-view.ts'
import { type Actor, Stage } from './demo/stage.ts'

const HELP = `npm run demo -- [--url http://localhost:8080]

A customer, a store and two riders, as real clients, play two orders against the running server:
one to the confirmed delivery, one to a refund. Prints what each of them is told, and when.
Ends with an error when anything is missing. Start the server first: npm start
`

const { values } = parseArgs({
  options: { url: { type: 'string', default: 'http://localhost:8080' }, help: { type: 'boolean', short: 'h', default: false } },
})
if (values.help) {
  process.stdout.write(HELP)
  process.exit(0)
}

const origin = values.url
const print = (line: string): void => void process.stdout.write(`${line}\n`)
const run = Date.now().toString(36)
const HOME = { address: '서울 강남구 테헤란로 152', lat: 37.50006, lng: 127.03655, detail: '3층' }
const NEARBY = { lat: 37.5012, lng: 127.0352 }

interface Ledger {
  readonly payments: readonly {
    readonly status: string
    readonly confirms: number
    readonly cancels: readonly unknown[]
    readonly balanceAmount: number
  }[]
}
interface Messages {
  readonly messages: readonly { readonly text: string; readonly customFields?: { readonly orderId?: string } }[]
}

const expectThat = (met: boolean, what: string): void => {
  if (!met) throw new Error(`expected ${what}`)
  print(`  ok       ${what}`)
}

const place = (stage: Stage, customer: Actor, nth: string): Promise<OrderView> =>
  stage.act(customer.login, `orders a chicken and pays (${nth})`, () =>
    stage.api.call<OrderView>('/api/orders', {
      method: 'POST',
      token: customer.token,
      idempotencyKey: `demo-${run}-${nth}`,
      body: { storeId: 'store-1', items: [{ menuId: 'm-1-1', quantity: 2 }], deliverTo: HOME, paymentKey: `pk_test_demo_${run}_${nth}` },
    }),
  )

const command = (stage: Stage, who: Actor, name: Command['name'], orderId: string, body: object = {}) =>
  stage.act(who.login, `${name} (by socket)`, async () => {
    const ack = await who.live.command({ name, orderId, ...body } as Command)
    if (!ack.ok) throw new Error(`${who.login} could not ${name}: ${ack.error.code} ${ack.error.message}`)
    return ack.order
  })

const standIns = async (stage: Stage): Promise<{ readonly psp: string; readonly kakao: string } | undefined> =>
  (await stage.api.call<{ standIns?: { psp: string; kakao: string } }>('/healthz')).standIns

const ledgerOf = async (psp: string, orderId: string): Promise<Ledger> =>
  (await (await fetch(`${psp}/stand-in/ledger?orderId=${orderId}`)).json()) as Ledger

const toConfirmed = async (stage: Stage, customer: Actor, store: Actor, rider: Actor, other: Actor): Promise<string> => {
  const { id } = await place(stage, customer, '1')
  for (const who of [customer, store]) await stage.told(who, id, 'order placed')
  await command(stage, store, 'accept', id, { prepMinutes: 15 })
  await stage.told(customer, id, 'order accepted')
  await command(stage, store, 'startCooking', id)
  await stage.told(customer, id, 'order cooking')
  await command(stage, store, 'finishCooking', id)
  for (const who of [customer, store]) await stage.told(who, id, 'order cooked')
  for (const who of [rider, other]) await stage.told(who, id, 'delivery near')
  await command(stage, rider, 'pick', id)
  for (const who of [customer, store, rider]) await stage.told(who, id, 'order picked')
  await stage.told(other, id, 'delivery gone')
  const late = await stage.act(other.login, 'pick, a moment too late', () => other.live.command({ name: 'pick', orderId: id }))
  expectThat(!late.ok && late.error.code === 'ALREADY_PICKED', 'the second rider hears ALREADY_PICKED')
  await stage.act(rider.login, 'rides', () =>
    rider.live.location({ ...NEARBY, lat: NEARBY.lat + 0.001, seq: Date.now(), at: new Date().toISOString() }),
  )
  for (const who of [customer, store]) await stage.told(who, id, 'rider:location')
  await command(stage, rider, 'deliver', id)
  for (const who of [customer, store]) await stage.told(who, id, 'order delivered')
  await command(stage, customer, 'confirm', id)
  for (const who of [customer, store]) await stage.told(who, id, 'order confirmed')
  return id
}

const toRefund = async (stage: Stage, customer: Actor, store: Actor): Promise<string> => {
  const { id } = await place(stage, customer, '2')
  for (const who of [customer, store]) await stage.told(who, id, 'order placed')
  await command(stage, customer, 'cancel', id, { reason: '다른 걸 먹기로 했어요' })
  for (const who of [customer, store]) await stage.told(who, id, 'order canceled (refund pending)')
  for (const who of [customer, store]) await stage.told(who, id, 'order canceled (refund done)')
  return id
}

const summary = (stage: Stage): void => {
  const sorted = stage.seen.map(({ afterMs }) => afterMs).sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  print(`\n${sorted.length} pushes, from act to eye: median ${at(0.5)} ms, slowest ${sorted.at(-1) ?? 0} ms`)
}

try {
  await using stage = new Stage(origin, print)
  const customer = await stage.enter('customer', 'customer-1')
  const store = await stage.enter('store', 'store-1')
  const rider = await stage.enter('rider', 'rider-1')
  const other = await stage.enter('rider', 'rider-2')
  for (const who of [rider, other]) {
    await stage.act(who.login, 'goes online nearby', async () => {
      await who.live.online(true)
      await who.live.location({ ...NEARBY, seq: Date.now(), at: new Date().toISOString() })
    })
  }
  const delivered = await toConfirmed(stage, customer, store, rider, other)
  const refunded = await toRefund(stage, customer, store)

  print('\nlooking back')
  const timeline = await stage.api.call<readonly { version: number; event: string; status: string }[]>(
    `/api/orders/${delivered}/timeline`,
    { token: customer.token },
  )
  expectThat(
    timeline.every(({ version }, i) => version === i + 1),
    `the timeline has ${timeline.length} steps without a gap`,
  )
  const outside = await standIns(stage)
  if (outside) {
    const [paid] = (await ledgerOf(outside.psp, delivered)).payments
    expectThat(paid?.confirms === 1 && paid.cancels.length === 0, 'the delivered order was charged once and kept')
    const [back] = (await ledgerOf(outside.psp, refunded)).payments
    expectThat(
      back?.confirms === 1 && back.cancels.length === 1 && back.balanceAmount === 0,
      'the canceled order was charged once and refunded once',
    )
    const { messages } = (await (await fetch(`${outside.kakao}/stand-in/messages`)).json()) as Messages
    const told = messages.filter(({ customFields }) => customFields?.orderId === delivered).length
    expectThat(told > 0, `the customer got ${told} KakaoTalk messages for the delivered order`)
  }
  summary(stage)
} catch (error) {
  const refused = error instanceof TypeError && error.message === 'fetch failed'
  process.stderr.write(
    `\ndemo: ${refused ? `nobody answers at ${origin}; start the server first: npm start` : error instanceof Error ? error.message : String(error)}\n`,
  )
  process.exitCode = 1
}
