/** What a host's actors have done since it began, in plain numbers: counting costs next to nothing, and whoever wants to know looks. */
export class Tally {
  /** Actors read from the log. */
  loads = 0
  /** Appends that a guard refused, because somebody else had written. */
  conflicts = 0
}
