import { expect } from 'chai'
import type { Counter } from '../../actors/counter.ts'
import { orderKind } from '../../actors/kinds/order.ts'
import { MemoryCounter } from '../../actors/memory/counter.ts'
import { connectNats } from '../../actors/nats/connection.ts'
import { STREAMS } from '../../config/streams.ts'
import { slotOf } from '../../machines/slots.ts'
import { type Code, ERRORS } from '../../server/contract/error-table.ts'
import { ApiError } from '../../server/contract/errors.ts'
import type { Store } from '../../server/gateway/catalogue.ts'
import { Intake, type Place } from '../../server/gateway/intake.ts'
import { startNats } from '../harness/nats.ts'

const NOW = Date.parse('2026-11-22T03:04:00.000Z')
const KEY = `store-1.${slotOf(NOW)}`
const warned: unknown[] = []
let ids = 0
const intakeOn = (counter: Counter) =>
  new Intake({
    counter,
    now: () => NOW,
    newId: () => `token-${++ids}`,
    logger: { warn: (line: unknown) => void warned.push(line) } as never,
  })

const storeWith = (intakeCap: number | null): Store => ({
  id: 'store-1',
  profile: {
    name: '역삼통닭',
    address: '서울 강남구 역삼로 1',
    phone: '0200000001',
    lat: 37.5,
    lng: 127.03,
    zone: 'Asia/Seoul',
    hours: Array.from({ length: 7 }, () => ({ open: '00:00', close: '00:00' })),
    intakeCap,
  },
  standing: { kind: 'open' },
  menu: [],
})
/** An order that has begun with what it was given. */
const begun = (intake?: Place) => {
  const stamp = { id: 'o_1', at: new Date(NOW).toISOString(), by: { role: 'customer', id: 'customer-1' }, commandId: 'c' } as const
  const windows = { payMs: 1_000, acceptMs: 1_000, confirmMs: 1_000 }
  const step = orderKind.start({ type: 'place', windows, ...(intake ? { intake } : {}), stamp })
  if (step.kind !== 'moved') throw new Error('it did not begin')
  return { state: step.state }
}
const ending = (admitted: Promise<unknown>): Promise<string> =>
  admitted.then(
    () => 'begun',
    (error: ApiError) => error.code ?? String(error),
  )

describe('the intake of a store', () => {
  it('is exact however many gateways ask at once, on the log alone', async () => {
    await using server = await startNats()
    const gateways = await Promise.all(
      Array.from({ length: 4 }, async (_, i) => connectNats({ url: server.url, name: `gateway ${i}`, streams: STREAMS })),
    )
    await gateways[0]?.ensureStreams()
    const intakes = gateways.map(nats => intakeOn(nats.counter('intake')))
    const asked = Array.from({ length: 120 }, (_, i) =>
      ending(intakes[i % 4]?.admit(storeWith(25), async place => begun(place)) ?? Promise.reject()),
    )
    const endings = await Promise.all(asked)
    expect(endings.filter(end => end === 'begun')).to.have.length(25)
    expect(endings.filter(end => end === 'STORE_BUSY')).to.have.length(95)
    expect(await gateways[1]?.counter('intake').sum(KEY)).to.equal(25)
    expect(warned).to.deep.equal([])
    await Promise.all(gateways.map(nats => nats.close()))
  })

  it('takes the place back of an order that was refused, but not of one that may have been taken', async () => {
    const codes: readonly Code[] = ['ORDER_REFUSED', 'MACHINE_FAILED', 'INVALID', 'LOG_UNAVAILABLE']
    expect(codes.every(code => Object.hasOwn(ERRORS, code))).to.equal(true)
    for (const code of codes) {
      const counter = new MemoryCounter()
      const end = await ending(intakeOn(counter).admit(storeWith(5), () => Promise.reject(new ApiError(code))))
      expect([end, await counter.sum(KEY)]).to.deep.equal([code, code === 'LOG_UNAVAILABLE' ? 1 : 0])
    }
  })

  it('takes the place back of a request whose order another one had begun', async () => {
    const counter = new MemoryCounter()
    const intake = intakeOn(counter)
    await intake.admit(storeWith(5), async place => begun(place))
    await intake.admit(storeWith(5), async () => begun({ slot: slotOf(NOW), token: 'of-another' }))
    await intake.admit(storeWith(5), async () => begun())
    expect(await counter.sum(KEY)).to.equal(1)
  })

  it('looks before it takes: a crowd at a full store writes nothing', async () => {
    let writes = 0
    class Watched extends MemoryCounter {
      override async add(key: string, amount: number): Promise<number> {
        writes++
        return super.add(key, amount)
      }
    }
    const intake = intakeOn(new Watched())
    await intake.admit(storeWith(1), async place => begun(place))
    for (let i = 0; i < 20; i++) expect(await ending(intake.admit(storeWith(1), async place => begun(place)))).to.equal('STORE_BUSY')
    expect(writes).to.equal(1)
  })
})
