import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

/** Name → number, under the names that the papers use. */
export type Figures = Readonly<Record<string, number>>

const OUT = join(import.meta.dirname, 'out')

/** Three digits that mean something: 12,345 · 12.3 · 0.012. */
export const readable = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(3)).toString()

/** Prints rows under their heads, the first column to the left, the others to the right. */
export const printTable = (heads: readonly string[], rows: readonly (readonly (string | number)[])[]): void => {
  const cells = [heads, ...rows.map(row => row.map(cell => (typeof cell === 'number' ? readable(cell) : cell)))]
  const widths = heads.map((_, column) => Math.max(...cells.map(row => row[column]?.length ?? 0)))
  for (const row of cells)
    console.log(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
  console.log('')
}

/** Writes `bench/out/<name>.json` and answers where. `at` is ISO 8601 UTC. @throws Error when a figure is no number */
export const writeReport = async (name: string, figures: Figures, at: Date): Promise<string> => {
  const broken = Object.keys(figures).filter(key => !Number.isFinite(figures[key]))
  if (broken.length > 0) throw new Error(`no figure for ${broken.join(', ')}`)
  const [cpu] = cpus()
  const machine = {
    cores: cpus().length,
    cpu: cpu?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  }
  const file = join(OUT, `${name}.json`)
  await mkdir(OUT, { recursive: true })
  await writeFile(file, `${JSON.stringify({ name, at: at.toISOString(), machine, figures }, undefined, 2)}\n`)
  return file
}
