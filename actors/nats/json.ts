/** The body of a message; undefined when it is null or no JSON, for anybody with a NATS client may write anything. */
export const jsonOf = <T>(message: { json<Body>(): Body }): T | undefined => {
  try {
    return message.json<T | null>() ?? undefined
  } catch {
    return undefined
  }
}

/** Hands a message's body to its listener; what is no JSON is left out. */
export const deliver = <T>(message: { json<Body>(): Body }, listener: (body: T) => void): void => {
  const body = jsonOf<T>(message)
  if (body !== undefined) tell(body, listener)
}

/** Nothing may be thrown from a subscription's callback: the client closes the whole connection over an error in one of them. */
export const tell = <T>(body: T, listener: (body: T) => void): void => {
  try {
    listener(body)
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error))
  }
}
