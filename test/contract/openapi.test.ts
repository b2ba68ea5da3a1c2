import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { openapi } from '../../server/contract/openapi.ts'
import { ROOT } from '../house/sources.ts'
import { callsOfContract } from './calls.ts'

type Node = { readonly [key: string]: Node }

describe('the OpenAPI document', () => {
  const document = openapi() as unknown as Node

  it('describes every call of the contract', () => {
    expect(document.openapi).to.equal('3.1.0')
    expect(callsOfContract().map(({ method, path }) => `${method} ${path}`)).to.have.members([
      'post /api/sessions',
      'post /api/sessions/refresh',
      'delete /api/sessions/me',
      'delete /api/sessions',
      'post /api/ops/accounts/{role}/{id}/sign-out',
      'post /api/accounts',
      'get /api/stores',
      'get /api/stores/{id}',
      'post /api/orders',
      'get /api/orders',
      'get /api/orders/{id}',
      'get /api/orders/{id}/timeline',
      ...[
        'pay',
        'cancel',
        'confirm',
        'accept',
        'reject',
        'start-cooking',
        'finish-cooking',
        'claim',
        'release',
        'pick',
        'deliver',
        'abort',
      ].map(command => `post /api/orders/{id}/${command}`),
      'get /api/deliveries',
      'put /api/riders/me/location',
      'put /api/riders/me/status',
      'put /api/stores/me/status',
      'put /api/stores/me/menu/{menuId}',
      ...['get', 'put'].flatMap(method => [`${method} /api/stores/me/profile`, `${method} /api/stores/me/menu`]),
      'get /api/stores/{id}/sales',
      'post /api/ops/stores',
      'get /api/customers/me',
      'put /api/customers/me/messages',
      'get /api/push/key',
      'put /api/push/subscriptions',
      'delete /api/push/subscriptions',
      'get /api/ops/notifications',
      'get /api/ops/orders',
      'get /api/ops/orders/{id}/timeline',
      'get /api/ops/dead-letters',
      'post /api/ops/dead-letters/retry',
      'get /api/ops/alarms',
      'get /api/ops/breakers',
      'post /api/ops/breakers/{name}/force',
      'post /api/ops/breakers/{name}/release',
      'get /api/ops/breakers/{name}/history',
      'get /api/ops/hosts',
      'post /api/ops/hosts/{host}/drain',
      ...['lag', 'waiting-room', 'open-orders', 'figures'].map(what => `get /api/ops/${what}`),
      'post /webhooks/toss',
      'post /webhooks/solapi',
      'get /api/openapi.json',
      'get /api/asyncapi.json',
      'get /api/docs',
    ])
  })

  it('is of the release that package.json names', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string }
    expect(document.info?.version).to.equal(version)
  })

  it('carries the bounds of the schemas that check', () => {
    const body = document.paths?.['/api/orders']?.post?.requestBody?.content?.['application/json']?.schema
    expect(body?.properties?.items?.items?.properties?.quantity).to.include({ type: 'integer', minimum: 1, maximum: 99 })
    expect(body?.required).to.have.members(['storeId', 'items', 'deliverTo'])
  })

  it('names the required header of an order and the optional ones of a command', () => {
    const parameters = (path: string) => document.paths?.[path]?.post?.parameters as unknown as { name: string; required: boolean }[]
    expect(parameters('/api/orders').find(({ name }) => name === 'Idempotency-Key')?.required).to.equal(true)
    expect(parameters('/api/orders/{id}/accept').find(({ name }) => name === 'If-Match')?.required).to.equal(false)
  })

  it('says of each status which codes come with it', () => {
    const refused = document.paths?.['/api/orders/{id}/pick']?.post?.responses?.['409']
    const codes = Object.values(refused?.content?.['application/json']?.schema?.allOf ?? {}).at(-1)
    expect(codes?.properties?.error?.properties?.code?.enum).to.include.members(['ALREADY_PICKED', 'RIDER_BUSY', 'ORDER_REFUSED'])
  })

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).to.deep.equal(document)
  })
})
