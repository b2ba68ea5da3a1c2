import { Cable } from './cable.ts'

/** The network between our processes and NATS: one cable for each process and server. */
export class Network implements AsyncDisposable {
  readonly #spare: Cable[]
  readonly #byProcess = new Map<string, readonly Cable[]>()

  private constructor(spare: Cable[]) {
    this.#spare = spare
  }

  /** @param most cables that may be asked for: processes times servers */
  static async open(most: number): Promise<Network> {
    return new Network(await Promise.all(Array.from({ length: most }, () => Cable.open())))
  }

  /** NATS as this process reaches it. Always the same for the same process. @throws Error when there are no cables left */
  urlFor(process: string, natsUrl: string): string {
    const cables = this.#byProcess.get(process) ?? natsUrl.split(',').map(url => this.#take(url))
    this.#byProcess.set(process, cables)
    return cables.map(({ port }) => `nats://127.0.0.1:${port}`).join(',')
  }

  cut(process: string): void {
    for (const cable of this.#byProcess.get(process) ?? []) cable.set('cut')
  }

  stall(process: string): void {
    for (const cable of this.#byProcess.get(process) ?? []) cable.set('stalled')
  }

  heal(process: string): void {
    for (const cable of this.#byProcess.get(process) ?? []) cable.set('open')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#spare, ...[...this.#byProcess.values()].flat()].map(cable => cable[Symbol.asyncDispose]()))
  }

  #take(url: string): Cable {
    const cable = this.#spare.pop()
    if (!cable) throw new Error('no cables left')
    cable.upstream = Number(new URL(url).port)
    return cable
  }
}
