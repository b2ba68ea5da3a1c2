import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'

/** What age or an accident does to a stream: forgets what is before a sequence, or single messages. */
export const loseOf = async (
  url: string,
  stream: string,
  lost: { readonly before?: number; readonly seqs?: readonly number[] },
): Promise<void> => {
  const nc = await connect({ servers: url })
  const jsm = await jetstreamManager(nc)
  if (lost.before !== undefined) await jsm.streams.purge(stream, { seq: lost.before })
  for (const seq of lost.seqs ?? []) await jsm.streams.deleteMessage(stream, seq)
  await nc.close()
}
