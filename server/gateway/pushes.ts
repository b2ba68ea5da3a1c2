import type { Pushes } from '../contract/pushes.ts'

/** Tells one socket something. */
export type Push = <Name extends keyof Pushes>(name: Name, payload: Pushes[Name]) => void
