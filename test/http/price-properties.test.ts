import { expect } from 'chai'
import fc from 'fast-check'
import { orderContext } from '../../actors/kinds/order.ts'
import type { MenuItem, Wanted } from '../../machines/price.ts'
import { isWon } from '../../machines/won.ts'
import { fingerprint } from '../../server/gateway/fingerprint.ts'
import { wanting } from '../machines/menus.ts'
import { customer1, type GatewayHouse, openGateway, ops1, store1, until } from './gateway-house.ts'

describe('whatever is on a menu and whatever is wanted of it', () => {
  let house: GatewayHouse
  before(async () => {
    house = await openGateway()
  })
  after(() => house[Symbol.asyncDispose]())

  const publish = async (items: readonly MenuItem[]): Promise<void> => {
    expect((await house.call('PUT', '/api/stores/me/menu', { as: store1, body: { items } })).status).to.equal(200)
    await until('the catalogue has the menu', async () => fingerprint(house.catalogue.store('store-1')?.menu) === fingerprint(items))
  }
  const shownMenu = async (): Promise<readonly MenuItem[]> => (await house.call('GET', '/api/stores/store-1')).body.menu

  /** As a customer adds it up who reads the menu: none of our own arithmetic. */
  const addedUp = (menu: readonly MenuItem[], wanted: readonly Wanted[]): number =>
    wanted.reduce((sum, { menuId, quantity, choices = [] }) => {
      const dish = menu.find(({ id }) => id === menuId)
      const extras = choices.map(id => dish?.options.flatMap(group => group.choices).find(choice => choice.id === id)?.price ?? Number.NaN)
      return sum + quantity * extras.reduce((one, extra) => one + extra, dish?.price ?? Number.NaN)
    }, 0)

  it('what is shown, what is stored and what is charged are the same whole won', async () => {
    const endings = { placed: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(wanting, async ({ items, wanted }) => {
        await publish(items)
        const menu = await shownMenu()
        const [charges, records] = [house.provider.confirms.length, await house.log.end('ORDERS')]
        const { status, body } = await house.place({ items: wanted, paymentKey: 'pk_test_1' })
        if (status === 422) {
          endings.refused++
          expect(body.error.details.issues).to.have.length(1)
          expect([house.provider.confirms.length, await house.log.end('ORDERS')]).to.deep.equal([charges, records])
          return
        }
        endings.placed++
        const { total } = body
        expect([status, body.status]).to.deep.equal([201, 'placed'])
        expect(isWon(total)).to.equal(true)
        expect(total, 'shown').to.equal(addedUp(menu, wanted))
        for (const as of [customer1, store1, ops1]) {
          const seen = (await house.call('GET', `/api/orders/${body.id}`, { as })).body
          expect([seen.total, seen.items]).to.deep.equal([total, body.items])
        }
        for (const { body: record } of await house.log.history({ kind: 'order', id: body.id })) {
          const { total: stored, items: lines } = orderContext(record.state)
          expect(stored, 'stored').to.equal(total)
          expect(lines.reduce((sum, { lineTotal }) => sum + lineTotal, 0)).to.equal(total)
        }
        const charged = house.provider.confirms.slice(charges)
        expect(charged.map(({ orderId, amount }) => [orderId, amount])).to.deep.equal([[body.id, total]])
      }),
      { numRuns: 40, seed: 7 },
    )
    expect(Math.min(endings.placed, endings.refused), 'both endings are met').to.be.above(5)
  })

  it('a price that changes after the tap changes nothing of the order', async () => {
    const dish = (price: number): MenuItem => ({ id: 'm-1', name: '후라이드', price, soldOut: false, options: [] })
    await publish([dish(18_000)])
    const { body } = await house.place({ items: [{ menuId: 'm-1', quantity: 1 }] })
    await publish([dish(25_000)])
    const charges = house.provider.confirms.length
    const paid = await house.call('POST', `/api/orders/${body.id}/pay`, { as: customer1, body: { paymentKey: 'pk_test_1' } })
    expect([body.total, paid.body.total, house.provider.confirms[charges]?.amount]).to.deep.equal([18_000, 18_000, 18_000])
  })
})
