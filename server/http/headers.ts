import cors from 'cors'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { SettingsView } from '../contract/settings.ts'

/** Toss's payment widget: its script, the frame in which a card is typed, and its pictures. */
const TOSS = ['https://*.tosspayments.com', 'https://*.toss.im']

/** Nothing from elsewhere but what the settings name, nothing inline, no frame around it: what is served here is ours. */
export const contentSecurity = ({ payment, map }: Pick<SettingsView, 'payment' | 'map'>): RequestHandler => {
  const toss = payment.provider === 'toss' ? TOSS : []
  const tiles = map.style === undefined ? [] : [new URL(map.style).origin]
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", ...toss],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...toss, ...tiles],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...toss, ...tiles],
        frameSrc: toss.length === 0 ? ["'none'"] : toss,
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
  })
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
