import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { expect } from 'chai'
import express from 'express'
import { pino } from 'pino'
import { type Dispatcher, request } from 'undici'
import { appRoutes } from '../../server/http/apps.ts'

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

describe('the pages of the apps', () => {
  let dir: string
  let server: Server
  let origin: string

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'baedal-apps-'))
    for (const app of ['customer', 'store', 'rider', 'ops', 'assets']) await mkdir(join(dir, app))
    const files = {
      ...Object.fromEntries(['customer', 'store', 'rider', 'ops'].map(app => [`${app}/index.html`, `<title>${app}</title>`])),
      'assets/store-Bx1.js': 'console.log("store")',
      'sw.js': 'self',
    }
    for (const [file, text] of Object.entries(files)) {
      await writeFile(join(dir, file), text)
      await writeFile(join(dir, `${file}.br`), brotliCompressSync(text))
    }
    await writeFile(join(dir, 'sources.sha256'), 'abc')
    const app = express()
    appRoutes(app, { dir, logger: pino({ level: 'silent' }) })
    app.use((_req, res) => void res.status(404).json({ error: 'nobody' }))
    server = createServer(app).listen(0)
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(async () => {
    server.close()
    await rm(dir, { recursive: true })
  })

  const ask = (path: string, headers: Record<string, string> = {}, method: Dispatcher.HttpMethod = 'GET') =>
    request(origin + path, { method, headers })

  for (const [path, app] of [
    ['/', 'customer'],
    ['/store', 'store'],
    ['/rider/', 'rider'],
    ['/ops/', 'ops'],
  ] as const)
    it(`shows ${path} to whoever takes anything, and JSON to who wants it`, async () => {
      const { statusCode, body } = await ask(path, { accept: '*/*' })
      expect([statusCode, await body.text()]).to.deep.equal([200, `<title>${app}</title>`])
      const wanted = await ask(path, { accept: 'application/json' })
      expect([wanted.statusCode, await wanted.body.json()]).to.deep.equal([404, { error: 'nobody' }])
    })

  for (const [path, app] of [
    ['/', 'customer'],
    ['/orders/o_1', 'customer'],
    ['/stores/store-1', 'customer'],
    ['/store', 'store'],
    ['/store/menu', 'store'],
    ['/rider/orders/o_1', 'rider'],
    ['/ops/breakers?name=confirm', 'ops'],
    ['/opsy', 'customer'],
  ] as const)
    it(`answers ${path} of a browser with the page of ${app}, asked for each time`, async () => {
      const { statusCode, headers, body } = await ask(path, BROWSER)
      expect([statusCode, headers['cache-control'], await body.text()]).to.deep.equal([200, 'no-cache', `<title>${app}</title>`])
      expect(headers['content-type']).to.match(/^text\/html/)
    })

  it('answers 304 to who has the page of now', async () => {
    const { headers, body } = await ask('/store/', BROWSER)
    await body.dump()
    const again = await ask('/store/', { ...BROWSER, 'if-none-match': String(headers.etag) })
    await again.body.dump()
    expect(again.statusCode).to.equal(304)
  })

  it('sends what is packed to who can unpack it, and lets it be kept for a year where the name says what is in it', async () => {
    const { statusCode, headers, body } = await ask('/assets/store-Bx1.js', { 'accept-encoding': 'gzip, br' })
    expect([statusCode, headers['content-encoding']]).to.deep.equal([200, 'br'])
    expect(headers['cache-control']).to.equal('public, max-age=31536000, immutable')
    expect(headers.vary).to.match(/accept-encoding/i)
    expect(brotliDecompressSync(Buffer.from(await body.arrayBuffer())).toString()).to.equal('console.log("store")')
    const plain = await ask('/assets/store-Bx1.js')
    expect([plain.headers['content-encoding'], await plain.body.text()]).to.deep.equal([undefined, 'console.log("store")'])
  })

  it('asks for the service worker each time, so that an app is never stuck in an old one', async () => {
    const { statusCode, headers, body } = await ask('/sw.js')
    await body.dump()
    expect([statusCode, headers['cache-control']]).to.deep.equal([200, 'no-cache'])
  })

  for (const [what, path, headers, method] of [
    ['a program that wants JSON', '/orders/o_1', { accept: 'application/json' }, 'GET'],
    ['a program that takes anything', '/nowhere', { accept: '*/*' }, 'GET'],
    ['a browser at the API', '/api/nowhere', BROWSER, 'GET'],
    ['a browser at an asset that is gone', '/assets/store-Old.js', BROWSER, 'GET'],
    ['a form', '/orders', BROWSER, 'POST'],
    ['who looks for more than was built to be seen', '/../package.json', { accept: '*/*' }, 'GET'],
  ] as const)
    it(`leaves ${what} to those who come after, without a word about caching`, async () => {
      const answer = await ask(path, headers, method)
      await answer.body.dump()
      expect([answer.statusCode, answer.headers['cache-control']]).to.deep.equal([404, undefined])
    })

  it('tells the log, and serves nothing, when the apps are not built', async () => {
    const warned: unknown[] = []
    const app = express()
    appRoutes(app, { dir: join(dir, 'nowhere'), logger: { warn: (...said: unknown[]) => void warned.push(said) } })
    expect(JSON.stringify(warned)).to.include('npm run build')
  })
})
