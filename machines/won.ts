/** Money in whole Korean won: an integer, 0…1,000,000,000. There is no smaller coin, so there is no rounding. */
export type Won = number

export const MAX_WON = 1_000_000_000

export const isWon = (amount: unknown): amount is Won => Number.isSafeInteger(amount) && Number(amount) >= 0 && Number(amount) <= MAX_WON
