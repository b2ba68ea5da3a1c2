import { createServer } from 'node:net'

/** Below 32768, where Linux takes the ports of outgoing connections: nobody gets one of these by chance before we use it. */
const FROM = 20_000
const TO = 32_000

/** Whether a server could listen on the port now. @param host default: every address */
export const portState = (port: number, host?: string): Promise<'free' | 'taken' | 'forbidden'> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve('taken')
      else if (error.code === 'EACCES') resolve('forbidden')
      else reject(error)
    })
    server.listen({ port, exclusive: true, ...(host === undefined ? {} : { host }) }, () => server.close(() => resolve('free')))
  })

/** Different ports that are free on the loopback address. @param random 0…1 */
export const freePorts = async (count: number, random: () => number): Promise<number[]> => {
  const found = new Set<number>()
  while (found.size < count) {
    const port = FROM + Math.floor(random() * (TO - FROM))
    if (!found.has(port) && (await portState(port, '127.0.0.1')) === 'free') found.add(port)
  }
  return [...found]
}
