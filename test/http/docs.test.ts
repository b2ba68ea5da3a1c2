import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { PUSHES } from '../../server/contract/pushes.ts'
import { REQUESTS } from '../../server/contract/requests.ts'
import { docsPage } from '../../server/http/docs-page.ts'
import { html } from '../../server/http/html.ts'
import { callsOfContract } from '../contract/calls.ts'
import { type GatewayHouse, openGateway } from './gateway-house.ts'

describe('the page about the contract', () => {
  let house: GatewayHouse
  before(async () => {
    house = await openGateway()
  })
  after(() => house[Symbol.asyncDispose]())

  const page = async (language: string) => house.call('GET', '/api/docs', { headers: { 'accept-language': language } })

  it('names every call and every event, and links the documents', async () => {
    const { status, body, headers } = await page('en')
    expect([status, headers.get('content-type')]).to.deep.equal([200, 'text/html; charset=utf-8'])
    for (const { method, path } of callsOfContract()) expect(body).to.include(`<b>${method.toUpperCase()}</b> <code>${path}</code>`)
    for (const event of [...Object.keys(PUSHES), ...Object.keys(REQUESTS), 'connect_error'])
      expect(body).to.include(`<summary><code>${event}</code>`)
    for (const link of ['/api/openapi.json', '/api/asyncapi.json']) {
      expect(body).to.include(`href="${link}"`)
      expect((await house.call('GET', link)).status).to.equal(200)
    }
  })

  it('shows who may call, what is sent, what comes back and what may go wrong', async () => {
    const { body } = await page('en')
    const from = body.indexOf('<code>/api/orders/{id}/accept</code>')
    const accept = body.slice(from, body.indexOf('</details>', from))
    for (const part of ['By a party to the order.', 'Idempotency-Key', 'prepMinutes', 'maximum 180', 'lineTotal', 'VERSION_MISMATCH'])
      expect(accept).to.include(part)
  })

  it('has its labels in the reader’s language, Korean unless English is asked for', async () => {
    for (const [language, title] of [
      ['ko', '배달 서버의 계약'],
      ['fr', '배달 서버의 계약'],
      ['en-GB,en', 'The contract of Baedal'],
    ] as const) {
      const { body, headers } = await page(language)
      expect(body).to.include(`<h1>${title}</h1>`)
      expect(headers.get('vary')).to.include('Accept-Language')
    }
  })

  it('needs no script and no other host, and lets neither in', async () => {
    const { body, headers } = await page('ko')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).to.match(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='; /)
    expect(body).to.not.match(/<script|<img|<iframe|<link|\son\w+=|javascript:|https?:\/\//i)
    const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? ''
    expect(policy).to.include(createHash('sha256').update(style).digest('base64'))
    expect(body.match(/style=/g)).to.equal(null)
  })

  it('escapes whatever the documents hold', () => {
    const hostile = `<script>alert("1")</script>&'`
    const described = { summary: hostile, description: hostile, responses: { 200: { description: hostile } } }
    const openapi = { openapi: hostile, info: { description: hostile }, paths: { [hostile]: { get: described } } }
    const field = { type: 'object', properties: { [hostile]: { enum: [hostile], description: hostile } } }
    const messages = { bad: { payload: field } }
    const operation = {
      action: 'send',
      title: hostile,
      summary: hostile,
      description: hostile,
      messages: [{ $ref: '#/channels/socket/messages/bad' }],
    }
    const asyncapi = {
      asyncapi: hostile,
      info: { description: hostile },
      channels: { socket: { description: hostile, messages } },
      operations: { operation },
    }
    const made = docsPage({ openapi, asyncapi }, 'en')
    expect(made).to.not.include('<script').and.not.include('alert("1")')
    expect(made).to.include('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;')
    expect(html`<p title="${'"'}">${['<', html`<b>${'&'}</b>`, undefined, 1]}</p>`.text).to.equal('<p title="&quot;">&lt;<b>&amp;</b>1</p>')
  })

  it('knows no other method', async () => {
    for (const path of ['/api/docs', '/api/asyncapi.json', '/api/openapi.json'])
      expect((await house.call('POST', path, { body: {} })).headers.get('allow')).to.equal('HEAD, GET')
  })
})
