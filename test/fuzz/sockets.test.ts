import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import fc from 'fast-check'
import { Registry } from 'prom-client'
import { io, type Socket } from 'socket.io-client'
import type { Account } from '../../server/contract/account.ts'
import { ApiError } from '../../server/contract/errors.ts'
import { PushTally } from '../../server/metrics/pushes.ts'
import { RequestMetrics } from '../../server/metrics/requests.ts'
import { attachSockets, type Sockets } from '../../server/sockets/sockets.ts'
import { Town, until } from '../gateway/pusher-town.ts'
import { systemClock } from '../harness/clock.ts'
import { generous, OPEN_DOORS } from '../harness/generous.ts'
import { hostileJson, hostileText, spoiled } from './hostile.ts'

const EVENTS = 10_000
const AT_ONCE = 25
const FRAMES = 300
const TOKENS = ['customer/customer-1', 'store/store-1', 'rider/rider-1', 'ops/ops-1'] as const

const accountOf = (token: string): Account => {
  const [role, id] = token.split('/')
  if (!TOKENS.some(known => known === token)) throw new ApiError('UNAUTHENTICATED')
  return { role: role as Account['role'], id: id ?? '' }
}

describe('sockets under hostile input', function () {
  this.timeout(120_000)
  let town: Town
  let http: Server
  let sockets: Sockets
  let origin: string
  const opened: Socket[] = []
  const errors: unknown[] = []
  const written: string[] = []

  before(async () => {
    town = await Town.open()
    http = createServer().listen(0, '127.0.0.1')
    await once(http, 'listening')
    origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
    const { pusher, positions } = town
    sockets = attachSockets(http, {
      clock: systemClock,
      delayMs: () => 0,
      budgets: generous(),
      metrics: new RequestMetrics(new Registry()),
      pushes: new PushTally(),
      doors: OPEN_DOORS,
      pass: async token => ({ account: accountOf(token), sessionId: token, issuedMs: 0 }),
      isEnded: () => false,
      // What comes as far as this has passed the door: an id is a token here, or the door is open.
      commands: {
        execute: async (_account, { orderId }) => {
          if (orderId !== undefined) written.push(orderId)
          throw new ApiError('ORDER_NOT_FOUND')
        },
      },
      positions,
      pusher,
      setOnline: async () => undefined,
      act: async (_account, orderId) => {
        written.push(orderId)
        throw new ApiError('ORDER_NOT_FOUND')
      },
      newId: () => 'made',
      logger: {
        debug: () => undefined,
        info: () => undefined,
        warn: () => undefined,
        error: (...args: unknown[]) => void errors.push(args),
      },
    })
  })
  after(async () => {
    for (const each of opened) each.close()
    await sockets.close()
    http.close()
    await town[Symbol.asyncDispose]()
  })

  const joins = async (token: string): Promise<Socket> => {
    const socket = io(origin, { transports: ['websocket'], auth: { token }, forceNew: true, reconnection: false })
    opened.push(socket)
    await new Promise<void>(resolve => socket.once('sync', () => resolve()))
    return socket
  }

  it(`answer ${EVENTS} events, none of them as our own fault`, async () => {
    const line = await Promise.all(TOKENS.map(joins))
    const known = ['command', 'seen', 'location', 'online']
    const name = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: hostileText })
    const payload = fc.oneof(
      hostileJson,
      fc.constantFrom<unknown>(undefined, Buffer.from([0, 255]), { a: Buffer.alloc(10) }),
      spoiled({ name: 'cancel', orderId: 'o_1', idempotencyKey: 'k', expectedVersion: 1, reason: '사유' }),
      spoiled({ lat: 37.5, lng: 127, seq: 1, at: '2026-05-01T09:00:00Z' }),
      spoiled({ online: true, orderId: 'o_1' }),
    )
    const event = fc.record({ who: fc.nat({ max: TOKENS.length - 1 }), name, payload })
    let answered = 0
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: AT_ONCE, maxLength: AT_ONCE }), async events => {
        const answers = events.map(async ({ who, name, payload }) => {
          const socket = line[who]
          if (!known.includes(name)) return void (RESERVED.has(name) || socket?.emit(name, payload))
          const answer = await socket?.timeout(5_000).emitWithAck(name, payload)
          answered++
          if (!answer.ok) expect(answer.error.code, JSON.stringify({ name, payload }).slice(0, 500)).to.match(/^(?!INTERNAL)[A-Z_]+$/)
        })
        await Promise.all(answers)
      }),
      { numRuns: EVENTS / AT_ONCE, endOnFailure: true },
    )
    expect(answered).to.be.above(EVENTS / 2)
    expect(errors).to.deep.equal([])
    for (const id of written) expect(id).to.match(/^[A-Za-z0-9_-]{1,64}$/)
    expect(line.every(({ connected }) => connected)).to.equal(true)
  })

  it('stand frames that no client of ours would send, and serve the next one', async () => {
    const frame = fc.oneof(
      fc.constantFrom(
        '2',
        '2[',
        '2["command"',
        '20["command",{}]',
        '2["__proto__",{}]',
        '2["constructor"]',
        '2["disconnect"]',
        '2["error",{}]',
        '2[0]',
        '2{}',
        '3[]',
        '399999999999999999999[]',
        '51-["command",{"_placeholder":true,"num":0}]',
        '5999999-["command"]',
        '51-["command",{"_placeholder":true,"num":-1}]',
        '0/other,{}',
        '1',
        '4"x"',
        '9',
        '\u0000',
        '2["command",{"a":'.repeat(2_000),
        `2["command",${'['.repeat(20_000)}${']'.repeat(20_000)}]`,
      ),
      hostileText,
    )
    await fc.assert(
      fc.asyncProperty(frame, fc.constantFrom(...TOKENS), async (text, token) => {
        const rude = await joins(token)
        const engine = rude.io.engine as unknown as { write(text: string): void }
        engine.write(text)
        rude.close()
      }),
      { numRuns: FRAMES, endOnFailure: true },
    )
    await until('they have all left', () => sockets.count === opened.filter(({ connected }) => connected).length)
    const polite = await joins('customer/customer-1')
    const answer = await polite.timeout(5_000).emitWithAck('command', { name: 'cancel', orderId: 'o_1' })
    expect(answer.error.code).to.equal('ORDER_NOT_FOUND')
    expect(errors).to.deep.equal([])
  })
})

/** Names that socket.io's client itself refuses to send. */
const RESERVED: ReadonlySet<string> = new Set(['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener'])
