import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { APPS } from './apps.ts'

const HELP = `npm run build [-- --if-stale]

Builds the apps of customers, stores, riders and operators into dist/apps, from where the gateway serves them.
  --if-stale  only when their sources are not those of the build that is there
`

const ROOT = join(import.meta.dirname, '..')
const OUT = join(ROOT, 'dist', 'apps')
/** Which sources a build was made of. */
const STAMP = 'sources.sha256'
const PACKED = /\.(js|css|html|svg|webmanifest)$/
/** The script of the page and what it imports at once: the budget of issue and README, KB of brotli. */
const FIRST_LOAD_KB = 150

const { values } = parseArgs({
  options: { 'if-stale': { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
})

/** Of everything that ends up in the apps; types of the server do not. */
const stampOf = (): string => {
  const hash = createHash('sha256')
  const files = globSync(['clients/**/*.{ts,tsx,css,html,svg,png,webmanifest,json}', 'machines/*.ts', 'package-lock.json'], { cwd: ROOT })
  for (const file of files.sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(ROOT, file)))
      .update('\0')
  return hash.digest('hex')
}

const isBuiltOf = (stamp: string): boolean => existsSync(join(OUT, STAMP)) && readFileSync(join(OUT, STAMP), 'utf8') === stamp

/** Beside each file its brotli, at the best that can be had: it is made once and sent often. */
const pack = async (dir: string): Promise<void> => {
  const files = globSync('**/*', { cwd: dir }).filter(file => PACKED.test(file))
  const packed = promisify(brotliCompress)
  await Promise.all(
    files.map(async file => {
      const bytes = readFileSync(join(dir, file))
      const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }
      writeFileSync(join(dir, `${file}.br`), await packed(bytes, options))
    }),
  )
}

/** What a page fetches before it can show anything, KB of brotli: its script and those preloaded with it. */
const firstLoadKb = (dir: string, app: string): number => {
  const page = readFileSync(join(dir, app, 'index.html'), 'utf8')
  const scripts = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? '')
  return scripts.reduce((sum, path) => sum + statSync(join(dir, `${path}.br`)).size, 0) / 1_000
}

const say = (line: string): void => void process.stderr.write(`${line}\n`)

const make = async (stamp: string): Promise<void> => {
  const begun = performance.now()
  const making = `${OUT}.${process.pid}`
  try {
    const { build } = await import('vite') // half a second, which a start whose apps are built does not need
    await build({ configFile: join(import.meta.dirname, 'vite.config.ts'), build: { outDir: making } })
    await pack(making)
    const sizes = APPS.map(app => ({ app, kb: firstLoadKb(making, app) }))
    say(`built the apps in ${((performance.now() - begun) / 1_000).toFixed(1)} s; scripts at first load, KB of brotli:`)
    say(`  ${sizes.map(({ app, kb }) => `${app} ${kb.toFixed(0)}`).join(', ')}`)
    const heavy = sizes.filter(({ kb }) => kb > FIRST_LOAD_KB)
    if (heavy.length > 0) throw new Error(`more than ${FIRST_LOAD_KB} KB: ${heavy.map(({ app }) => app).join(', ')}`)
    writeFileSync(join(making, STAMP), stamp)
    mkdirSync(join(ROOT, 'dist'), { recursive: true })
    // Two builds of the same sources may end at once: whichever comes second finds the place taken by its like.
    rmSync(OUT, { recursive: true, force: true })
    renameSync(making, OUT)
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

if (values.help) process.stdout.write(HELP)
else {
  const stamp = stampOf()
  if (values['if-stale'] && isBuiltOf(stamp)) process.exit(0)
  say(`building the apps into ${relative(process.cwd(), OUT)}`)
  await make(stamp)
}
