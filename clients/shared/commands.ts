import type { COMMAND_BODIES, CommandName } from '../../server/contract/order-commands.ts'

type Bodies = typeof COMMAND_BODIES

/** What may stand beside a command's own fields. */
type Addressing = {
  /** Makes a repeat safe: it gets the first answer. Absent, the client makes one, which serves its own repeats only. */
  readonly idempotencyKey?: string
  /** Refuse unless the order is at this version. */
  readonly expectedVersion?: number
  /** Names this request, 1…64 letters, digits, `_` or `-`; absent, the server makes a name. */
  readonly requestId?: string
}

/** The same, from whoever will not have it changed. */
type Given<Value> = Value extends readonly (infer Item)[]
  ? readonly Given<Item>[]
  : Value extends object
    ? { readonly [Field in keyof Value]: Given<Value[Field]> }
    : Value

/** A schema without fields gives a type without any that may have a value: beside others, it says nothing. */
type Fields<Body> = string extends keyof Body ? unknown : Given<Body>

/** One command by its name, with the fields that the server's own schema asks for. @example `CommandNamed<'accept'>` */
export type CommandNamed<Name extends CommandName> = { readonly name: Name } & Addressing &
  (Name extends 'place' ? { readonly orderId?: never } : { readonly orderId: string }) &
  Fields<Bodies[Name]['_input']>

/** Any of them: an object with a wrong field does not compile. */
export type Command = { [Name in CommandName]: CommandNamed<Name> }[CommandName]
