/**
 * An event's name as people read it in a timeline. XState names what itself raises after its own insides:
 *   xstate.done.actor.confirmPayment               confirmPayment.done
 *   xstate.error.actor.confirmPayment              confirmPayment.error
 *   xstate.after.acceptWindow.order.order.placed   acceptWindow.elapsed
 * Anything else has been named by a person already and stays as it is.
 */
export const eventName = (type: string): string => {
  const [, verb, rest = ''] = /^xstate\.(done\.actor|error\.actor|after)\.(.+)$/.exec(type) ?? []
  switch (verb) {
    case 'done.actor':
      return `${rest}.done`
    case 'error.actor':
      return `${rest}.error`
    case 'after':
      return `${rest.split('.')[0]}.elapsed`
    default:
      return type
  }
}
