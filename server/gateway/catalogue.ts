import { setTimeout as pause } from 'node:timers/promises'
import type { Address } from '../../actors/address.ts'
import { isoOf } from '../../actors/clock.ts'
import type { Log, Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { addressOfSubject } from '../../actors/subjects.ts'
import { distanceM, type LatLng } from '../../machines/distance.ts'
import { isSoldOut, type MenuItem } from '../../machines/price.ts'
import { type Standing, standingAt } from '../../machines/standing.ts'
import type { StoreProfile } from '../../machines/store.ts'
import type { NearStoreView, StoreView } from '../contract/stores.ts'
import { menuOf, type SoundStore, storeOf } from './catalogue-records.ts'

export interface CatalogueOptions {
  readonly log: Log
  readonly now: () => number
  /** The stream that keeps stores and menus; default `ENTITIES`. */
  readonly stream?: string
  /** Told when following the log broke off; it goes on by itself after a second. */
  readonly onBreak?: (error: unknown) => void
  /** Told of a record that is none; what was known before it stays. */
  readonly onDamaged?: (record: Pick<Stored<unknown>, 'subject' | 'seq'>) => void
}

interface Kept<T> {
  readonly seq: number
  readonly value: T
}

export interface Store {
  readonly id: string
  readonly profile: StoreProfile
  /** Whether it takes orders this minute, and if not, why and until when. */
  readonly standing: Standing
  readonly menu: readonly MenuItem[]
}

const SUBJECTS = ['evt.store.>', 'evt.menu.>']
/** A list that nobody scrolls to the end of; nearer stores come first. */
const MOST_NEAR = 200
/** One degree of latitude, a little less than anywhere on earth, so that the quick test never drops a store within reach. */
const M_PER_DEGREE = 110_000

/**
 * All stores and menus, held in memory from the log: browsing and taking an order need no database.
 * C1. One damaged record is no more than one damaged record: the store keeps what was last known of it, and all others are served.
 */
export class Catalogue {
  readonly #options: CatalogueOptions
  readonly #stores = new Map<string, Kept<SoundStore>>()
  readonly #menus = new Map<string, Kept<readonly MenuItem[]>>()
  readonly #stop = new AbortController()
  #following: Promise<void> = Promise.resolve()

  private constructor(options: CatalogueOptions) {
    this.#options = options
  }

  /** Reads the state of the world, then follows it from the position seen before reading: nothing falls in between. */
  static async open(options: CatalogueOptions): Promise<Catalogue> {
    const catalogue = new Catalogue(options)
    const after = await options.log.end(catalogue.#stream)
    const damaged: (Address | undefined)[] = []
    for await (const record of options.log.newest<ActorRecord>(SUBJECTS))
      if (!catalogue.#take(record)) damaged.push(addressIn(record.subject))
    for (const address of [...damaged, ...catalogue.#missing()]) if (address) await catalogue.#lookBack(address)
    catalogue.#following = catalogue.#follow(after)
    return catalogue
  }

  store(id: string): Store | undefined {
    const kept = this.#stores.get(id)
    if (!kept) return undefined
    const { wish, profile } = kept.value
    return { id, profile, standing: standingAt(wish, profile, this.#options.now()), menu: this.#menus.get(id)?.value ?? [] }
  }

  /** Nearest first, 200 at most. @param radiusM 1…20,000 metres */
  near(at: LatLng, radiusM: number, among?: ReadonlySet<string>): NearStoreView[] {
    const reach = radiusM / M_PER_DEGREE
    const found: { readonly id: string; readonly distanceM: number }[] = []
    for (const [id, { value }] of this.#stores) {
      const { profile } = value
      if (Math.abs(profile.lat - at.lat) > reach) continue
      const metres = distanceM(at, profile)
      if (metres <= radiusM && (among?.has(id) ?? true)) found.push({ id, distanceM: Math.round(metres) })
    }
    found.sort((a, b) => a.distanceM - b.distanceM || (a.id < b.id ? -1 : 1))
    return found.slice(0, MOST_NEAR).flatMap(({ id, distanceM }) => {
      const store = this.store(id)
      return store ? [{ ...storeViewOf(store), distanceM }] : []
    })
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#following
  }

  get #stream(): string {
    return this.#options.stream ?? 'ENTITIES'
  }

  /** Whether it was a record, new or not. */
  #take({ subject, seq, body }: Stored<ActorRecord>): boolean {
    const address = addressIn(subject)
    const taken = address !== undefined && this.#keep(address, seq, body)
    if (!taken) this.#options.onDamaged?.({ subject, seq }) // C1
    return taken
  }

  #keep({ kind, id }: Address, seq: number, body: ActorRecord): boolean {
    if (kind === 'store') return keepNewer(this.#stores, id, seq, storeOf(body))
    return keepNewer(this.#menus, id, seq, menuOf(body))
  }

  /** Stores and menus come in pairs: where one is missing, the newest message of its subject may be no JSON and hide it. */
  #missing(): Address[] {
    const without = (some: ReadonlyMap<string, unknown>, others: ReadonlyMap<string, unknown>) =>
      [...some.keys()].filter(id => !others.has(id))
    return [
      ...without(this.#menus, this.#stores).map(id => ({ kind: 'store', id })),
      ...without(this.#stores, this.#menus).map(id => ({ kind: 'menu', id })),
    ]
  }

  /** What was known before a damaged message, which is the newest of its actor. */
  async #lookBack(address: Address): Promise<void> {
    for (const record of (await this.#options.log.history(address)).toReversed()) if (this.#take(record)) return
  }

  async #follow(after: number): Promise<void> {
    const { signal } = this.#stop
    let position = after
    while (!signal.aborted) {
      try {
        for await (const batch of this.#options.log.follow<ActorRecord>(this.#stream, SUBJECTS, position, signal)) {
          for (const record of batch) this.#take(record)
          position = batch.at(-1)?.seq ?? position
        }
      } catch (error) {
        this.#options.onBreak?.(error)
      }
      await pause(1_000, undefined, { signal }).catch(() => {})
    }
  }
}

const keepNewer = <T>(kept: Map<string, Kept<T>>, id: string, seq: number, value: T | undefined): boolean => {
  if (value === undefined) return false
  if ((kept.get(id)?.seq ?? 0) < seq) kept.set(id, { seq, value })
  return true
}

const addressIn = (subject: string): Address | undefined => {
  try {
    return addressOfSubject(subject)
  } catch {
    return undefined
  }
}

/** What everybody sees of a store. */
export const storeViewOf = ({ id, profile, standing }: Store): StoreView => ({
  id,
  name: profile.name,
  lat: profile.lat,
  lng: profile.lng,
  open: standing.kind === 'open',
  ...(standing.kind === 'paused' ? { paused: true } : {}),
  ...opensAtOf(standing),
})

/** ISO 8601 UTC; nothing while open, and when nobody has said when. */
export const opensAtOf = (standing: Standing): { readonly opensAt?: string } =>
  standing.kind === 'open' || standing.opensAtMs === undefined ? {} : { opensAt: isoOf(standing.opensAtMs) }

/** The menu as customers see it: what cannot be ordered is shown as sold out, whatever the reason. */
export const shownMenuOf = ({ menu }: Store): readonly MenuItem[] => menu.map(item => ({ ...item, soldOut: isSoldOut(item) }))
