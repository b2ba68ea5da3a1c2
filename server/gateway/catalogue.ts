import { setTimeout as pause } from 'node:timers/promises'
import type { ActorState } from '../../actors/envelope.ts'
import type { Log, Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { addressOfSubject } from '../../actors/subjects.ts'
import { distanceM, type LatLng } from '../../machines/geo.ts'
import { isOpenAt, opensAt } from '../../machines/hours.ts'
import type { MenuItem } from '../../machines/price.ts'
import type { StoreProfile } from '../../machines/store.ts'
import type { NearStoreView, StoreView } from '../contract/stores.ts'

export interface CatalogueOptions {
  readonly log: Log
  readonly now: () => number
  /** The stream that keeps stores and menus; default `ENTITIES`. */
  readonly stream?: string
  /** Told when following the log broke off; it goes on by itself after a second. */
  readonly onBreak?: (error: unknown) => void
}

interface Kept {
  readonly seq: number
  readonly state: ActorState
}

export interface Store {
  readonly id: string
  readonly profile: StoreProfile
  /** Whether it takes orders this minute. */
  readonly open: boolean
  /** ISO 8601 UTC; only while its hours keep it closed. */
  readonly opensAt?: string
  readonly menu: readonly MenuItem[]
}

const SUBJECTS = ['evt.store.>', 'evt.menu.>']
/** A list that nobody scrolls to the end of; nearer stores come first. */
const MOST_NEAR = 200
/** One degree of latitude, a little less than anywhere on earth, so that the quick test never drops a store within reach. */
const M_PER_DEGREE = 110_000

/** All stores and menus, held in memory from the log: browsing and taking an order need no database. */
export class Catalogue {
  readonly #options: CatalogueOptions
  readonly #stores = new Map<string, Kept>()
  readonly #menus = new Map<string, Kept>()
  readonly #stop = new AbortController()
  #following: Promise<void> = Promise.resolve()

  private constructor(options: CatalogueOptions) {
    this.#options = options
  }

  /** Reads the state of the world, then follows it from the position seen before reading: nothing falls in between. */
  static async open(options: CatalogueOptions): Promise<Catalogue> {
    const catalogue = new Catalogue(options)
    const after = await options.log.end(catalogue.#stream)
    for await (const record of options.log.newest<ActorRecord>(SUBJECTS)) catalogue.#take(record)
    catalogue.#following = catalogue.#follow(after)
    return catalogue
  }

  store(id: string): Store | undefined {
    const kept = this.#stores.get(id)
    if (!kept) return undefined
    const profile = kept.state.context as unknown as StoreProfile
    const nowMs = this.#options.now()
    const wantsOrders = kept.state.value === 'open'
    const open = wantsOrders && isOpenAt(profile, nowMs)
    const next = wantsOrders && !open ? opensAt(profile, nowMs) : undefined
    return { id, profile, open, ...(next === undefined ? {} : { opensAt: next }), menu: this.#menuOf(id) }
  }

  /** Nearest first, 200 at most. @param radiusM 1…20,000 metres */
  near(at: LatLng, radiusM: number): NearStoreView[] {
    const reach = radiusM / M_PER_DEGREE
    const found: { readonly id: string; readonly distanceM: number }[] = []
    for (const [id, { state }] of this.#stores) {
      const profile = state.context as unknown as StoreProfile
      if (Math.abs(profile.lat - at.lat) > reach) continue
      const metres = distanceM(at, profile)
      if (metres <= radiusM) found.push({ id, distanceM: Math.round(metres) })
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

  #menuOf(id: string): readonly MenuItem[] {
    return (this.#menus.get(id)?.state.context.items as readonly MenuItem[] | undefined) ?? []
  }

  #take({ subject, seq, body }: Stored<ActorRecord>): void {
    const kept = addressOfSubject(subject).kind === 'store' ? this.#stores : this.#menus
    if ((kept.get(body.id)?.seq ?? 0) < seq) kept.set(body.id, { seq, state: body.state })
  }

  async #follow(after: number): Promise<void> {
    const { signal } = this.#stop
    let position = after
    while (!signal.aborted) {
      try {
        for await (const batch of this.#options.log.follow<ActorRecord>(this.#stream, SUBJECTS, position, signal)) {
          for (const record of batch) if (record.body !== undefined) this.#take(record)
          position = batch.at(-1)?.seq ?? position
        }
      } catch (error) {
        this.#options.onBreak?.(error)
      }
      await pause(1_000, undefined, { signal }).catch(() => {})
    }
  }
}

/** What everybody sees of a store. */
export const storeViewOf = ({ id, profile, open, opensAt }: Store): StoreView => ({
  id,
  name: profile.name,
  lat: profile.lat,
  lng: profile.lng,
  open,
  ...(opensAt === undefined ? {} : { opensAt }),
})
