import { atTheEnd } from './leavings.ts'

/**
 * Something dear that several files of one run share: opened for the first of them, closed after the last. A file that is run by itself opens
 * its own. @returns to be called while tests are described; what it returns is there once they run
 */
export const shared = <Thing extends AsyncDisposable>(open: () => Promise<Thing>): (() => { readonly thing: Thing }) => {
  let opened: Promise<Thing> | undefined
  let waiting = 0
  const close = async (): Promise<void> => {
    const last = opened
    opened = undefined
    await (await last)?.[Symbol.asyncDispose]()
  }
  return () => {
    let mine: Thing | undefined
    waiting++
    before(async function () {
      this.timeout(120_000)
      if (!opened) atTheEnd(close) // a run may leave out some who are waited for
      opened ??= open()
      mine = await opened
    })
    after(async () => {
      waiting--
      if (waiting === 0) await close()
    })
    return {
      get thing() {
        if (!mine) throw new Error('what is shared is opened before the tests, not while they are described')
        return mine
      },
    }
  }
}
