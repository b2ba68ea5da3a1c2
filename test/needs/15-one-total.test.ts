import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import type { OrderView } from '../../server/contract/order-view.ts'
import { until } from '../harness/house.ts'
import { anOrder, knock, ledgerOf, Somebody } from '../harness/people.ts'
import { sharedHouse } from '../harness/shared-house.ts'

interface Item {
  readonly id: string
  readonly price: number
  readonly soldOut: boolean
  readonly options: readonly {
    readonly choices: readonly { readonly id: string; readonly price: number }[]
    readonly min: number
    readonly max: number
  }[]
}
interface Line {
  readonly menuId: string
  readonly quantity: number
  readonly choices: readonly string[]
}
interface Cart {
  readonly lines: readonly Line[]
  /** As the app adds it up from the menu it shows. */
  readonly shownWon: bigint
}

const STORE = 'store-2'
const CARTS = 24

/** One line as an app lets it be put together: quantity and, of every group, as many choices as it allows. */
const lineOf = (item: Item): fc.Arbitrary<{ readonly line: Line; readonly won: bigint }> =>
  fc
    .tuple(
      fc.integer({ min: 1, max: 99 }),
      fc.tuple(
        ...item.options.map(({ choices, min, max }) =>
          fc.subarray([...choices], { minLength: min, maxLength: Math.min(max, choices.length) }),
        ),
      ),
    )
    .map(([quantity, groups]) => {
      const choices = groups.flat()
      const unit = choices.reduce((sum, { price }) => sum + BigInt(price), BigInt(item.price))
      return { line: { menuId: item.id, quantity, choices: choices.map(({ id }) => id) }, won: unit * BigInt(quantity) }
    })

const cartOf = (menu: readonly Item[]): fc.Arbitrary<Cart> => {
  const line = fc.constantFrom(...menu.filter(({ soldOut }) => !soldOut)).chain(lineOf)
  return fc.array(line, { minLength: 1, maxLength: 6 }).map(lines => ({
    lines: lines.map(each => each.line),
    shownWon: lines.reduce((sum, { won }) => sum + won, 0n),
  }))
}

interface Sent {
  readonly customFields: Readonly<Record<string, string>>
  readonly kakaoOptions: { readonly variables: Readonly<Record<string, string>> }
}

/** By order: the total in the message that it was placed. */
const placedMessages = async (kakao: string): Promise<ReadonlyMap<string, string | undefined>> => {
  const { messages } = (await (await fetch(`${kakao}/stand-in/messages`)).json()) as { messages: readonly Sent[] }
  const placed = messages.filter(({ customFields }) => customFields.status === 'placed')
  return new Map(placed.map(({ customFields, kakaoOptions }) => [customFields.orderId ?? '', kakaoOptions.variables['#{total}']]))
}

describe('need 15: the total that is shown is the total that is stored and the total that is charged', function () {
  this.timeout(90_000)
  const shared = sharedHouse()
  let customer: Somebody
  let store: Somebody
  let ops: Somebody
  let menu: readonly Item[]
  const ledger = (id: string) => ledgerOf(shared.house.standIns.psp, id)

  before(async () => {
    const { url } = shared.house
    customer = await Somebody.signIn(url, 'customer', 'customer-17')
    store = await Somebody.signIn(url, 'store', STORE)
    ops = await Somebody.signIn(url, 'ops', 'ops-1')
    menu = (await customer.call<{ menu: readonly Item[] }>(`/api/stores/${STORE}`)).menu
    expect(menu.flatMap(({ options }) => options).length, 'options on the menu').to.be.above(5)
  })
  after(async () => {
    for (const who of [customer, store, ops]) await who?.[Symbol.asyncDispose]()
  })

  it('for any cart with any options, on every screen, in the read model, at the provider, in the message and when it is given back', async () => {
    const carts = fc.sample(cartOf(menu), { numRuns: CARTS, seed: 15 })
    const placed = await Promise.all(
      carts.map(({ lines }, i) =>
        customer.place(
          `total-${i}`,
          // What a client says of prices is not even read.
          {
            storeId: STORE,
            items: lines.map(line => ({ ...line, price: 1, unitPrice: 1, lineTotal: 1 })),
            total: 1,
            amount: 1,
            paymentKey: `pk_test_total_${i}`,
          },
        ),
      ),
    )
    const listed = async (who: Somebody) =>
      new Map((await who.call<{ items: OrderView[] }>('/api/orders?limit=100')).items.map(order => [order.id, order.total]))
    // A store is shown an order from its payment on, so its list may have one later than the customer's.
    let lists: readonly ReadonlyMap<string, number>[] = []
    await until('everyone is shown them all', async () => {
      lists = await Promise.all([customer, store, ops].map(listed))
      return placed.every(({ id }) => lists.every(list => list.has(id)))
    })
    let messages: ReadonlyMap<string, string | undefined> = new Map()
    await until('everyone has had a message', async () => {
      messages = await placedMessages(shared.house.standIns.kakao)
      return placed.every(({ id }) => messages.has(id))
    })
    for (const [i, { id }] of placed.entries()) {
      const { lines, shownWon } = carts[i] as Cart
      const order = await customer.sees(id, ({ status }) => status === 'placed', 'its order placed')
      const won = Number(shownWon)
      expect(order.total, JSON.stringify(lines)).to.equal(won)
      expect(order.items.reduce((sum, { lineTotal }) => sum + lineTotal, 0)).to.equal(won)
      for (const line of order.items) {
        expect(line.lineTotal).to.equal(line.unitPrice * line.quantity)
        expect([line.unitPrice, line.lineTotal].every(Number.isSafeInteger)).to.equal(true)
      }
      for (const who of [store, ops]) expect((await who.order(id)).total).to.equal(won)
      for (const list of lists) expect(list.get(id)).to.equal(won)
      const { payments } = await ledger(id)
      expect(payments.map(({ amount, balanceAmount, confirms }) => [amount, balanceAmount, confirms])).to.deep.equal([[won, won, 1]])
      expect(messages.get(id)).to.equal(`${won.toLocaleString('ko-KR')}원`)
    }
    const given = placed.slice(0, 8)
    await Promise.all(given.map(({ id }) => customer.act(id, 'cancel', {})))
    for (const [i, { id }] of given.entries()) {
      await customer.sees(id, ({ refund }) => refund === 'done', 'its money back')
      const { payments } = await ledger(id)
      const cancels = payments.flatMap(payment => payment.cancels as { readonly cancelAmount: number }[])
      expect(cancels.map(({ cancelAmount }) => cancelAmount)).to.deep.equal([Number(carts[i]?.shownWon)])
    }
  })

  it('keeps the price that was shown when the order was placed, though the item is sold out since', async () => {
    const item = menu.find(({ soldOut, options }) => !soldOut && options.every(({ min }) => min === 0)) as Item
    const order = { storeId: STORE, items: [{ menuId: item.id, quantity: 3 }], paymentKey: undefined }
    const { id, total } = await customer.place('total-later', anOrder(order))
    expect(total).to.equal(item.price * 3)
    await store.call(`/api/stores/me/menu/${item.id}`, 'PUT', { soldOut: true })
    try {
      await customer.act(id, 'pay', { paymentKey: 'pk_test_total_later' })
      expect(await customer.sees(id, ({ status }) => status === 'placed', 'its order placed')).to.include({ total })
      expect((await ledger(id)).payments.map(({ amount }) => amount)).to.deep.equal([total])
    } finally {
      await store.call(`/api/stores/me/menu/${item.id}`, 'PUT', { soldOut: false })
    }
  })

  it('takes no payment of another amount for its own: nobody is told that it is paid, and operators are told that it is not', async () => {
    const order = { storeId: STORE, items: [{ menuId: (menu[0] as Item).id, quantity: 1 }], paymentKey: undefined }
    const { id, total } = await customer.place('total-mismatch', anOrder(order))
    const secrets = JSON.parse(readFileSync(join(shared.house.dir.path, 'secrets.json'), 'utf8')) as { tossSecretKey: string }
    const paid = await knock(shared.house.standIns.psp, '/v1/payments/confirm', {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${secrets.tossSecretKey}:`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ paymentKey: 'pk_test_cheap', orderId: id, amount: 100 }),
    })
    expect([paid.status, total > 100]).to.deep.equal([200, true])
    const answer = await customer.act(id, 'pay', { paymentKey: 'pk_test_cheap' })
    expect(answer.status).to.be.oneOf(['paying', 'paymentWaiting'])
    const log = () => readFileSync(join(shared.house.dir.logs, 'payments.log'), 'utf8')
    await until('operators are told', () =>
      log()
        .split('\n')
        .some(line => line.includes('is not the order total') && line.includes(id)),
    )
    expect((await customer.order(id)).status).to.not.equal('placed')
    const { payments } = await ledger(id)
    expect(payments.map(({ amount, confirms }) => [amount, confirms])).to.deep.equal([[100, 1]])
    await customer.act(id, 'cancel', {}) // and nobody waits for it any more
  })
})
