import type { Express } from 'express'
import { asyncapi } from '../contract/asyncapi.ts'
import type { Locale } from '../contract/errors.ts'
import { openapi } from '../contract/openapi.ts'
import { DOCS_POLICY, docsPage } from './docs-page.ts'
import { localeOf } from './errors.ts'
import { resource } from './resource.ts'

/** The contract about itself, for anyone. */
export const documentRoutes = (app: Express): void => {
  const pages = new Map<Locale, string>()
  resource(app, '/api/openapi.json', { get: (_req, res) => void res.json(openapi()) })
  resource(app, '/api/asyncapi.json', { get: (_req, res) => void res.json(asyncapi()) })
  resource(app, '/api/docs', {
    get: (req, res) => {
      const locale = localeOf(req)
      const page = pages.get(locale) ?? docsPage({ openapi: openapi(), asyncapi: asyncapi() }, locale)
      pages.set(locale, page)
      res.set({ 'Content-Security-Policy': DOCS_POLICY, 'Content-Language': locale, Vary: 'Accept-Language' }).type('html').send(page)
    },
  })
}
