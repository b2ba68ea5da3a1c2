import { z } from 'zod'
import { MAX_WON } from '../../machines/won.ts'
import { idField, textField } from './fields.ts'

const priceField = z.number().int().min(0).max(MAX_WON)

const unique = (list: readonly { readonly id: string }[]): boolean => new Set(list.map(({ id }) => id)).size === list.length

const choice = z.object({ id: idField, name: textField(80), price: priceField, soldOut: z.boolean().optional() })
/** Every known field must be right, and there are no others: a typo in a menu is found when it is published, not by a customer. */
const choiceBody = z.strictObject(choice.shape)

const groupBody = z
  .strictObject({
    id: idField,
    name: textField(80),
    choices: z.array(choiceBody).min(1).max(50),
    min: z.number().int().min(0),
    max: z.number().int().min(1),
  })
  .refine(({ min, max }) => min <= max, { path: ['min'], message: 'must not be more than max' })
  .refine(({ max, choices }) => max <= choices.length, { path: ['max'], message: 'must not be more than there are choices' })

const itemBody = z
  .strictObject({
    id: idField,
    name: textField(80),
    price: priceField,
    soldOut: z.boolean().default(false),
    options: z.array(groupBody).max(20).default([]),
  })
  .refine(({ options }) => unique(options), { path: ['options'], message: 'must not hold an id twice' })
  // An order names choices by their ids alone, whatever group they are of.
  .refine(({ options }) => unique(options.flatMap(({ choices }) => choices)), {
    path: ['options'],
    message: 'must not hold the id of a choice twice',
  })

export const menuItems = z.array(itemBody).max(200).refine(unique, { message: 'must not hold an id twice' })

/** `PUT /api/stores/me/menu`: the whole menu, 512 KB at most. */
export const menuBody = z.strictObject({ items: menuItems })
export type MenuBody = z.output<typeof menuBody>

/** `PUT /api/stores/me/menu/:menuId`: an item, or one of its choices. */
export const soldOutBody = z.object({ soldOut: z.boolean(), choiceId: idField.optional() })
export type SoldOutBody = z.output<typeof soldOutBody>

const choiceView = z.object({ id: z.string(), name: z.string(), price: z.number().int(), soldOut: z.boolean().optional() })
const groupView = z.object({
  id: z.string(),
  name: z.string(),
  choices: z.array(choiceView),
  min: z.number().int(),
  max: z.number().int(),
})
export const menuItemView = z.object({
  id: z.string(),
  name: z.string(),
  price: z.number().int(),
  /** To customers also true when nothing is left of a group that must be answered. */
  soldOut: z.boolean(),
  options: z.array(groupView),
})

/** `GET /api/stores/me/menu`: as the store published it. */
export const menuView = z.object({ items: z.array(menuItemView) })
export type MenuView = z.output<typeof menuView>
