import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import express from 'express'
import { request } from 'undici'
import type { SettingsView } from '../../server/contract/settings.ts'
import { contentSecurity } from '../../server/http/headers.ts'

const TOSS = { provider: 'toss', clientKey: 'test_gck_1' } as const

describe('the policy of a page', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) server.close()
  })

  /** By its directives, of the page at `path`. */
  const policyOf = async (payment: SettingsView['payment'], path: string) => {
    const app = express().use(contentSecurity({ payment, map: {} }))
    const server = createServer(app.use((_req, res) => void res.end())).listen(0)
    servers.push(server)
    const { headers, body } = await request(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)
    await body.dump()
    const directives = String(headers['content-security-policy']).split(';')
    const policy = Object.fromEntries(directives.map(directive => directive.trim().split(/ (.*)/, 2)))
    return { policy, opener: headers['cross-origin-opener-policy'] }
  }

  it('lets the widget of Toss in where one pays, with the styles that its script writes', async () => {
    const { policy, opener } = await policyOf(TOSS, '/orders/o_1/pay')
    expect(policy).to.deep.include({
      'script-src': "'self' https://js.tosspayments.com",
      'style-src': "'self' 'unsafe-inline'",
      'connect-src': "'self' https://*.tosspayments.com https://*.toss.im",
      'frame-src': 'https://*.tosspayments.com https://*.toss.im',
      'default-src': "'none'",
    })
    expect(opener).to.equal('same-origin-allow-popups')
  })

  for (const path of ['/', '/cart', '/orders/o_1', '/orders/o_1/paid', '/store/', '/orders/o_1/pay/more', '/api/orders/o_1/pay'])
    it(`lets nobody in at ${path}, whoever takes the payments`, async () => {
      const { policy, opener } = await policyOf(TOSS, path)
      expect(policy).to.deep.include({ 'script-src': "'self'", 'style-src': "'self'", 'connect-src': "'self'", 'frame-src': "'none'" })
      expect(opener).to.equal('same-origin')
    })

  it('lets nobody in where one pays, when it is not Toss who takes the payments', async () => {
    expect((await policyOf({ provider: 'standIn' }, '/orders/o_1/pay')).policy).to.deep.include({
      'script-src': "'self'",
      'style-src': "'self'",
    })
  })
})
