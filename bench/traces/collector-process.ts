import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A collector that takes what it is sent and looks at none of it: in a process of its own, so that its work is nobody's cost. */
export interface CollectorAnswer {
  readonly port: number
  readonly megabytes: number
}

let bytes = 0
const server = createServer((request, response) => {
  request.on('data', (part: Buffer) => {
    bytes += part.length
  })
  request.on('end', () => response.setHeader('content-type', 'application/json').end('{}'))
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo

process.on('message', () => process.send?.({ port, megabytes: bytes / 1e6 } satisfies CollectorAnswer))
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
