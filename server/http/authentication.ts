import type { Request, Response } from 'express'
import type { Account } from '../contract/account.ts'
import { ApiError } from '../contract/errors.ts'
import type { Tokens } from '../gateway/tokens.ts'
import { requestIdOf } from './request-log.ts'

type AccountHandler = (account: Account, req: Request, res: Response) => void | Promise<void>
export type SignedIn = (handler: AccountHandler) => (req: Request, res: Response) => Promise<void>

/** `Authorization: Bearer <token>`. The account carries the request's name along. @throws ApiError UNAUTHENTICATED, TOKEN_EXPIRED */
export const signedIn =
  (tokens: Pick<Tokens, 'verify'>): SignedIn =>
  handler =>
  async (req, res) => {
    const token = /^Bearer +([\x21-\x7e]+)$/i.exec(req.get('authorization') ?? '')?.[1]
    if (token === undefined) throw new ApiError('UNAUTHENTICATED')
    await handler({ ...(await tokens.verify(token)), requestId: requestIdOf(res) }, req, res)
  }
