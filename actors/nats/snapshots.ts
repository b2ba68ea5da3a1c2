import type { JetStreamManager } from '@nats-io/jetstream'
import { createInbox, type Msg, type NatsConnection } from '@nats-io/transport-node'
import type { Snapshots, StreamFacts } from '../snapshots.ts'

/** The server looks at every message before it answers: a large stream takes it minutes. */
const CHECK_WITHIN_MS = 1_800_000
/** Of a stream that is put back: it is indexed after its last chunk has come. */
const INDEX_WITHIN_MS = 3_600_000
/** The server gives up after 5 s without a word; so do we, a while later, in case the word was lost. */
const SILENCE_MS = 20_000
const CHUNK_BYTES = 256 * 1024
/** From here on the server writes another format. */
const ARCHIVES_SINCE = [2, 15] as const

const STALLED =
  'the server took more than 5 s for one part of it, and gave up: a server alone syncs every message, so let it sync less often meanwhile'

interface Refusal {
  readonly error?: { readonly code: number; readonly description: string }
}

/**
 * Snapshots by JetStream's own API (`STREAM.SNAPSHOT`, `STREAM.RESTORE`), which the client library does not know. What is written to a
 * directory with `backup.json` beside it is what `nats backup stream` writes, and either can put back what the other has taken.
 */
export class NatsSnapshots implements Snapshots {
  readonly #nc: NatsConnection
  readonly #jsm: JetStreamManager
  readonly #inbox: string

  constructor(nc: NatsConnection, jsm: JetStreamManager, inbox: string) {
    this.#nc = nc
    this.#jsm = jsm
    this.#inbox = inbox
  }

  get version(): string {
    return this.#nc.info?.version ?? ''
  }

  get dataFile(): string {
    const [major = 0, minor = 0] = this.version.split('.').map(Number)
    const [sinceMajor, sinceMinor] = ARCHIVES_SINCE
    return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor) ? 'stream.arc.s2' : 'stream.tar.s2'
  }

  async list(): Promise<readonly StreamFacts[]> {
    const found: StreamFacts[] = []
    for await (const { config, state } of this.#jsm.streams.list()) found.push({ config, state } as unknown as StreamFacts)
    return found.sort((a, b) => (a.config.name < b.config.name ? -1 : 1))
  }

  async take(stream: string, write: (chunk: Uint8Array) => Promise<unknown>, signal?: AbortSignal): Promise<StreamFacts> {
    const deliver = createInbox(this.#inbox)
    const chunks = this.#nc.subscribe(deliver) // before it is asked for, or its beginning would be missed
    const stop = (): void => chunks.unsubscribe()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      const wish = { deliver_subject: deliver, chunk_size: CHUNK_BYTES, jsck: true }
      const asked = this.#ask<StreamFacts>(`$JS.API.STREAM.SNAPSHOT.${stream}`, wish, CHECK_WITHIN_MS)
      const { config, state } = await unlessAborted(asked, signal)
      await this.#receive(chunks, write, stop)
      return { config, state }
    } catch (error) {
      throw aboutStream(stream, error, signal)
    } finally {
      signal?.removeEventListener('abort', stop)
      stop()
    }
  }

  async #receive(chunks: AsyncIterable<Msg>, write: (chunk: Uint8Array) => Promise<unknown>, stop: () => void): Promise<void> {
    const watchdog = setTimeout(stop, SILENCE_MS)
    try {
      let expected = 1
      for await (const { data, reply, headers } of chunks) {
        watchdog.refresh()
        if (data.length === 0) {
          if (headers && headers.code >= 300) throw new Error(`the server ended its snapshot: ${headers.description}`)
          return
        }
        // The server numbers them where it wants to hear that they came, `….<bytes>.<number>`; the last one needs no answer.
        if (reply && Number(reply.split('.').at(-1)) !== expected++) throw new Error('a part of its snapshot was lost on the way')
        await write(data)
        if (reply) this.#nc.publish(reply)
      }
      throw new Error('its snapshot ended before its end')
    } finally {
      clearTimeout(watchdog)
    }
  }

  async putBack({ config, state }: StreamFacts, chunks: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<StreamFacts> {
    try {
      const subject = `$JS.API.STREAM.RESTORE.${config.name}`
      const { deliver_subject: deliver } = await this.#ask<{ deliver_subject: string }>(subject, { config, state }, SILENCE_MS)
      for await (const chunk of chunks) {
        signal?.throwIfAborted() // the server drops what is not continued
        refuse(await this.#nc.request(deliver, chunk, { timeout: SILENCE_MS }))
      }
      const made = await this.#nc.request(deliver, new Uint8Array(), { timeout: INDEX_WITHIN_MS })
      refuse(made)
      const { config: now, state: held } = made.json<StreamFacts>()
      return { config: now, state: held }
    } catch (error) {
      throw aboutStream(config.name, isStalled(error) ? new Error(STALLED, { cause: error }) : error, signal)
    }
  }

  async remove(stream: string): Promise<void> {
    await this.#jsm.streams.delete(stream)
  }

  async #ask<Answer>(subject: string, question: object, timeoutMs: number): Promise<Answer> {
    const answer = await this.#nc.request(subject, JSON.stringify(question), { timeout: timeoutMs })
    refuse(answer)
    return answer.json<Answer>()
  }
}

/** The answer of a question that cannot be taken back. @throws the signal's reason, when that comes first */
const unlessAborted = <Answer>(asked: Promise<Answer>, signal?: AbortSignal): Promise<Answer> =>
  signal
    ? new Promise((resolve, reject) => {
        const leave = (): void => reject(signal.reason)
        signal.addEventListener('abort', leave, { once: true })
        asked.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
      })
    : asked

/** @throws Error when it is a refusal; an empty answer is a yes */
const refuse = (answer: Msg): void => {
  if (answer.data.length === 0) return
  const { error } = answer.json<Refusal>()
  if (error) throw new Error(error.description)
}

/** In its own words, which say no more. */
const isStalled = (error: unknown): boolean => error instanceof Error && /closed pipe|stalled/.test(error.message)

/** What ended it: the signal, when it has fired. */
const aboutStream = (stream: string, error: unknown, signal?: AbortSignal): unknown =>
  signal?.aborted ? signal.reason : new Error(`stream ${stream}: ${error instanceof Error ? error.message : error}`, { cause: error })
