declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream'

  /** Rows, known once the server has said that it is done. */
  interface Counted {
    readonly rowCount: number
  }
  export function to(sql: string): Readable & Counted
  export function from(sql: string): Writable & Counted
}
