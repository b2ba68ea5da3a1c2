import express, { type Express } from 'express'
import { HEALTH_PATHS, healthAnswer } from '../health.ts'
import { signedIn } from './authentication.ts'
import { jsonBody } from './body.ts'
import { breakerRoutes } from './breakers.ts'
import { catalogueRoutes } from './catalogue.ts'
import { customerRoutes } from './customers.ts'
import { deliveryRoutes } from './deliveries.ts'
import { documentRoutes } from './documents.ts'
import { answerErrors, noSuchRoute } from './errors.ts'
import { contentSecurity, crossOrigin } from './headers.ts'
import { limits } from './limits.ts'
import { opsRoutes } from './ops.ts'
import { orderRoutes } from './orders.ts'
import { pushRoutes } from './push.ts'
import { reportRoutes } from './reports.ts'
import { requestLog } from './request-log.ts'
import { resource } from './resource.ts'
import { riderRoutes } from './riders.ts'
import type { HttpServices } from './services.ts'
import { sessionRoutes } from './sessions.ts'
import { storeRoutes } from './stores.ts'
import { watchRoutes } from './watch.ts'
import { webhookRoutes } from './webhooks.ts'

/** The HTTP door: routes by noun, every answer JSON, every error from the one table. It listens nowhere by itself. */
export const createApp = (services: HttpServices): Express => {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag') // only an order has a version, and it sets its own
  app.set('query parser', 'simple')
  app.use(requestLog(services))
  app.use(contentSecurity)
  app.use(crossOrigin(services.origins))
  app.use(limits(services))
  reportRoutes(app, services)
  app.use(jsonBody)

  for (const path of HEALTH_PATHS) {
    resource(app, path, {
      get: async (_req, res) => {
        const { status, type, body } = await healthAnswer(path, services.health)
        res.status(status).type(type).send(body)
      },
    })
  }
  documentRoutes(app)

  const door = { app, services, signedIn: signedIn(services) }
  for (const routes of [
    sessionRoutes,
    catalogueRoutes,
    orderRoutes,
    deliveryRoutes,
    riderRoutes,
    storeRoutes,
    customerRoutes,
    pushRoutes,
    opsRoutes,
    breakerRoutes,
    watchRoutes,
    webhookRoutes,
  ]) {
    routes(door)
  }

  app.use(noSuchRoute)
  app.use(answerErrors(services))
  return app
}
