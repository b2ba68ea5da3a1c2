import type { Request, Response } from 'express'
import type { Account } from '../contract/account.ts'
import { ApiError } from '../contract/errors.ts'
import type { Pass } from '../gateway/tokens.ts'
import { budgetOf } from './limits.ts'
import { requestIdOf, traceOf } from './request-log.ts'
import type { HttpServices } from './services.ts'

/** `pass` is what the account came in with. */
type AccountHandler = (account: Account, req: Request, res: Response, pass: Pass) => void | Promise<void>
export type SignedIn = (handler: AccountHandler) => (req: Request, res: Response) => Promise<void>

/** `Authorization: Bearer <token>`. @throws ApiError UNAUTHENTICATED */
const bearerOf = (req: Request): string => {
  const token = /^Bearer +([\x21-\x7e]+)$/i.exec(req.get('authorization') ?? '')?.[1]
  if (token === undefined) throw new ApiError('UNAUTHENTICATED')
  return token
}

/** Lets in who shows a good token. The account carries the request's name along. @throws ApiError UNAUTHENTICATED, TOKEN_EXPIRED, TOO_MANY_REQUESTS */
export const signedIn =
  ({ tokens, budgets }: Pick<HttpServices, 'tokens' | 'budgets'>): SignedIn =>
  handler =>
  async (req, res) => {
    const pass = await tokens.pass(bearerOf(req))
    const { account } = pass
    const budget = budgetOf(req)
    if (budget) await budgets.spend(budget, account)
    await handler({ ...account, requestId: requestIdOf(res), ...traceOf(res) }, req, res, pass)
  }
