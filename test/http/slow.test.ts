import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect } from 'chai'
import { httpServer } from '../../server/http/http-server.ts'

describe('an HTTP client that takes its time', () => {
  let server: Server
  let heard: number
  beforeEach(async () => {
    heard = 0
    const limits = { headersMs: 150, requestMs: 300, checkMs: 20 }
    server = httpServer((request, response) => {
      heard++
      request.resume().on('end', () => response.end('ok'))
    }, limits).listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  /** What the server says until it hangs up. */
  const said = async (...pieces: readonly string[]): Promise<string> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    let text = ''
    socket.setEncoding('utf8').on('data', (piece: string) => {
      text += piece
    })
    for (const piece of pieces) socket.write(piece)
    await once(socket, 'close')
    return text
  }

  it('is cut off when its headers never end', async () => {
    expect(await said('GET / HTTP/1.1\r\nHost: x\r\n', 'X-Slow: ')).to.match(/^HTTP\/1\.1 408 /)
    expect(heard).to.equal(0)
  })

  it('is cut off when its body never ends', async () => {
    expect(await said('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n', '{')).to.match(/^HTTP\/1\.1 408 /)
    expect(heard).to.equal(1)
  })

  it('is refused headers that are too long', async () => {
    expect(await said(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`)).to.match(/^HTTP\/1\.1 431 /)
    expect(heard).to.equal(0)
  })
})
