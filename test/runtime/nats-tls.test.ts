import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
  /** A certificate of the server at `live.pem`, signed by an authority of its own; its own at `<name>.ca.pem`. */
  const certify = (name: string): void => {
    const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    openssl('req', '-x509', ...ec, '-days', '1', '-subj', `/CN=${name}`, '-keyout', `${name}.ca.key`, '-out', `${name}.ca.pem`)
    openssl('req', ...ec, '-subj', '/CN=server', '-keyout', 'live.key', '-out', 'live.csr')
    openssl(
      ...['x509', '-req', '-in', 'live.csr', '-CA', `${name}.ca.pem`, '-CAkey', `${name}.ca.key`, '-CAcreateserial', '-days', '1'],
      ...['-extfile', 'names', '-out', 'live.pem'],
    )
  }
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

  it('takes new certificates without letting go of anybody', async () => {
    certify('last-year')
    await using server = await startNats(`tls { cert_file: "${file('live.pem')}", key_file: "${file('live.key')}" }\n`)
    const connect = (caFile: string) => connectNats({ url: server.url, name: 'test', streams: [], tls: { caFile } })
    const believes = (caFile: string): Promise<boolean> =>
      connect(caFile).then(
        nats => nats.close().then(() => true),
        () => false,
      )
    // First everybody learns the new authority beside the old one …
    certify('this-year')
    writeFileSync(file('both.ca.pem'), ['last-year', 'this-year'].map(name => readFileSync(file(`${name}.ca.pem`), 'utf8')).join(''))
    const patient = await connect(file('both.ca.pem'))
    // … then the server reads its new files again …
    process.kill(server.pid ?? 0, 'SIGHUP')
    await until('the server has read them', () => /Reloaded: tls/.test(server.said()))
    // … and then the old one is forgotten.
    expect(await believes(file('this-year.ca.pem')), 'who believes the new authority alone').to.equal(true)
    expect(await believes(file('last-year.ca.pem')), 'who believes the old one alone').to.equal(false)
    expect([patient.connected, patient.figures.reconnects]).to.deep.equal([true, 0])
    await patient.close()
  })
})
