import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { ROOT } from '../house/sources.ts'
import { documented } from './documented.ts'
import { labelsIn, metricsIn } from './promql.ts'
import { readRules } from './rules.ts'

interface Panel {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly datasource?: { readonly uid: string }
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[]
}
interface Dashboard {
  readonly schemaVersion: number
  readonly panels: readonly Panel[]
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string; readonly query: string }[] }
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
/** What a scrape adds, beside what a process says. */
const OF_THE_SCRAPE = ['instance', 'job', 'le']

/** Metrics and labels that an expression asks for and no process tells. */
const unheardOf = (expr: string): string[] => {
  const names = metricsIn(expr)
  const asked = documented.filter(({ name }) => names.includes(name))
  const labels = [...asked.flatMap(metric => metric.labels), ...OF_THE_SCRAPE]
  return [...names.filter(name => !asked.some(metric => metric.name === name)), ...labelsIn(expr).filter(label => !labels.includes(label))]
}

describe('the alerts', () => {
  const { groups, rules } = readRules(read('docs/ops/alerts.yml'))

  it('ask only for what a process tells', () => {
    expect(rules.flatMap(({ alert, expr }) => unheardOf(expr).map(name => `${alert}: ${name}`))).to.deep.equal([])
    expect(rules.filter(({ expr }) => metricsIn(expr).length === 0)).to.deep.equal([])
  })

  it('have each a name of their own, a severity, a sentence and a chapter of the runbook that exists', () => {
    const chapters = [...read('docs/operations.md').matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    )
    expect(groups).to.have.length(5)
    expect(new Set(rules.map(({ alert }) => alert)).size).to.equal(rules.length)
    for (const { alert, severity, summary, runbook } of rules) {
      expect(alert).to.match(/^[A-Z][A-Za-z]+$/)
      expect(severity, alert).to.be.oneOf(['critical', 'warning'])
      expect(summary, alert).to.match(/^.{20,200}[.?]$/)
      const [file, chapter] = runbook.split('#')
      expect(file, alert).to.equal('docs/operations.md')
      expect(chapters, alert).to.include(chapter)
    }
  })

  it('cover what operators must not find out from customers', () => {
    const asked = rules.flatMap(({ expr }) => metricsIn(expr))
    for (const name of [
      'reader_lag_seconds',
      'projector_lag_seconds',
      'breaker_state',
      'dead_letters_waiting',
      'nodejs_eventloop_lag_p99_seconds',
    ])
      expect(asked).to.include(name)
    for (const name of [
      'process_ready',
      'actor_commit_entries',
      'notifications_mode',
      'postgres_pool_waiting',
      'nats_denied_total',
      'nats_stream_bytes',
    ])
      expect(asked).to.include(name)
  })
})

describe('the dashboard', () => {
  const dashboard = JSON.parse(read('docs/ops/grafana-dashboard.json')) as Dashboard
  const shown = dashboard.panels.filter(({ type }) => type !== 'row')
  const targets = shown.flatMap(panel => (panel.targets ?? []).map(target => ({ ...target, panel })))

  it('asks only for what a process tells', () => {
    expect(targets.flatMap(({ panel, expr }) => unheardOf(expr).map(name => `${panel.title}: ${name}`))).to.deep.equal([])
  })

  it('shows every metric that is documented, but for a few that an alert alone needs', () => {
    const asked = new Set(targets.flatMap(({ expr }) => metricsIn(expr)))
    const left = documented.map(({ name }) => name).filter(name => !asked.has(name))
    expect(left).to.deep.equal(['nodejs_heap_size_used_bytes', 'breaker_silence_seconds'])
  })

  it('has a row for each part of the house, panels that do not cover each other, and asks the data source that is chosen', () => {
    const rows = dashboard.panels.filter(({ type }) => type === 'row').map(({ title }) => title)
    expect(rows).to.deep.equal(['Orders', 'Commands', 'Actors', 'Readers', 'Payment', 'Sockets', 'Machines'])
    expect(dashboard.schemaVersion).to.be.at.least(39)
    expect(dashboard.templating.list[0]).to.deep.include({ name: 'datasource', type: 'datasource', query: 'prometheus' })
    const sources = [...shown.map(({ datasource }) => datasource?.uid), ...targets.map(({ datasource }) => datasource.uid)]
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own way to name a variable
    expect([...new Set(sources)]).to.deep.equal(['${datasource}'])
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).to.equal(dashboard.panels.length)
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`),
    )
    expect(new Set(cells).size).to.equal(cells.length)
    expect(dashboard.panels.filter(({ gridPos: { x, w } }) => x + w > 24)).to.deep.equal([])
    expect(shown.filter(({ targets: asked = [] }) => asked.length === 0)).to.deep.equal([])
  })
})

describe('the reading of rules', () => {
  it('finds a line that is no rule, and a text that YAML would read otherwise', () => {
    const rule = (summary: string) =>
      `groups:\n  - name: a\n    rules:\n      - alert: A\n        expr: a > 1\n        labels: { severity: warning }\n        annotations:\n          summary: ${summary}\n          runbook: b\n`
    expect(readRules(rule('"Quoted: fine"')).rules[0]?.summary).to.equal('Quoted: fine')
    expect(() => readRules(rule('Two: one'))).to.throw('must be in double quotes')
    expect(() => readRules(rule('{{ $value }} of them'))).to.throw('must be in double quotes')
    expect(() => readRules(`${rule('Fine')}      - alrt: B\n`)).to.throw('line 10 is no rule')
  })
})

describe('the reading of PromQL', () => {
  it('finds the metrics and the labels of an expression, and nothing of the language', () => {
    const expr =
      'histogram_quantile(0.99, sum by (le, route) (rate(a_seconds_bucket{code!~"x|y", b="c_total"}[5m]))) > 1e3 and on (instance) c_total == 0'
    expect(metricsIn(expr)).to.deep.equal(['a_seconds', 'c_total'])
    expect(labelsIn(expr)).to.have.members(['code', 'b', 'le', 'route', 'instance'])
    expect(unheardOf('sum(no_such_total) + nats_connected{colour="red"}')).to.deep.equal(['no_such_total', 'colour'])
  })
})
