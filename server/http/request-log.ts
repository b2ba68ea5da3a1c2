import type { Request, RequestHandler, Response } from 'express'
import { TOKEN } from '../../actors/address.ts'
import { type SpanEnd, type Trace, traceId } from '../../actors/tracing.ts'
import type { HttpServices } from './services.ts'

/** Set on every answer, and on every log line about it. */
export const requestIdOf = (res: Response): string => String(res.getHeader('X-Request-Id') ?? '')

/** The span of this request, where it is traced. */
export const traceOf = ({ locals }: Response): { readonly trace?: Trace } => (locals.traced as { readonly trace: Trace } | undefined) ?? {}

/** `/api/orders/:id`; undefined when no route took the request. */
const routeOf = ({ route }: Request): string | undefined => (route as { readonly path?: string } | undefined)?.path

/**
 * Names each request and logs its end: method, path, status, time. Headers, queries and bodies are never logged, so no
 * token, password or payment key can be. The path holds ids only. What went well is worth a line at `debug` only.
 * It is counted, and traced, under its route's pattern, which is known only then.
 */
export const requestLog =
  ({ logger, now, newId, metrics, tracer }: Pick<HttpServices, 'logger' | 'now' | 'newId' | 'metrics' | 'tracer'>): RequestHandler =>
  (req, res, next) => {
    const given = req.get('x-request-id')
    res.set('X-Request-Id', given !== undefined && TOKEN.test(given) ? given : newId())
    const { method, path } = req
    const startedMs = now()
    const span = tracer?.enter({ name: method, side: 'server' }, req.get('traceparent'))
    if (span) {
      res.locals.traced = { trace: span.trace }
      res.once('close', () => span.end(endOf(req, res))) // also when the caller has hung up
    }
    res.once('finish', () => {
      const [status, ms] = [res.statusCode, now() - startedMs]
      const line = { requestId: requestIdOf(res), ...traceId(span), method, path, status, ms }
      metrics.http({ method, route: routeOf(req), status, ms })
      if (res.statusCode < 400) logger.debug(line, 'request')
      else logger.info(line, 'request refused')
    })
    next()
  }

/** By the names that OpenTelemetry has given them. */
const endOf = (req: Request, res: Response): SpanEnd => {
  const { method } = req
  const [route, status] = [routeOf(req), res.statusCode]
  return {
    name: route === undefined ? method : `${method} ${route}`,
    attributes: {
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': status,
      'correlation.id': requestIdOf(res),
    },
    ...(status < 500 ? {} : { failed: String(status) }),
  }
}
