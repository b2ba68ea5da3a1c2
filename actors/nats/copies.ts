import { crc32 } from 'node:zlib'
import { AckPolicy, type ConsumerInfo, DeliverPolicy, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream'
import type { Copy } from '../log.ts'

const PAGE = 1_000
/** A server that has nothing more to give says nothing: so long it is waited for. */
const SILENCE_MS = 2_000
/** The server that a consumer reads at is chosen by chance; with as many at a time as there are servers, two or three times do. */
const TRIES = 20
const NS_PER_MS = 1e6

/**
 * Reads a stream's records once at every server that keeps a copy. A server may have lost messages and not know it, and then answers
 * for the stream as it sees it (2.15.1); a consumer without replicas reads at one server, and tells which.
 * @param upTo the last sequence that is looked at
 */
export const copiesOf = async (
  js: JetStreamClient,
  jsm: JetStreamManager,
  stream: string,
  first: number,
  upTo: number,
): Promise<Copy[]> => {
  const { leader, replicas = [] } = (await jsm.streams.info(stream)).cluster ?? {}
  const servers = new Set(
    [leader, ...replicas.filter(({ offline }) => !offline).map(({ name }) => name)].filter(name => name !== undefined),
  )
  if (servers.size < 2) return []
  const at = new Map<string, ConsumerInfo>()
  for (let tries = 0; at.size < servers.size; tries++) {
    if (tries === TRIES) throw new Error(`no consumer of ${stream} came to be at ${[...servers].filter(name => !at.has(name)).join(', ')}`)
    for (const consumer of await Promise.all(Array.from(servers, () => consumerAt(jsm, stream, first)))) {
      const server = consumer.cluster?.leader ?? ''
      if (servers.has(server) && !at.has(server)) at.set(server, consumer)
      else await jsm.consumers.delete(stream, consumer.name)
    }
  }
  return Promise.all(
    [...at].map(async ([server, consumer]) => {
      const sums = await sumsOf(js, consumer, first, upTo)
      await jsm.consumers.delete(stream, consumer.name)
      return { server, first, sums }
    }),
  )
}

const consumerAt = async (jsm: JetStreamManager, stream: string, first: number): Promise<ConsumerInfo> => {
  const { name } = await jsm.consumers.add(stream, {
    filter_subjects: ['evt.>'],
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: Math.max(1, first),
    num_replicas: 1,
    mem_storage: true,
    inactive_threshold: 60_000 * NS_PER_MS,
  })
  return jsm.consumers.info(stream, name)
}

/** What a damaged server counts and cannot read never comes: then it is silent. */
const sumsOf = async (
  js: JetStreamClient,
  { stream_name: stream, name, num_pending: pending }: ConsumerInfo,
  first: number,
  upTo: number,
): Promise<Uint32Array> => {
  const sums = new Uint32Array(Math.max(0, upTo - first + 1))
  const consumer = await js.consumers.get(stream, name)
  for (let left = pending; left > 0; ) {
    let came = 0
    for await (const { seq, subject, data } of await consumer.fetch({ max_messages: Math.min(PAGE, left), expires: SILENCE_MS })) {
      came++
      if (seq <= upTo) sums[seq - first] = crc32(data, crc32(subject)) || 1
    }
    if (came === 0) break
    left -= came
  }
  return sums
}
