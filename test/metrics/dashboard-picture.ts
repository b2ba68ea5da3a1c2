import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePorts } from '../../config/runtime/ports.ts'
import { openBrowser } from '../harness/browser.ts'
import { startHouse, until } from '../harness/house.ts'
import { Somebody } from '../harness/people.ts'
import { DeliveryHouse } from '../needs/delivery-house.ts'
import { drawDashboard, type Panel, type Series } from './panel-svg.ts'

/**
 * `node test/metrics/dashboard-picture.ts`: lets a house live two minutes under the eyes of a real Prometheus (`apt-get install prometheus`), asks it for
 * every panel of the dashboard, and draws what it answers into docs/screenshots/operations-dashboard.png. The drawing is ours; Grafana's own looks nicer.
 */
const ROOT = join(import.meta.dirname, '..', '..')
const LIVED_MS = 120_000
/** What Grafana would put in for `$__rate_interval` at a scrape each second. */
const RATE = '10s'
const STEP_S = 2

const dir = await mkdtemp(join(tmpdir(), 'baedal-prometheus-'))
await using place = await startHouse({}, { hosts: 2 })
const { house } = place
const targets = Object.entries(house.healthUrls).map(([instance, url]) => ({ targets: [new URL(url).host], labels: { instance } }))
const [port = 0] = await freePorts(1, Math.random)
await writeFile(
  join(dir, 'prometheus.yml'),
  JSON.stringify({ global: { scrape_interval: '1s' }, scrape_configs: [{ job_name: 'baedal', static_configs: targets }] }),
)
const flags = [`--config.file=${dir}/prometheus.yml`, `--storage.tsdb.path=${dir}/data`, `--web.listen-address=127.0.0.1:${port}`]
const prometheus = spawn('prometheus', flags, { stdio: 'ignore' })
const exited = once(prometheus, 'exit')
try {
  const at = `http://127.0.0.1:${port}`
  await until('Prometheus is ready', () =>
    fetch(`${at}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    ),
  )
  const [fromS] = await live(LIVED_MS)
  const toS = Date.now() / 1_000
  const file = JSON.parse(await readFile(join(ROOT, 'docs/ops/grafana-dashboard.json'), 'utf8')) as { readonly panels: readonly Panel[] }
  const panels = await Promise.all(file.panels.map(async panel => ({ panel, series: await seriesOf(at, panel, fromS, toS) })))
  for (const { panel, series } of panels)
    if (panel.type !== 'row' && series.length === 0) process.stderr.write(`nothing of it happened: ${panel.title}\n`)
  await shoot(drawDashboard('Baedal: operations', panels, fromS, toS))
} finally {
  prometheus.kill('SIGTERM')
  await exited
  await rm(dir, { recursive: true, force: true })
}

/** Orders all the while, most of them to their end; some are rejected, canceled or declined; the breaker of lookups is forced open for a while. */
async function live(ms: number): Promise<readonly [fromS: number]> {
  const { url } = house
  const town = new DeliveryHouse(
    house,
    await Somebody.signIn(url, 'customer', 'customer-1'),
    await Somebody.signIn(url, 'store', 'store-1'),
  )
  const ops = await Somebody.signIn(url, 'ops', 'ops-1')
  const riders = await Promise.all(Array.from({ length: 4 }, (_, i) => town.rider(i + 1)))
  const [phone] = await Promise.all([town.customer, town.store, ...riders].map(who => who.listen()))
  const fromMs = Date.now()
  const whole = async (rider: Somebody): Promise<void> => {
    const id = await town.cooked()
    await rider.act(id, 'pick')
    await town.finish(rider, id)
  }
  let others = 0
  const other = async (): Promise<void> => {
    const n = ++others
    const card = n % 5 === 0 ? 'pk_test_decline' : 'pk_test'
    const { id, status } = await town.customer.place(`picture-${n}`, { paymentKey: `${card}_picture_${n}` })
    if (status !== 'placed') return
    if (n % 2 === 0) await town.store.act(id, 'reject', { reason: '재료 소진' })
    else await phone?.command({ name: 'cancel', orderId: id })
    await town.store.refused(`/api/orders/${id}/finish-cooking`, 'POST', {})
  }
  const forced = async (): Promise<void> => {
    await until('half of it is over', () => Date.now() - fromMs > ms / 2, ms)
    await ops.call('/api/ops/breakers/lookup/force', 'POST', { state: 'open', reason: '점검' })
    await until('it is nearly over', () => Date.now() - fromMs > ms * 0.75, ms)
    await ops.call('/api/ops/breakers/lookup/release', 'POST', { reason: '점검 끝' })
  }
  const again = async (what: () => Promise<void>): Promise<void> => {
    while (Date.now() - fromMs < ms) await what()
  }
  await Promise.all([...riders.map(rider => again(() => whole(rider))), again(other), forced()])
  for (const who of [town.customer, town.store, ops, ...riders]) await who[Symbol.asyncDispose]()
  return [fromMs / 1_000]
}

async function seriesOf(at: string, { targets: asked = [] }: Panel, fromS: number, toS: number): Promise<Series[]> {
  const answers = await Promise.all(
    asked.map(async ({ expr, legendFormat = '' }) => {
      const query = new URLSearchParams({
        query: expr.replaceAll('$__rate_interval', RATE),
        start: String(fromS),
        end: String(toS),
        step: String(STEP_S),
      })
      const answer = (await (await fetch(`${at}/api/v1/query_range?${query}`)).json()) as {
        readonly status: string
        readonly error?: string
        readonly data: {
          readonly result: readonly { readonly metric: Readonly<Record<string, string>>; readonly values: [number, string][] }[]
        }
      }
      if (answer.status !== 'success') throw new Error(`${expr}: ${answer.error}`)
      return answer.data.result.map(({ metric, values }) => ({
        name: legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => metric[label] ?? ''),
        points: values.map(([second, value]) => [second, Number(value)] as const).filter(([, value]) => Number.isFinite(value)),
      }))
    }),
  )
  return answers.flat().filter(({ points }) => points.length > 0)
}

async function shoot(svg: string): Promise<void> {
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    await page.setContent(`<body style="margin:0;width:max-content">${svg}</body>`)
    await page.locator('svg').screenshot({ path: join(ROOT, 'docs/screenshots/operations-dashboard.png') })
  } finally {
    await browser.close()
  }
}
