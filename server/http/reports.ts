import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { resource } from './resource.ts'
import type { HttpServices } from './services.ts'

const PATH = '/webhooks/solapi'
/** 256 KB hold a few hundred reports. */
const parseAny = express.json({ limit: '256kb', strict: false, type: () => true })

/** Whatever cannot be read, or is too long, is as good as nothing. */
const anyBody = (req: Request, res: Response, next: NextFunction): void =>
  parseAny(req, res, (error: unknown) => {
    if (error) req.body = undefined
    next()
  })

/**
 * Solapi's delivery reports. Anything but 200 would only make it send the same again, five times in all; so it is 200, always.
 * To be mounted before the door's own reading of bodies, which refuses what is malformed.
 */
export const reportRoutes = (app: Express, { reports }: Pick<HttpServices, 'reports'>): void => {
  app.use(PATH, anyBody)
  resource(app, PATH, {
    post: async (req, res) => {
      await reports.take(req.body)
      res.json({})
    },
  })
}
