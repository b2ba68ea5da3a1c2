import type { MenuItem } from '../../machines/price.ts'
import type { Hours, StoreProfile } from '../../machines/store.ts'
import type { Dish, Shop } from './dish.ts'
import { customers, ops, type Person, riders } from './people.ts'
import { asianShops } from './shops/asian.ts'
import { burgerShops } from './shops/burger.ts'
import { cafeShops } from './shops/cafe.ts'
import { chickenShops } from './shops/chicken.ts'
import { chineseShops } from './shops/chinese.ts'
import { japaneseShops } from './shops/japanese.ts'
import { jokbalShops } from './shops/jokbal.ts'
import { koreanShops } from './shops/korean.ts'
import { pizzaShops } from './shops/pizza.ts'
import { snackShops } from './shops/snack.ts'

export interface Store {
  /** Also the login of its tablet, and the id of its menu. */
  readonly id: string
  readonly profile: StoreProfile
  readonly items: readonly MenuItem[]
}

export interface Neighbourhood {
  readonly stores: readonly Store[]
  readonly customers: readonly Person[]
  readonly riders: readonly Person[]
  readonly ops: readonly Omit<Person, 'phone'>[]
}

/** Every demo account has it; a house that is not a demo is not seeded. */
export const DEMO_PASSWORD = 'demo'

/** The order decides the ids: add shops at the end. */
const SHOPS: readonly Shop[] = [
  ...chickenShops,
  ...snackShops,
  ...chineseShops,
  ...koreanShops,
  ...pizzaShops,
  ...burgerShops,
  ...cafeShops,
  ...japaneseShops,
  ...jokbalShops,
  ...asianShops,
]

/** Equal times mean around the clock: a demo must work at any hour. */
const ALWAYS: readonly Hours[] = Array.from({ length: 7 }, () => ({ open: '00:00', close: '00:00' }))

const storeOf = ({ dishes, ...shop }: Shop, index: number): Store => {
  const number = index + 1
  return {
    id: `store-${number}`,
    profile: { ...shop, phone: `020000${String(number).padStart(4, '0')}`, zone: 'Asia/Seoul', hours: ALWAYS },
    items: dishes.map((dish, line) => itemOf(dish, `m-${number}-${line + 1}`)),
  }
}

/** Choices are taken by id alone, so an id names its question, too: `o2-c1` is the first extra of the second question. */
const itemOf = ({ name, price, soldOut, questions }: Dish, id: string): MenuItem => ({
  id,
  name,
  price,
  soldOut,
  options: questions.map(({ name, min, max, extras }, q) => ({
    id: `o${q + 1}`,
    name,
    min,
    max,
    choices: extras.map(([name, price], c) => ({ id: `o${q + 1}-c${c + 1}`, name, price })),
  })),
})

/** Thirty shops and their people between 서초 and 삼성, in Seoul. Pure data: the same at every start. */
export const neighbourhood: Neighbourhood = { stores: SHOPS.map(storeOf), customers, riders, ops }
