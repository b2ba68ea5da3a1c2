import cors from 'cors'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { SettingsView } from '../contract/settings.ts'

/** Where the customer app shows the widget of Toss: the one page that lets anybody else's script in. */
const PAYMENT_PAGE = /^\/orders\/[^/]+\/pay$/

/** What the widget of Toss wants: its script, which writes styles into the page, the frames in which a card is typed, calls and pictures. */
const TOSS = { script: ['https://js.tosspayments.com'], rest: ['https://*.tosspayments.com', 'https://*.toss.im'] }

const helmetOf = (map: SettingsView['map'], withToss: boolean): RequestHandler => {
  const tiles = map.style === undefined ? [] : [new URL(map.style).origin]
  const toss = withToss ? TOSS.rest : []
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", ...(withToss ? TOSS.script : [])],
        styleSrc: ["'self'", ...(withToss ? ["'unsafe-inline'"] : [])],
        imgSrc: ["'self'", 'data:', 'blob:', ...toss, ...tiles],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...toss, ...tiles],
        frameSrc: withToss ? toss : ["'none'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        formAction: ["'self'", ...toss],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // A bank's own window, opened from the frame of Toss, has to find its way back to that frame.
    crossOriginOpenerPolicy: { policy: withToss ? 'same-origin-allow-popups' : 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
  })
}

/** Nothing from elsewhere but what the settings name, nothing inline, no frame around it: what is served here is ours. Toss has its page. */
export const contentSecurity = ({ payment, map }: Pick<SettingsView, 'payment' | 'map'>): RequestHandler => {
  const [ours, withToss] = [helmetOf(map, false), helmetOf(map, true)]
  if (payment.provider !== 'toss') return ours
  return (req, res, next) => (PAYMENT_PAGE.test(req.path) ? withToss : ours)(req, res, next)
}

/** Pages of these origins may ask; all others are left to the browser's own rule. @param origins `https://shop.example`; none: no page of elsewhere */
export const crossOrigin = (origins: readonly string[]): RequestHandler =>
  origins.length === 0
    ? (_req, _res, next) => next()
    : cors({
        origin: [...origins],
        methods: ['GET', 'POST', 'PUT', 'DELETE'],
        allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'Accept-Language', 'X-Request-Id'],
        exposedHeaders: ['ETag', 'Retry-After', 'X-Request-Id'],
        maxAge: 600,
      })
