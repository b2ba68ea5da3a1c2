/** An actor's name: its kind and its id, written `order/o_81`. */
export interface Address {
  readonly kind: string
  readonly id: string
}

/** Ids and routes become NATS subject tokens: 1…64 characters, no dot, space or wildcard can slip in. */
export const TOKEN = /^[A-Za-z0-9_-]{1,64}$/

export const formatAddress = (address: Address): string => `${address.kind}/${address.id}`

/** @throws Error when the text is not `kind/id` made of two subject tokens. */
export const parseAddress = (text: string): Address => {
  const [kind = '', id = '', ...rest] = text.split('/')
  if (rest.length > 0 || !TOKEN.test(kind) || !TOKEN.test(id)) throw new Error(`not an address: ${JSON.stringify(text)}`)
  return { kind, id }
}
