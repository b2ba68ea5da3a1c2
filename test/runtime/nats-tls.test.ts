import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { connectNats } from '../../actors/nats/connection.ts'
import { until } from '../harness/house.ts'
import { startNats } from '../harness/nats.ts'

const hasOpenSsl = (): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('NATS behind TLS', () => {
  let dir: string
  const file = (name: string): string => join(dir, name)
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'ignore', cwd: dir })

  if (!hasOpenSsl()) {
    console.log('      skipped: openssl, which makes the certificates, is not installed')
    return
  }

  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'baedal-tls-'))
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=our own', '-keyout', 'ca.key', '-out', 'ca.pem')
    writeFileSync(file('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1')
    for (const name of ['server', 'client']) {
      openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`)
      openssl(
        ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1'],
        ...['-extfile', 'names', '-out', `${name}.pem`],
      )
    }
  })
  after(() => {
    if (dir) rmSync(dir, { recursive: true, force: true })
  })

  it('is reached with our certificate and nobody else’s', async () => {
    const tls = `tls { cert_file: "${file('server.pem')}", key_file: "${file('server.key')}", ca_file: "${file('ca.pem')}", verify: true }\n`
    await using server = await startNats(tls)
    const ours = { caFile: file('ca.pem'), certFile: file('client.pem'), keyFile: file('client.key') }
    const nats = await connectNats({ url: server.url, name: 'test', streams: [], tls: ours })
    expect(nats.connected).to.equal(true)
    await nats.close()
    const letIn = connectNats({ url: server.url, name: 'test', streams: [], tls: { caFile: ours.caFile } }).then(
      stranger => stranger.close().then(() => 'let in'),
      () => 'kept out', // after its 10 s: the server's word comes at once, and a client that never comes further is not waited for
    )
    const turnedAway = until('it is turned away', () => /TLS handshake error: .*certificate/.test(server.said())).then(() => 'turned away')
    expect(await Promise.race([letIn, turnedAway])).to.equal('turned away')
  })
})
