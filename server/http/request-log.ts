import type { RequestHandler, Response } from 'express'
import { TOKEN } from '../../actors/address.ts'
import type { HttpServices } from './services.ts'

/** Set on every answer, and on every log line about it. */
export const requestIdOf = (res: Response): string => String(res.getHeader('X-Request-Id') ?? '')

/**
 * Names each request and logs its end: method, path, status, time. Headers, queries and bodies are never logged, so no
 * token, password or payment key can be. The path holds ids only. What went well is worth a line at `debug` only.
 */
export const requestLog =
  ({ logger, now, newId }: Pick<HttpServices, 'logger' | 'now' | 'newId'>): RequestHandler =>
  (req, res, next) => {
    const given = req.get('x-request-id')
    res.set('X-Request-Id', given !== undefined && TOKEN.test(given) ? given : newId())
    const { method, path } = req
    const startedMs = now()
    res.once('finish', () => {
      const line = { requestId: requestIdOf(res), method, path, status: res.statusCode, ms: now() - startedMs }
      if (res.statusCode < 400) logger.debug(line, 'request')
      else logger.info(line, 'request refused')
    })
    next()
  }
