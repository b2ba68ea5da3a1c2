import { type Axis, element, line, marks, on, type Point, paper, path, powers, text } from './svg.ts'

/** One line of a panel: values at instants, in seconds since the beginning. */
export interface Series {
  readonly name: string
  readonly colour: string
  readonly points: readonly Point[]
  readonly dashed?: boolean
  readonly filled?: boolean
}

export interface Panel {
  readonly title: string
  readonly unit: string
  readonly height: number
  /** Upwards by powers of ten. */
  readonly log?: boolean
  readonly series: readonly Series[]
  /** Levels that mean something, drawn across. */
  readonly levels?: readonly { readonly at: number; readonly name: string }[]
}

export interface Band {
  readonly title: string
  readonly spans: readonly { readonly from: number; readonly to: number; readonly state: string }[]
  readonly colours: Readonly<Record<string, string>>
}

export interface Chart {
  readonly title: string
  readonly subtitle: string
  readonly endS: number
  readonly phases: readonly { readonly name: string; readonly from: number; readonly to: number }[]
  readonly band: Band
  readonly panels: readonly Panel[]
}

const WIDTH = 1_120
const LEFT = 76
const RIGHT = 24
const TOP = 64
const PHASE_HEIGHT = 22
const BAND_HEIGHT = 20
const GAP = 46
const GREY = '#57606a'
const FAINT = '#e4e7eb'
const ALARM = '#cf222e'
/** Words over lines. */
const HALO = { stroke: '#ffffff', 'stroke-width': 3, 'paint-order': 'stroke' } as const
const PHASE_SHADES = ['#ffffff', '#f3f5f7']

/** One picture of one run: what was asked, what was done, and what everybody else felt of it, over the same time. */
export const drawChart = ({ title, subtitle, endS, phases, band, panels }: Chart): string => {
  const x: Axis = { from: 0, to: endS, start: LEFT, end: WIDTH - RIGHT }
  const bandTop = TOP + PHASE_HEIGHT + 8
  let top = bandTop + BAND_HEIGHT + GAP
  const drawn: string[] = []
  for (const panel of panels) {
    drawn.push(...drawPanel(panel, x, top))
    top += panel.height + GAP
  }
  const bottom = top - GAP
  return paper(WIDTH, bottom + 52, title, [
    text(LEFT, 26, title, { 'font-size': 17, 'font-weight': 'bold' }),
    text(LEFT, 46, subtitle, { fill: GREY }),
    ...phases.map(({ from, to }, i) => shade(x, from, to, TOP, bottom, PHASE_SHADES[i % 2] ?? '#ffffff')),
    ...phases.flatMap(phase => drawPhase(phase, x, bottom)),
    ...drawBand(band, x, bandTop),
    ...drawn,
    ...marks(endS, 14)
      .filter(second => second <= endS)
      .flatMap(second => [
        line(on(x, second), bottom, on(x, second), bottom + 5, { stroke: GREY }),
        text(on(x, second), bottom + 19, String(second), { 'text-anchor': 'middle', fill: GREY }),
      ]),
    text((LEFT + WIDTH - RIGHT) / 2, bottom + 40, 'seconds since the beginning', { 'text-anchor': 'middle', fill: GREY }),
  ])
}

const shade = (x: Axis, from: number, to: number, top: number, bottom: number, fill: string): string =>
  element('rect', { x: on(x, from), y: top, width: on(x, to) - on(x, from), height: bottom - top, fill })

const drawPhase = ({ name, from, to }: Chart['phases'][number], x: Axis, bottom: number): string[] => [
  line(on(x, from), TOP, on(x, from), bottom, { stroke: '#8c959f', 'stroke-dasharray': '3 3' }),
  ...(on(x, to) - on(x, from) > 7 * name.length
    ? [text((on(x, from) + on(x, to)) / 2, TOP + 15, name, { 'text-anchor': 'middle', 'font-weight': 'bold' })]
    : []),
]

const drawBand = ({ title, spans, colours }: Band, x: Axis, top: number): string[] => [
  text(LEFT - 8, top + 14, title, { 'text-anchor': 'end', fill: GREY }),
  ...spans.map(({ from, to, state }) =>
    element('rect', {
      x: on(x, from),
      y: top,
      width: Math.max(1, on(x, to) - on(x, from)),
      height: BAND_HEIGHT,
      fill: colours[state] ?? GREY,
    }),
  ),
  ...legend(
    Object.entries(colours).map(([name, colour]) => ({ name, colour, thick: true })),
    top + BAND_HEIGHT + 15,
  ),
]

const drawPanel = ({ title, unit, height, log = false, series, levels = [] }: Panel, x: Axis, top: number): string[] => {
  const values = [...series.flatMap(({ points }) => points.map(([, value]) => value)), ...levels.map(({ at }) => at * 1.05)]
  const most = Math.max(...values, 1)
  const ticks = log ? powers(Math.max(1, Math.min(...values)), most) : marks(most, height > 150 ? 5 : 4)
  const y: Axis = { from: ticks[0] ?? 0, to: ticks.at(-1) ?? 1, start: top + height, end: top, log }
  return [
    text(LEFT, top - 8, title, { 'font-weight': 'bold' }),
    ...ticks.flatMap(tick => [
      line(x.start, on(y, tick), x.end, on(y, tick), { stroke: tick === ticks[0] ? GREY : FAINT }),
      text(LEFT - 8, on(y, tick) + 4, tick.toLocaleString('en'), { 'text-anchor': 'end', fill: GREY }),
    ]),
    text(18, top + height / 2, unit, { 'text-anchor': 'middle', fill: GREY, transform: `rotate(-90 18 ${top + height / 2})` }),
    ...levels.map(({ at }) => line(x.start, on(y, at), x.end, on(y, at), { stroke: ALARM, 'stroke-dasharray': '6 4' })),
    ...series.flatMap(each => drawSeries(each, x, y)),
    ...levels.map(({ at, name }) => text(LEFT + 6, on(y, at) - 5, name, { fill: ALARM, 'font-size': 11, ...HALO })),
    ...(series.length > 1 ? legend(series, top - 8) : []),
  ]
}

const drawSeries = ({ points, colour, dashed, filled }: Series, x: Axis, y: Axis): string[] => {
  const at = points.filter(([second]) => second <= x.to).map(([second, value]): Point => [on(x, second), on(y, value)])
  const [first, last] = [at[0], at.at(-1)]
  if (!first || !last) return []
  const area: readonly Point[] = [[first[0], y.start], ...at, [last[0], y.start]]
  return [
    ...(filled ? [path(area, { fill: colour, 'fill-opacity': '0.15' })] : []),
    path(at, { stroke: colour, 'stroke-width': 1.8, 'stroke-linejoin': 'round', ...(dashed ? { 'stroke-dasharray': '5 4' } : {}) }),
  ]
}

interface Key {
  readonly name: string
  readonly colour: string
  readonly dashed?: boolean
  readonly thick?: boolean
}

/** To the right, on one line. */
const legend = (keys: readonly Key[], y: number): string[] => {
  const widths = keys.map(({ name }) => 34 + 6.4 * name.length)
  let x = WIDTH - RIGHT - widths.reduce((a, b) => a + b, 0)
  return keys.flatMap(({ name, colour, dashed, thick }, i) => {
    const from = x
    x += widths[i] ?? 0
    return [
      line(from, y - 4, from + 20, y - 4, {
        stroke: colour,
        'stroke-width': thick ? 8 : 2.4,
        ...(dashed ? { 'stroke-dasharray': '5 4' } : {}),
      }),
      text(from + 25, y, name, { fill: GREY }),
    ]
  })
}
