import type { LatLng } from '../../machines/distance.ts'
import type { Won } from '../../machines/won.ts'

/** A choice as a menu board shows it: its name and what it adds to the price. */
export type Extra = readonly [name: string, price: Won]

/** A question about a dish. `min`…`max` of its extras must be taken. */
export interface Question {
  readonly name: string
  readonly extras: readonly Extra[]
  readonly min: number
  readonly max: number
}

/** A line of a menu board, before it has ids. */
export interface Dish {
  readonly name: string
  readonly price: Won
  readonly questions: readonly Question[]
  readonly soldOut: boolean
}

/** A shop of the neighbourhood, before it has an id and a telephone. */
export interface Shop extends LatLng {
  readonly name: string
  readonly address: string
  /** 6…12. The first is in stock and can be ordered without answering a question. */
  readonly dishes: readonly Dish[]
}

export const dish = (name: string, price: Won, ...questions: readonly Question[]): Dish => ({ name, price, questions, soldOut: false })

export const soldOut = (known: Dish): Dish => ({ ...known, soldOut: true })

/** Exactly one must be taken. */
export const one = (name: string, ...extras: readonly Extra[]): Question => ({ name, extras, min: 1, max: 1 })

/** None must be taken. @param max how many may, 1…the number of extras */
export const upTo = (max: number, name: string, ...extras: readonly Extra[]): Question => ({ name, extras, min: 0, max })
