import type { LatLng } from '../../machines/distance.ts'
import type { PlaceBody } from '../../server/contract/order-commands.ts'
import { neighbourhood, type Store } from '../../server/seed/neighbourhood.ts'

/** One store with the people around it. Towns lie so far apart that no rider hears of another town's deliveries. */
export interface Town {
  readonly at: LatLng
  readonly store: Store
  readonly customers: readonly string[]
  readonly riders: readonly string[]
}

/** How many people live in a town. */
export interface TownSize {
  readonly customers: number
  readonly riders: number
}

/** Degrees between towns: 17 km and more, nearly three times as far as any rider looks. */
const APART = { lat: 0.16, lng: 0.2 } as const
const A_ROW = 16

/** Pure data: the same at every run. @param count 1…200 */
export const townsOf = (count: number, size: TownSize): readonly Town[] =>
  Array.from({ length: count }, (_, i) => {
    const at = { lat: 33 + APART.lat * Math.floor(i / A_ROW), lng: 125 + APART.lng * (i % A_ROW) }
    const names = (role: string, many: number) => Array.from({ length: many }, (_, j) => `${role}-${i + 1}-${j + 1}`)
    return { at, store: storeAt(i, at), customers: names('customer', size.customers), riders: names('rider', size.riders) }
  })

const storeAt = (i: number, at: LatLng): Store => {
  const [first] = neighbourhood.stores
  const model = neighbourhood.stores[i % neighbourhood.stores.length] ?? first
  if (!model) throw new Error('the neighbourhood has no store')
  return { id: `store-${i + 1}`, profile: { ...model.profile, ...at }, items: model.items }
}

/** A place in the town, at most 700 m from its middle. @param dice 0…1, each time another */
export const placeIn = ({ at }: Town, dice: () => number): LatLng => ({
  lat: at.lat + (dice() - 0.5) * 0.008,
  lng: at.lng + (dice() - 0.5) * 0.01,
})

/** One or two things from the store's menu, with whatever choices they demand. */
export const mealFrom = ({ store }: Town, dice: () => number): PlaceBody['items'] => {
  const served = store.items.filter(({ soldOut }) => !soldOut)
  const one = () => served[Math.floor(dice() * served.length)]
  return [...new Set([one(), ...(dice() < 0.5 ? [one()] : [])])]
    .filter(item => item !== undefined)
    .map(({ id, options }) => {
      const choices = options.flatMap(({ choices, min }) => choices.slice(0, min).map(choice => choice.id))
      return { menuId: id, quantity: 1 + Math.floor(dice() * 2), ...(choices.length > 0 ? { choices } : {}) }
    })
}
