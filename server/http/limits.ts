import type { Request, RequestHandler } from 'express'
import { addressOf } from '../gateway/address-of.ts'
import type { Budget } from '../gateway/budgets.ts'
import type { HttpServices } from './services.ts'

/** What is neither counted nor left undone: a probe must tell the truth, and a document costs nothing. */
const FREE = /^\/(healthz|readyz|metrics|api\/(openapi|asyncapi)\.json|api\/docs)/
const POSITION = /^\/api\/riders\/me\/location$/
/** One thing, or what somebody has in hand. */
const SINGLE =
  /^\/api\/(orders\/[^/]+(\/timeline)?|deliveries|customers\/me|riders\/me|push\/key|stores\/me\/\w+|ops\/(breakers(\/\w+\/history)?|hosts|lag|waiting-room|figures))$/

/** Undefined: free. */
export const budgetOf = ({ method, path }: Pick<Request, 'method' | 'path'>): Budget | undefined => {
  if (FREE.test(path)) return undefined
  if (POSITION.test(path)) return 'position'
  if (method !== 'GET' && method !== 'HEAD') return 'order'
  return SINGLE.test(path) ? 'read' : 'browse'
}

/** Before a body is read or a token looked at. */
export const limits =
  ({ budgets, proxies }: Pick<HttpServices, 'budgets' | 'proxies'>): RequestHandler =>
  async (req, _res, next) => {
    const budget = budgetOf(req)
    if (budget) {
      budgets.shed(budget)
      await budgets.spendOf(budget, addressOf(req, proxies))
    }
    next()
  }
