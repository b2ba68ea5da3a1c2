import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { Server } from 'socket.io'
import { Live } from '../../clients/shared/live.ts'
import type { ConnectError } from '../../clients/shared/refusals.ts'
import { ApiError } from '../../server/contract/errors.ts'
import { until } from '../gateway/pusher-town.ts'
import { Kitchen } from './kitchen.ts'

describe('the client’s line', () => {
  let kitchen: Kitchen

  beforeEach(async () => {
    kitchen = await Kitchen.open()
    await kitchen.town.placed('o_1')
  })
  afterEach(() => kitchen[Symbol.asyncDispose]())

  const loses = async (live: Live): Promise<void> => {
    kitchen.cable.set('cut')
    await until('the line is lost', () => !live.connected)
    kitchen.cable.set('open')
  }

  it('comes back by itself, and shows what has happened meanwhile', async () => {
    const live = await kitchen.joins('customer/customer-1')
    await loses(live)
    await kitchen.town.tell('order/o_1', { type: 'accept', prepMinutes: 10 })
    await until('it is back', () => live.connected)
    expect(live.orders.get('o_1')?.status).to.equal('accepted')
  })

  it('says that a token is over, waits for another, and goes on with it', async () => {
    const live = await kitchen.joins('store/store-1')
    const refusals: string[] = []
    live.onRefused(({ code }) => refusals.push(code))
    kitchen.expired.add('store/store-1')
    await loses(live)
    await until('the app is told', () => refusals.length > 0)
    const asked = live.command({ name: 'accept', orderId: 'o_1', prepMinutes: 10 })
    live.resume('store/store-1 again')
    expect((await asked).ok).to.equal(true)
    expect(refusals).to.deep.equal(['TOKEN_EXPIRED'])
  })

  it('asks for a new token by itself where it was given a way to one, and shows none twice', async () => {
    const tokens = ['store/store-1', 'store/store-1 again', 'store/store-1 again', 'store/store-1 for the third time']
    let asked = 0
    const live = await kitchen.joins(async () => tokens[asked++] ?? '')
    kitchen.expired.add('store/store-1').add('store/store-1 again')
    await loses(live)
    const refused = Promise.withResolvers<ConnectError>()
    live.onRefused(refused.resolve)
    expect((await refused.promise).code).to.equal('TOKEN_EXPIRED')
    live.resume()
    await until('it is back', () => live.connected)
    expect(asked).to.equal(4)
  })

  it('tries again when tokens cannot be had, or checked, for a moment', async () => {
    const troubles = [new Error('offline'), new Error('offline')]
    const live = kitchen.live(() => {
      const trouble = troubles.shift()
      if (trouble) throw trouble
      return 'store/store-1'
    })
    await live.connect()
    let checks = 0
    kitchen.checking = () => {
      if (++checks < 3) throw new ApiError('UNAVAILABLE')
    }
    await loses(live)
    await until('it is back', () => live.connected)
    expect([troubles, checks]).to.deep.equal([[], 3])
  })

  it('comes back after the server has said disconnect, later and later while it says nothing else', async () => {
    const http = createServer().listen(0, '127.0.0.1')
    await once(http, 'listening')
    const server = new Server(http, { transports: ['websocket'] })
    const cameMs: number[] = []
    server.on('connection', socket => {
      cameMs.push(performance.now())
      if (cameMs.length < 5) socket.disconnect()
      else socket.emit('sync', { orders: [], serverTime: new Date(0).toISOString() })
    })
    const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
    const live = new Live({ origin, token: 't', backoff: { firstMs: 20 }, random: () => 0.5 })
    try {
      await live.connect()
      const waits = cameMs.slice(1).map((ms, i) => ms - (cameMs[i] ?? 0))
      for (const [i, ms] of waits.entries()) expect(ms).to.be.at.least(20 * 2 ** i - 1)
    } finally {
      live.close()
      await server.close()
    }
  })

  it('is one, however often the app asks for it', async () => {
    const token = Promise.withResolvers<string>()
    const live = kitchen.live(() => token.promise)
    const connecting = [live.connect(), live.connect()]
    live.resume()
    token.resolve('customer/customer-1')
    live.resume()
    await Promise.all(connecting)
    live.resume()
    expect([live.connected, kitchen.sockets]).to.deep.equal([true, 1])
  })

  it('stays away once it is closed, and comes when it is asked again', async () => {
    const live = await kitchen.joins('customer/customer-1')
    live.close()
    await until('the gateway has seen it go', () => kitchen.sockets === 0)
    const other = await kitchen.joins('customer/customer-2')
    expect([live.connected, other.connected, kitchen.sockets]).to.deep.equal([false, true, 1])
    await live.connect()
    expect(live.orders.get('o_1')?.status).to.equal('placed')
  })
})
