/**
 * Whether an order should look its payment up because of what the provider says of it: its outcome is not known, or it was told of a decline and
 * money moved all the same. That a declined card was declined is no news, and its customer may be trying the next one: while an order looks, he
 * could not.
 * @param payment the order's own region @param status as the provider has it
 */
export const isInDoubt = (payment: string, status: string): boolean =>
  payment === 'checking' || (payment === 'declined' && status === 'DONE')
