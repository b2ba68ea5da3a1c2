import { z } from 'zod'
import { idempotencyKeyField, idField, latField, lngField, paymentKeyField, textField, versionField } from './fields.ts'

export const placeBody = z.object({
  storeId: idField,
  items: z
    .array(
      z.object({
        menuId: idField,
        quantity: z.number().int().min(1).max(99),
        choices: z.array(idField).max(30).optional(),
      }),
    )
    .min(1)
    .max(50),
  deliverTo: z.object({ address: textField(200), lat: latField, lng: lngField, detail: textField(100).optional() }),
  note: textField(500).optional(),
  /** Pays in the same call. */
  paymentKey: paymentKeyField.optional(),
})
export type PlaceBody = z.output<typeof placeBody>

const nothing = z.object({})

/** The body of each command, by its name: the same for REST and the socket. */
export const COMMAND_BODIES = {
  place: placeBody,
  pay: z.object({ paymentKey: paymentKeyField }),
  cancel: z.object({ reason: textField(200).optional() }),
  confirm: nothing,
  accept: z.object({ prepMinutes: z.number().int().min(1).max(180) }),
  reject: z.object({ reason: textField(200) }),
  startCooking: nothing,
  finishCooking: nothing,
  claim: nothing,
  release: nothing,
  pick: nothing,
  deliver: nothing,
  /** By an operator, while the order is paid and not delivered: it ends with a refund. */
  abort: z.object({ reason: textField(200) }),
} as const

export type CommandName = keyof typeof COMMAND_BODIES
export const COMMAND_NAMES = Object.keys(COMMAND_BODIES) as CommandName[]

/** `POST /api/orders/:id/<path>` for every command but `place`. */
export const COMMAND_PATHS = {
  pay: 'pay',
  cancel: 'cancel',
  confirm: 'confirm',
  accept: 'accept',
  reject: 'reject',
  startCooking: 'start-cooking',
  finishCooking: 'finish-cooking',
  claim: 'claim',
  release: 'release',
  pick: 'pick',
  deliver: 'deliver',
  abort: 'abort',
} as const satisfies Record<Exclude<CommandName, 'place'>, string>

/** The socket's `command`; the fields of the command's own body stand beside these and are checked by its name. */
export const socketCommand = z.looseObject({
  name: z.enum(COMMAND_NAMES as [CommandName, ...CommandName[]]),
  orderId: idField.optional(),
  idempotencyKey: idempotencyKeyField.optional(),
  expectedVersion: versionField.optional(),
})
