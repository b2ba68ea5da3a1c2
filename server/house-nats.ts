import { connectNats, type Nats } from '../actors/nats/connection.ts'
import { streamsOf } from '../config/streams.ts'
import type { Reachable } from '../config/whereabouts.ts'

/** NATS of the house that a command works on, for all commands alike. @throws when it is away */
export const connectHouse = ({ natsUrl, replicas, tls }: Reachable, name: string): Promise<Nats> =>
  connectNats({ url: natsUrl, name, streams: streamsOf(replicas), replicas, tls })
