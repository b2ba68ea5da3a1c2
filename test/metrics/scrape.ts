/** What a process said at one scrape. */
export interface Scrape {
  /** Name → type. */
  readonly types: ReadonlyMap<string, string>
  readonly samples: readonly Sampled[]
}

export interface Sampled {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Reads the text format of Prometheus. */
export const readScrape = (text: string): Scrape => ({
  types: new Map([...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', type = '']) => [name, type])),
  samples: [...text.matchAll(/^(?<name>[a-z]\w*)(?:\{(?<labels>[^}]*)\})? (?<value>\S+)$/gim)].map(({ groups }) => ({
    name: groups?.name ?? '',
    labels: Object.fromEntries(
      [...(groups?.labels ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', value = '']) => [label, value]),
    ),
    value: Number(groups?.value),
  })),
})

export const scrape = async (url: string): Promise<Scrape> => readScrape(await (await fetch(`${url}/metrics`)).text())

/** All samples of a name whose labels are at least these, added up. */
export const sum = ({ samples }: Scrape, name: string, labels: Readonly<Record<string, string>> = {}): number =>
  samples
    .filter(sample => sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
    .reduce((total, { value }) => total + value, 0)

/** A label's values, wherever it stands. */
export const valuesOf = ({ samples }: Scrape, label: string): string[] => [...new Set(samples.flatMap(({ labels }) => labels[label] ?? []))]
