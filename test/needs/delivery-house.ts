import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type House, openHouse } from '../../config/runtime/house.ts'
import type { LatLng } from '../../machines/distance.ts'
import type { OrderView } from '../../server/contract/order-view.ts'
import { atTheEnd } from '../harness/leavings.ts'
import { HOME, Somebody } from '../harness/people.ts'

/** Windows of a second or two, so that whole stories of waiting fit into a test. */
export const WINDOWS = { staleMs: 2_000, hiddenMs: 5_000, claimMs: 2_000, secondRingMs: 3_000 } as const
export const JWT_SECRET = 'a secret that the tests of deliveries know'

const ENV = {
  JWT_SECRET,
  POSITION_STALE_MS: String(WINDOWS.staleMs),
  POSITION_HIDDEN_MS: String(WINDOWS.hiddenMs),
  CLAIM_WINDOW_MS: String(WINDOWS.claimMs),
  DELIVERY_RINGS: `1000:0,3000:${WINDOWS.secondRingMs},5000:600000`,
}

/** A place so many metres north of the customer's door. */
export const northOfHome = (metres: number): LatLng => ({ lat: HOME.lat + metres / 111_195, lng: HOME.lng })

/** One house with three hosts, a customer and a store, for all stories of riders. */
export class DeliveryHouse {
  readonly house: House
  readonly customer: Somebody
  readonly store: Somebody
  #keys = 0

  constructor(house: House, customer: Somebody, store: Somebody) {
    this.house = house
    this.customer = customer
    this.store = store
  }

  /** A paid order, cooked, waiting for a rider. */
  async cooked(to: LatLng = HOME): Promise<string> {
    const number = ++this.#keys
    const { id } = await this.customer.place(`delivery-${number}`, {
      deliverTo: { ...HOME, ...to },
      paymentKey: `pk_test_delivery_${number}`,
    })
    await this.store.act(id, 'accept', { prepMinutes: 10 })
    await this.store.act(id, 'start-cooking')
    await this.store.act(id, 'finish-cooking')
    return id
  }

  rider(number: number): Promise<Somebody> {
    return Somebody.signIn(this.house.url, 'rider', `rider-${number}`)
  }

  /** Ends what a story has begun, so that its rider is free for the next one. */
  async finish(rider: Somebody, id: string): Promise<OrderView> {
    await rider.act(id, 'deliver')
    return this.customer.act(id, 'confirm')
  }
}

let opened: Promise<DeliveryHouse> | undefined
let dataDir: string | undefined
let waiting = 0

/** Opened for the first story of riders, stopped after the last. Ask for it where the story is described. */
export const deliveryHouse = (): { readonly town: DeliveryHouse } => {
  let shared: DeliveryHouse | undefined
  waiting++
  before(async function () {
    this.timeout(120_000)
    if (!opened) atTheEnd(close)
    opened ??= open()
    shared = await opened
  })
  after(async () => {
    waiting--
    if (waiting === 0) await close()
  })
  return {
    get town() {
      if (!shared) throw new Error('the house opens before the tests, not while they are described')
      return shared
    },
  }
}

const open = async (): Promise<DeliveryHouse> => {
  dataDir = await mkdtemp(join(tmpdir(), 'baedal-deliveries-'))
  const house = await openHouse({ dataDir, port: 0, hosts: 3, env: ENV })
  const [customer, store] = await Promise.all([
    Somebody.signIn(house.url, 'customer', 'customer-1'),
    Somebody.signIn(house.url, 'store', 'store-1'),
  ])
  return new DeliveryHouse(house, customer, store)
}

const close = async (): Promise<void> => {
  const last = await opened?.catch(() => undefined)
  opened = undefined
  for (const who of [last?.customer, last?.store]) await who?.[Symbol.asyncDispose]()
  await last?.house.stop()
  if (dataDir !== undefined) await rm(dataDir, { recursive: true, force: true })
}
