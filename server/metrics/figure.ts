import { Counter, Gauge, type Registry, register } from 'prom-client'

/** One value, under its labels. */
export type Sample<Label extends string> = readonly [labels: Readonly<Record<Label, string>>, value: number]

export interface Figure<Label extends string> {
  readonly name: string
  readonly help: string
  readonly labels?: readonly Label[]
  /** Asked at each scrape. What throws has nothing to say this time. */
  readonly look: () => Iterable<Sample<Label>> | Promise<Iterable<Sample<Label>>>
  /** Default: the process's own. */
  readonly registry?: Registry
}

/** The sample of a figure without labels. */
export const only = (value: number): readonly [Sample<never>] => [[{}, value]]

/** How something stands, looked up when somebody asks and never kept up to date in between: what is done often must not pay for it. */
export const gauge = <Label extends string>({ name, help, labels = [], look, registry = register }: Figure<Label>): void => {
  const shown: Gauge<Label> = new Gauge({
    name,
    help,
    labelNames: labels,
    registers: [registry],
    async collect() {
      const samples = await looked(look)
      shown.reset()
      for (const [of, value] of samples) shown.set(of, value)
    },
  })
}

/** How often something has happened since the process began; counted elsewhere, in plain numbers. */
export const total = <Label extends string>({ name, help, labels = [], look, registry = register }: Figure<Label>): void => {
  const shown: Counter<Label> = new Counter({
    name,
    help,
    labelNames: labels,
    registers: [registry],
    async collect() {
      const samples = await looked(look)
      shown.reset()
      for (const [of, value] of samples) shown.inc(of, value)
    },
  })
}

const looked = async <Label extends string>(look: Figure<Label>['look']): Promise<Sample<Label>[]> => {
  try {
    return [...(await look())]
  } catch {
    return []
  }
}
