import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import { traceId } from '../../actors/tracing.ts'
import { ApiError, errorBody, type Locale, toApiError } from '../contract/errors.ts'
import { requestIdOf, traceOf } from './request-log.ts'
import type { HttpServices } from './services.ts'

/** Korean unless English is asked for: the house's own language. */
export const localeOf = (req: Request): Locale => (req.acceptsLanguages('ko', 'en') === 'en' ? 'en' : 'ko')

export const noSuchRoute: RequestHandler = () => {
  throw new ApiError('ROUTE_NOT_FOUND')
}

/** Every error leaves here: `{ error: { code, message, details? } }`, and `Retry-After` where waiting helps. */
export const answerErrors =
  ({ logger }: Pick<HttpServices, 'logger'>): ErrorRequestHandler =>
  (thrown, req, res, next) => {
    const error = ofExpress(thrown)
    if (error.row.status >= 500)
      logger.error({ requestId: requestIdOf(res), ...traceId(traceOf(res)), code: error.code, err: error.cause ?? error }, 'request failed')
    if (res.headersSent) return next(thrown)
    if (error.row.status === 401) res.set('WWW-Authenticate', 'Bearer')
    if (error.retryAfterS !== undefined) res.set('Retry-After', String(error.retryAfterS))
    res.set('Vary', 'Accept-Language')
    res.status(error.row.status).json({ error: errorBody(error, localeOf(req)) })
  }

/** Express itself throws for a path that is not percent-encoded UTF-8. */
const ofExpress = (thrown: unknown): ApiError =>
  thrown instanceof URIError ? new ApiError('BAD_REQUEST', { cause: thrown }) : toApiError(thrown)
