/** A record night of a whole country, and the part of it that is played. */
export const NIGHT = {
  ordersPerS: 151,
  liveOrders: 263_000,
  transitionsPerS: 1_800,
  pushesPerS: 5_400,
  /** 100,000 riders on duty who report every 4 s. */
  positionsPerS: 25_000,
  /** Assumed: apps that are open and hear nothing just now. */
  listeners: 200_000,
  /** Assumed: people look at ten lists for each order. */
  looksPerS: 1_510,
} as const

export interface Part {
  /** Of the country, 0.001…1. */
  readonly scale: number
  readonly ordersPerS: number
  readonly positionsPerS: number
  readonly listeners: number
  readonly looksPerS: number
  /** One store and its people each. */
  readonly towns: number
  /** In each town: who brings orders, and who only reports where he is. */
  readonly riders: number
  readonly reporters: number
  readonly warmMs: number
  readonly measureMs: number
}

/** Under way at once, in seconds of arrivals: who is slower than that has not kept up. */
const PATIENCE_S = 30
/** Of one town, so that several orders are under way in it. */
const RIDERS = 5
const MOST_TOWNS = 200
/** A reporter of the bench reports so often: what a position costs does not depend on whose it is. */
const REPORTS_PER_S = 2

export const partOf = (scale: number, times: { readonly warmMs: number; readonly measureMs: number }): Part => {
  const [ordersPerS, positionsPerS] = [NIGHT.ordersPerS * scale, NIGHT.positionsPerS * scale]
  const towns = Math.min(MOST_TOWNS, Math.max(2, Math.ceil((ordersPerS * PATIENCE_S) / RIDERS)))
  return {
    scale,
    ordersPerS,
    positionsPerS,
    listeners: Math.round(NIGHT.listeners * scale),
    looksPerS: NIGHT.looksPerS * scale,
    towns,
    riders: Math.max(RIDERS, Math.ceil((ordersPerS * PATIENCE_S) / towns)),
    reporters: Math.max(1, Math.round(positionsPerS / REPORTS_PER_S / towns)),
    ...times,
  }
}
