import type { Request, RequestHandler, Response } from 'express'
import { TOKEN } from '../../actors/address.ts'
import type { HttpServices } from './services.ts'

/** Set on every answer, and on every log line about it. */
export const requestIdOf = (res: Response): string => String(res.getHeader('X-Request-Id') ?? '')

/** `/api/orders/:id`; undefined when no route took the request. */
const routeOf = ({ route }: Request): string | undefined => (route as { readonly path?: string } | undefined)?.path

/**
 * Names each request and logs its end: method, path, status, time. Headers, queries and bodies are never logged, so no
 * token, password or payment key can be. The path holds ids only. What went well is worth a line at `debug` only.
 * It is counted under its route's pattern, which is known only then.
 */
export const requestLog =
  ({ logger, now, newId, metrics }: Pick<HttpServices, 'logger' | 'now' | 'newId' | 'metrics'>): RequestHandler =>
  (req, res, next) => {
    const given = req.get('x-request-id')
    res.set('X-Request-Id', given !== undefined && TOKEN.test(given) ? given : newId())
    const { method, path } = req
    const startedMs = now()
    res.once('finish', () => {
      const [status, ms] = [res.statusCode, now() - startedMs]
      const line = { requestId: requestIdOf(res), method, path, status, ms }
      metrics.http({ method, route: routeOf(req), status, ms })
      if (res.statusCode < 400) logger.debug(line, 'request')
      else logger.info(line, 'request refused')
    })
    next()
  }
