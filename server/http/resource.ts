import type { Express, Request, RequestHandler, Response } from 'express'
import { ApiError } from '../contract/errors.ts'
import type { SignedIn } from './authentication.ts'
import type { HttpServices } from './services.ts'

/** What a noun's routes are given. */
export interface Door {
  readonly app: Express
  readonly services: HttpServices
  /** Lets only those with a valid token through, and tells who it is. */
  readonly signedIn: SignedIn
}

const METHODS = ['get', 'post', 'put', 'delete'] as const
type Method = (typeof METHODS)[number]
type Handler = (req: Request, res: Response) => void | Promise<void>

/** One path and the methods it knows; any other method is 405 with `Allow`. Express 5 hands what a handler throws to the error handler. */
export const resource = (app: Express, path: string, methods: Partial<Record<Method, Handler>>): void => {
  const route = app.route(path)
  for (const method of METHODS) {
    const handler = methods[method]
    if (handler) route[method](handler as RequestHandler)
  }
  const known = Object.keys(methods).map(method => method.toUpperCase())
  const allow = (known.includes('GET') ? ['HEAD', ...known] : known).join(', ')
  route.all((_req, res) => {
    res.set('Allow', allow)
    throw new ApiError('METHOD_NOT_ALLOWED')
  })
}
