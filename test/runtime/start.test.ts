import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { portState } from '../../config/runtime/ports.ts'
import { temporary } from './rooms.ts'

interface Said {
  readonly code: number
  readonly out: string
  readonly error: string
}
const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Said> =>
  new Promise(resolve => {
    const file = join(import.meta.dirname, '..', '..', 'config', 'runtime', 'start.ts')
    const child = execFile(
      process.execPath,
      [file, ...args],
      { env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE, ...env } },
      (_error, out, error) => resolve({ code: child.exitCode ?? -1, out, error }),
    )
  })

describe('npm start', () => {
  it('says in one line that the port is taken, and by which flag to go elsewhere', async () => {
    using dir = temporary()
    const squatter = createServer().listen(0)
    await once(squatter, 'listening')
    const { port } = squatter.address() as AddressInfo
    expect(await portState(port)).to.equal('taken')
    const args = ['--port', String(port), '--data-dir', join(dir.path, 'data')]
    const english = await start(args)
    const korean = await start(args, { LANG: 'ko_KR.UTF-8' })
    squatter.close()
    expect(english).to.deep.equal({
      code: 1,
      out: '',
      error: `port ${port} is taken by another program: stop that program, or choose another port with --port.\n`,
    })
    expect(korean.error).to.match(new RegExp(`^${port}번 포트를 .*\n$`))
  })

  it('refuses an unknown flag with 2', async () => {
    expect(await start(['--prot', '1'])).to.deep.equal({
      code: 2,
      out: '',
      error: `Unknown option '--prot'. "npm start -- --help" lists the flags.\n`,
    })
  })

  it('explains itself', async () => {
    const { code, out, error } = await start(['--help'])
    expect({ code, error }).to.deep.equal({ code: 0, error: '' })
    expect(out).to.include('--data-dir').and.include('--fresh')
  })
})
