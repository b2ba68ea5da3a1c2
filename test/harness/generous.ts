import { Budgets } from '../../server/gateway/budgets.ts'

/** Limits that a test does not meet by chance. */
export const generous = (): Budgets =>
  new Budgets({
    perAccount: { order: 1_000_000, position: 1_000_000, read: 1_000_000, browse: 1_000_000 },
    accountsPerAddress: 1_000,
    delayMs: () => 0,
    random: () => 0.5,
  })

/** A door without proxies, for nobody's pages, wide enough for all. */
export const OPEN_DOORS = { proxies: 0, origins: [], perAccount: 100_000, perAddress: 100_000 } as const
