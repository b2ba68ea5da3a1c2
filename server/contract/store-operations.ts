import { z } from 'zod'
import { menuBody, menuView, soldOutBody } from './menus.ts'
import type { Operation } from './operations.ts'
import { salesQuery, salesView } from './sales.ts'
import { newStoreBody, newStoreView, profileBody, profileView } from './store-profile.ts'
import { storeStatusBody, storeStatusView } from './stores.ts'

/** What a store says about itself, and how operators move one in. */
export const STORE_OPERATIONS: readonly Operation[] = [
  {
    method: 'put',
    path: '/api/stores/me/status',
    summary: 'Opens or closes the store; with forMinutes it opens again by itself',
    by: 'a store',
    body: storeStatusBody,
    status: 200,
    reply: storeStatusView,
    errors: ['FORBIDDEN', 'STORE_NOT_FOUND', 'INVALID'],
  },
  {
    method: 'get',
    path: '/api/stores/me/profile',
    summary: 'What the store has said about itself',
    by: 'a store',
    status: 200,
    reply: profileView,
    errors: ['FORBIDDEN', 'STORE_NOT_FOUND'],
  },
  {
    method: 'put',
    path: '/api/stores/me/profile',
    summary: 'Changes hours, holidays, last order, intake cap, name …; what is not given stays',
    by: 'a store',
    body: profileBody,
    status: 200,
    reply: profileView,
    errors: ['FORBIDDEN', 'STORE_NOT_FOUND', 'INVALID'],
  },
  {
    method: 'get',
    path: '/api/stores/me/menu',
    summary: 'The menu as the store has published it',
    by: 'a store',
    status: 200,
    reply: menuView,
    errors: ['FORBIDDEN', 'STORE_NOT_FOUND'],
  },
  {
    method: 'put',
    path: '/api/stores/me/menu',
    summary: 'Publishes the whole menu, 512 KB at most',
    by: 'a store',
    body: menuBody,
    status: 200,
    reply: menuView,
    errors: ['FORBIDDEN', 'STORE_NOT_FOUND', 'INVALID'],
  },
  {
    method: 'put',
    path: '/api/stores/me/menu/{menuId}',
    summary: 'Marks an item, or one of its choices, sold out or back',
    by: 'a store',
    body: soldOutBody,
    status: 200,
    reply: soldOutBody.extend({ menuId: z.string() }),
    errors: ['FORBIDDEN', 'NOT_FOUND', 'INVALID'],
  },
  {
    method: 'get',
    path: '/api/stores/{id}/sales',
    summary: 'What the store sold, by day of its own zone, 92 days at most',
    by: 'the store, or an operator',
    query: salesQuery,
    status: 200,
    reply: salesView,
    errors: ['FORBIDDEN', 'STORE_NOT_FOUND', 'INVALID', 'READ_MODEL_UNAVAILABLE'],
  },
  {
    method: 'post',
    path: '/api/ops/stores',
    summary: 'Moves a store in: the store, its menu and the account of its tablet',
    by: 'an operator',
    body: newStoreBody,
    status: 201,
    reply: newStoreView,
    errors: ['FORBIDDEN', 'ALREADY_EXISTS', 'LOGIN_TAKEN', 'INVALID'],
  },
]
