/** What a server said against its contract. A story may have swallowed the error; it fails all the same. */
export const breaches: string[] = []

const none = (): void => {
  const found = breaches.splice(0)
  if (found.length > 0) throw new Error(`said against the contract:\n${found.join('\n')}`)
}

/** Of every test of the run. */
export const mochaHooks = { afterEach: none, afterAll: none }
