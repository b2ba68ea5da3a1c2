import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from '@nats-io/transport-node'
import { Server, type Socket } from 'socket.io'
import { serversOf } from '../../actors/nats/servers.ts'
import { viewOfRecord } from '../../server/contract/order-view.ts'
import { keepAhead } from './ahead.ts'
import type { PressAnswer } from './press-process.ts'
import { type Household, Story } from './story.ts'

/** `bare-process.ts <nats url>`: Socket.IO and nothing else, to compare with. It emits what the gateway would tell; where it comes from costs it nothing. */
export type BareQuestion =
  | { readonly kind: 'flood'; readonly ms: number; readonly ahead: number; readonly households: readonly Household[] }
  | { readonly kind: 'where' }
  | { readonly kind: 'rss' }

const [natsUrl = ''] = process.argv.slice(2)
const server = createServer()
const io = new Server(server, { path: '/socket.io', serveClient: false, transports: ['websocket'] })
const sockets = new Map<string, Socket>()
io.on('connection', socket => {
  sockets.set(String(socket.handshake.auth.token), socket)
  socket.emit('sync', { orders: [], serverTime: new Date().toISOString() })
})
const nats = await connect({ ...serversOf(natsUrl), name: 'bench bare' })

const flood = async ({ ms, ahead, households }: Extract<BareQuestion, { kind: 'flood' }>): Promise<PressAnswer> => {
  // The views are made before: making them is the gateway's work, telling them is Socket.IO's.
  const told = households.slice(0, 200).map((household, i) => {
    const story = new Story(`o_bare_${i}`, household)
    const views: { readonly customer: object; readonly store?: object }[] = []
    do {
      const stored = { body: story.entry.record }
      views.push({ customer: viewOfRecord(stored, 'customer'), ...(story.audience > 1 ? { store: viewOfRecord(stored, 'store') } : {}) })
    } while (story.moved(0))
    return views
  })
  let [transitions, orders] = [0, 0]
  const next = (): number => {
    const household = households[orders % households.length]
    let audiences = 0
    for (const { customer, store } of told[orders++ % told.length] ?? []) {
      sockets.get(`customer/${household?.customerId}`)?.emit('order', customer)
      if (store) sockets.get(`store/${household?.storeId}`)?.emit('order', store)
      audiences += store ? 2 : 1
      transitions++
    }
    return audiences
  }
  const pushes = await keepAhead(nats, { ms, ahead, next })
  return { transitions, failed: 0, pushes }
}

const rss = (): { readonly rssBytes: number } => {
  globalThis.gc?.()
  return { rssBytes: process.memoryUsage().rss }
}

const answer = async (question: BareQuestion): Promise<unknown> => {
  switch (question.kind) {
    case 'flood':
      return flood(question)
    case 'where':
      return { port: (server.address() as AddressInfo).port }
    case 'rss':
      return rss()
  }
}

process.on('message', (question: BareQuestion) => {
  void answer(question).then(reply => process.send?.(reply))
})
process.on('disconnect', () => process.exit(0))
server.listen(0, () => process.send?.({ ready: true }))
