import { type Axis, element, line, marks, on, paper, path, text } from '../../bench/payment/svg.ts'

/** A panel of the dashboard, as Grafana's file has it. */
export interface Panel {
  readonly type: string
  readonly title: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } }
  readonly targets?: readonly { readonly expr: string; readonly legendFormat?: string }[]
}

/** What one of its lines is called, and its values at instants, in seconds since 1970. */
export interface Series {
  readonly name: string
  readonly points: readonly (readonly [atS: number, value: number])[]
}

const COLUMN = 60
const ROW = 36
const COLOURS = ['#1a7f37', '#0969da', '#bc4c00', '#8250df', '#cf222e', '#1b7c83', '#9a6700', '#6e7781']
const GREY = '#57606a'
const FAINT = '#e4e7eb'
/** Names under a panel; the rest is counted. */
const NAMED = 6
const COLUMN_OF_NAMES = 170

/** Grafana's units, as far as the dashboard has them. */
const readable = (value: number, unit: string | undefined): string => {
  if (unit === 'percentunit') return `${short(value * 100)} %`
  if (unit !== 's') return short(value)
  return value === 0 || Math.abs(value) >= 1 ? `${short(value)} s` : `${short(value * 1_000)} ms`
}
const short = (value: number): string => {
  const [by, sign] = Math.abs(value) >= 1e6 ? [1e6, ' M'] : Math.abs(value) >= 1e3 ? [1e3, ' k'] : [1, '']
  return `${Number((value / by).toPrecision(3))}${sign}`
}

/** @param fromS the left rim, @param toS the right one, seconds since 1970 */
const drawSeries = (panel: Panel, series: readonly Series[], width: number, height: number, fromS: number, toS: number): string[] => {
  const columns = Math.max(1, Math.floor(width / COLUMN_OF_NAMES))
  const legend = series.slice(0, NAMED)
  const bottom = height - 24 - 13 * Math.ceil(legend.length / columns)
  const most = Math.max(...series.flatMap(({ points }) => points.map(([, value]) => value)), 0)
  const ups = marks(most === 0 ? 1 : most, 4)
  const x: Axis = { from: fromS, to: toS, start: 58, end: width - 12 }
  const y: Axis = { from: 0, to: ups.at(-1) ?? 1, start: bottom, end: 34 }
  const unit = panel.fieldConfig?.defaults.unit
  return [
    ...ups.flatMap(up => [
      line(x.start, on(y, up), x.end, on(y, up), { stroke: FAINT }),
      text(52, on(y, up) + 4, readable(up, unit), { 'text-anchor': 'end', 'font-size': 10, fill: GREY }),
    ]),
    ...series.map(({ points }, i) =>
      path(
        points.map(([at, value]) => [on(x, at), on(y, value)]),
        { stroke: COLOURS[i % COLOURS.length] ?? GREY, 'stroke-width': 1.6 },
      ),
    ),
    ...legend.flatMap(({ name }, i) => {
      const [left, top] = [58 + (i % columns) * ((width - 70) / columns), bottom + 16 + 13 * Math.floor(i / columns)]
      const said = i === NAMED - 1 && series.length > NAMED ? `${name} and ${series.length - NAMED} more` : name
      return [
        element('rect', { x: left, y: top - 7, width: 8, height: 8, fill: COLOURS[i % COLOURS.length] ?? GREY }),
        text(left + 12, top, said, { 'font-size': 10, fill: GREY }),
      ]
    }),
  ]
}

const drawStat = (panel: Panel, series: readonly Series[], width: number, height: number): string[] => {
  const last = series.map(({ name, points }) => ({ name, value: readable(points.at(-1)?.[1] ?? 0, panel.fieldConfig?.defaults.unit) }))
  const size = last.length > 1 ? 15 : 40
  const middle = height / 2 + 12 - ((last.length - 1) * 20) / 2
  return last.map(({ name, value }, i) =>
    text(width / 2, middle + i * 20 + (last.length > 1 ? 0 : 8), name === '' ? value : `${name} ${value}`, {
      'text-anchor': 'middle',
      'font-size': size,
      fill: '#1a7f37',
    }),
  )
}

/** The whole dashboard, panel by panel where its file puts them. */
export const drawDashboard = (
  title: string,
  panels: readonly { readonly panel: Panel; readonly series: readonly Series[] }[],
  fromS: number,
  toS: number,
): string => {
  const bottom = Math.max(...panels.map(({ panel: { gridPos } }) => gridPos.y + gridPos.h))
  const drawn = panels.map(({ panel, series }) => {
    const [width, height] = [panel.gridPos.w * COLUMN - 8, panel.gridPos.h * ROW - 8]
    const inside =
      panel.type === 'row'
        ? [text(4, 20, panel.title, { 'font-size': 15, 'font-weight': 'bold' })]
        : [
            element('rect', { width, height, rx: 4, fill: '#ffffff', stroke: '#d0d7de' }),
            text(12, 20, panel.title, { 'font-weight': 'bold' }),
            ...(series.length === 0
              ? [text(width / 2, height / 2 + 8, 'nothing of it happened', { 'text-anchor': 'middle', fill: GREY })]
              : panel.type === 'stat'
                ? drawStat(panel, series, width, height)
                : drawSeries(panel, series, width, height, fromS, toS)),
          ]
    return element('g', { transform: `translate(${panel.gridPos.x * COLUMN + 8} ${panel.gridPos.y * ROW + 8})` }, inside.join('\n'))
  })
  return paper(24 * COLUMN + 8, bottom * ROW + 8, title, drawn)
}
