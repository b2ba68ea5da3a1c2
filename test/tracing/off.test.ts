import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { ROOT } from '../house/sources.ts'

const run = promisify(execFile)

/** Everything that is loaded by a process that loads this, by the specifiers. */
const loadedBy = async (files: readonly string[]): Promise<string[]> => {
  const script = `
    import { registerHooks } from 'node:module'
    const loaded = []
    registerHooks({ resolve: (specifier, context, next) => { loaded.push(specifier); return next(specifier, context) } })
    for (const file of ${JSON.stringify(files)}) await import(file)
    process.stdout.write(JSON.stringify(loaded), () => process.exit(0))
  `
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: ROOT, maxBuffer: 16 * 1024 * 1024 })
  return JSON.parse(stdout) as string[]
}

/** prom-client brings the API along, which is small and does nothing by itself. */
const ofTracing = (specifiers: readonly string[]): string[] =>
  specifiers.filter(specifier => /@opentelemetry\/(?!api$)|server\/tracing\/|\.\.\/tracing\/otlp/.test(specifier))

describe('without a collector', () => {
  it('no process loads anything of tracing', async () => {
    const roles = ['web', 'actors', 'payments', 'notifier', 'projector'].map(role => `${ROOT}/server/roles/${role}.ts`)
    const loaded = await loadedBy(roles)
    expect(loaded).to.include('express').and.to.include('@nats-io/jetstream')
    expect(ofTracing(loaded)).to.deep.equal([])
    expect(ofTracing(await loadedBy([`${ROOT}/server/tracing/otlp-tracing.ts`]))).to.include('@opentelemetry/sdk-trace')
  })
})
