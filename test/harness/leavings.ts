/** What a process of the tests has opened for whoever comes, and closes when nobody comes any more. */
const closings: (() => Promise<unknown>)[] = []

/** Has something closed after the last test of the file, or of all files where they share one run. */
export const atTheEnd = (close: () => Promise<unknown>): void => void closings.push(close)

const closeAll = async (): Promise<void> => {
  for (const close of closings.splice(0)) await close()
}

/** Told to mocha itself, by .mocharc.json: a hook at the root of a module that several files import is one of the first of them only. */
export const mochaHooks = { afterAll: closeAll }

// A single file that is run without the configuration.
if ('after' in globalThis) after(closeAll)
