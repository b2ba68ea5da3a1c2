/** A while, milliseconds since 1970. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}
