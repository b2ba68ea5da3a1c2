import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

export interface ThinSocketOptions {
  readonly port: number
  readonly token: string
  /** An event of Socket.IO, its text as it came: `42["order",{…}]`. */
  readonly heard: (text: Buffer) => void
  /** The line is gone, whoever cut it. */
  readonly lost: () => void
}

const OPCODE = { text: 1, close: 8, ping: 9, pong: 10 } as const
/** Engine.IO's and Socket.IO's packets begin with these: https://socket.io/docs/v4/engine-io-protocol/ */
const PACKET = { open: 0x30, ping: 0x32, message: 0x34, event: 0x32, connected: 0x30, refused: 0x34 } as const

/**
 * A client of Socket.IO that costs next to nothing, so that ten thousand of them leave the cores to the server: WebSocket (RFC 6455) and
 * Engine.IO by hand, and nobody's JSON is read. What a client library would do with a message is not what is measured.
 */
export class ThinSocket {
  readonly #options: ThinSocketOptions
  #socket: Socket | undefined
  #rest: Buffer = Buffer.alloc(0)
  #upgraded = false
  #connected: (() => void) | undefined

  constructor(options: ThinSocketOptions) {
    this.#options = options
  }

  /** Settles when the server has let it in. @throws Error when it does not */
  connect(): Promise<void> {
    this.#upgraded = false
    this.#rest = Buffer.alloc(0)
    return new Promise((resolve, reject) => {
      const socket = connect(this.#options.port, '127.0.0.1')
      this.#socket = socket
      this.#connected = resolve
      socket.setNoDelay(true)
      socket.on('data', chunk => this.#take(chunk))
      socket.on('error', () => undefined) // 'close' follows
      socket.on('close', () => {
        reject(new Error('cut off'))
        if (this.#socket === socket) this.#options.lost()
      })
      socket.write(upgradeRequest())
    })
  }

  /** Cut, not closed: the server learns of it as of a phone in a lift. */
  cut(): void {
    this.#socket?.resetAndDestroy()
  }

  close(): void {
    const socket = this.#socket
    this.#socket = undefined
    socket?.destroy()
  }

  #take(chunk: Buffer): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    if (!this.#upgraded) {
      const end = bytes.indexOf('\r\n\r\n')
      if (end < 0) {
        this.#rest = bytes
        return
      }
      if (!bytes.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) return void this.#socket?.destroy()
      this.#upgraded = true
      bytes = bytes.subarray(end + 4)
    }
    this.#rest = this.#frames(bytes)
  }

  /** @returns what is not whole yet */
  #frames(bytes: Buffer): Buffer {
    let at = 0
    for (;;) {
      const left = bytes.length - at
      if (left < 2) break
      const short = (bytes[at + 1] ?? 0) & 0x7f
      const head = short < 126 ? 2 : short === 126 ? 4 : 10
      if (left < head) break
      const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
      if (left < head + length) break
      this.#frame((bytes[at] ?? 0) & 0x0f, bytes.subarray(at + head, at + head + length))
      at += head + length
    }
    return at === bytes.length ? Buffer.alloc(0) : bytes.subarray(at)
  }

  #frame(opcode: number, payload: Buffer): void {
    if (opcode === OPCODE.ping) return void this.#socket?.write(frame(payload, OPCODE.pong))
    if (opcode === OPCODE.close) return void this.#socket?.destroy()
    if (opcode !== OPCODE.text) return
    switch (payload[0]) {
      case PACKET.open:
        this.#say(`40${JSON.stringify({ token: this.#options.token })}`)
        return
      case PACKET.ping:
        this.#say('3')
        return
      case PACKET.message:
        if (payload[1] === PACKET.event) this.#options.heard(payload)
        else if (payload[1] === PACKET.connected) this.#connected?.()
        else if (payload[1] === PACKET.refused) this.#socket?.destroy()
    }
  }

  #say(text: string): void {
    this.#socket?.write(frame(Buffer.from(text), OPCODE.text))
  }
}

const upgradeRequest = (): string =>
  [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    'Host: 127.0.0.1',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Version: 13',
    '',
    '',
  ].join('\r\n')

/** Of a client, so it must be masked; with zeros, which changes nothing of it. Longer than 64 KB is not said. */
const frame = (payload: Buffer, opcode: number): Buffer => {
  const head =
    payload.length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | payload.length])
      : Buffer.from([0x80 | opcode, 0x80 | 126, payload.length >> 8, payload.length & 0xff])
  return Buffer.concat([head, Buffer.alloc(4), payload])
}
