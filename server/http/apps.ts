import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Express, Request, RequestHandler } from 'express'
import staticGzip from 'express-static-gzip'
import type { Logger } from 'pino'

/** Apps by the first part of their paths; the customer's has every other path. */
const APPS = ['store', 'rider', 'ops'] as const
/** What is never a page, whatever a browser says that it would like. */
const NOT_A_PAGE = /^\/(api|webhooks|socket\.io|assets)(\/|$)|^\/(healthz|readyz|metrics)$/

const appOf = (path: string): string => APPS.find(app => path === `/${app}` || path.startsWith(`/${app}/`)) ?? 'customer'

/** Where an app begins: whoever takes anything, as a program that looks whether the address is right, is shown it. */
const FRONT_DOOR = new RegExp(`^/((${APPS.join('|')})/?)?$`)

/** Somebody's browser goes somewhere, by a link or by typing it: the app that knows the path answers, and finds the page itself. */
const isNavigation = (req: Request): boolean =>
  (req.method === 'GET' || req.method === 'HEAD') &&
  !NOT_A_PAGE.test(req.path) &&
  req.accepts(FRONT_DOOR.test(req.path) ? ['html', 'json'] : ['json', 'html']) === 'html'

/**
 * The apps, as they were built: files whose names hold a hash of what is in them are kept for a year, all else is asked for each time (and mostly
 * answered 304). Everything was packed when it was built. A directory that is not there is told to the log, and no page is served.
 * @param dir of the build: `assets/`, `<app>/index.html` and what lies at the root
 */
export const appRoutes = (app: Express, { dir, logger }: { readonly dir: string; readonly logger: Pick<Logger, 'warn'> }): void => {
  if (!existsSync(join(dir, 'assets'))) {
    logger.warn({ dir }, 'the apps are not built, so there are no pages: npm run build')
    return
  }
  const packed = { enableBrotli: true, orderPreference: ['br' as const], index: false as const }
  app.use('/assets', staticGzip(join(dir, 'assets'), { ...packed, serveStatic: { immutable: true, maxAge: '365d' } }))
  const files = staticGzip(dir, { ...packed, serveStatic: { cacheControl: false, dotfiles: 'ignore', redirect: false } })
  const asked: RequestHandler = (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next()
    if (isNavigation(req)) req.url = `/${appOf(req.path)}/index.html`
    else if (NOT_A_PAGE.test(req.path)) return next()
    res.set('Cache-Control', 'no-cache')
    files(req, res, (error?: unknown) => {
      res.removeHeader('Cache-Control')
      next(error)
    })
  }
  app.use(asked)
}
