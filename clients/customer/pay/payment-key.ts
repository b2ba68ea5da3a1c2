/** What a card does at the stand-in, by the beginning of its payment key. */
export const STAND_IN_CARDS = {
  approve: 'pk_test_',
  decline: 'pk_test_decline_',
  hang: 'pk_test_timeout_',
} as const
export type StandInCard = keyof typeof STAND_IN_CARDS

/** @param chance a name that was never used before */
export const standInKey = (card: StandInCard, chance: string): string => `${STAND_IN_CARDS[card]}${chance}`
