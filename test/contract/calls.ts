import { openapi } from '../../server/contract/openapi.ts'

export interface Call {
  /** `get`, as the document writes it. */
  readonly method: string
  /** `/api/orders/{id}` */
  readonly path: string
}

/** Every call of the contract, as its document has them. */
export const callsOfContract = (): readonly Call[] =>
  Object.entries(openapi().paths ?? {}).flatMap(([path, methods]) => Object.keys(methods as object).map(method => ({ method, path })))
