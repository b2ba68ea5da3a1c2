/** A stretch of one axis, and where it lies on the paper. */
export interface Axis {
  readonly from: number
  readonly to: number
  readonly start: number
  readonly end: number
  /** By its powers of ten; `from` is above 0. */
  readonly log?: boolean
}

export type Point = readonly [x: number, y: number]

export const on = ({ from, to, start, end, log = false }: Axis, value: number): number => {
  const scale = (number: number): number => (log ? Math.log10(Math.max(from, number)) : number)
  return start + ((scale(value) - scale(from)) / Math.max(1e-9, scale(to) - scale(from))) * (end - start)
}

/** Round marks from 0 upwards that reach just beyond `most`. @param about how many are wanted */
export const marks = (most: number, about: number): readonly number[] => {
  const rough = Math.max(1e-9, most) / about
  const ten = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map(times => times * ten).find(each => each >= rough) ?? ten
  return Array.from({ length: Math.ceil(Math.max(1e-9, most) / step) + 1 }, (_, i) => Number((i * step).toPrecision(6)))
}

/** Powers of ten that hold everything between `least` and `most` between them. @param least above 0 */
export const powers = (least: number, most: number): readonly number[] => {
  const first = Math.floor(Math.log10(least))
  return Array.from({ length: Math.max(1, Math.ceil(Math.log10(most)) - first) + 1 }, (_, i) => 10 ** (first + i))
}

type Attributes = Readonly<Record<string, string | number>>

export const element = (name: string, attributes: Attributes, content = ''): string => {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? Number(value.toFixed(1)) : value}"`,
  )
  return content === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${content}</${name}>`
}

export const text = (x: number, y: number, words: string, attributes: Attributes = {}): string =>
  element('text', { x, y, ...attributes }, words.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))

export const line = (x1: number, y1: number, x2: number, y2: number, attributes: Attributes): string =>
  element('line', { x1, y1, x2, y2, ...attributes })

export const path = (points: readonly Point[], attributes: Attributes): string =>
  element('path', {
    d: points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join(''),
    fill: 'none',
    ...attributes,
  })

/** White paper, whatever the page around it looks like. */
export const paper = (width: number, height: number, title: string, content: readonly string[]): string =>
  element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'font-family': 'Helvetica, Arial, sans-serif',
      'font-size': 12,
      fill: '#24292f',
    },
    [`<title>${title}</title>`, element('rect', { width, height, fill: '#ffffff' }), ...content].join('\n'),
  )
