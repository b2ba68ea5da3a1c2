import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** `open` lets everything through, `cut` breaks and refuses connections, `stalled` keeps them and lets nothing through. */
type Mode = 'open' | 'cut' | 'stalled'

/** A small TCP proxy between one process and one server: the cable between them, which can be cut or stalled. */
export class Cable implements AsyncDisposable {
  readonly #server: Server
  readonly #pairs = new Set<readonly [Socket, Socket]>()
  #mode: Mode = 'open'
  /** Where it leads; known only when the server has a port. */
  upstream = 0

  private constructor(server: Server) {
    this.#server = server
  }

  static async open(): Promise<Cable> {
    const server = createServer({ allowHalfOpen: false })
    const cable = new Cable(server)
    server.on('connection', near => cable.#join(near))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return cable
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  set(mode: Mode): void {
    this.#mode = mode
    for (const pair of this.#pairs) {
      for (const socket of pair) {
        if (mode === 'cut') socket.destroy()
        else if (mode === 'stalled') socket.pause()
        else socket.resume()
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.set('cut')
    this.#server.close()
    await once(this.#server, 'close')
  }

  #join(near: Socket): void {
    if (this.#mode === 'cut') return void near.destroy()
    const far = connect({ host: '127.0.0.1', port: this.upstream, noDelay: true })
    const pair = [near, far] as const
    this.#pairs.add(pair)
    near.setNoDelay(true)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', chunk => {
        if (to.write(chunk)) return
        from.pause()
        to.once('drain', () => this.#mode === 'open' && from.resume())
      })
      from.on('error', () => {}) // its close says the same
      from.on('close', () => {
        to.destroy()
        this.#pairs.delete(pair)
      })
    }
    if (this.#mode === 'stalled') for (const socket of pair) socket.pause()
  }
}
