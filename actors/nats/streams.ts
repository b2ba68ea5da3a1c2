import { isDeepStrictEqual } from 'node:util'
import { JetStreamApiCodes, JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream'
import { patiently } from './patience.ts'

/** A stream as declared in `config/streams.ts`, in JetStream's own words. */
export interface StreamDeclaration {
  readonly name: string
  readonly subjects: readonly string[]
  readonly num_replicas?: number
  readonly [setting: string]: unknown
}

/** Creates what is missing, brings the rest to its declaration. @throws when the server refuses a change, naming the stream. */
export const ensureStreams = async (jsm: JetStreamManager, declarations: readonly StreamDeclaration[]): Promise<void> => {
  for (const declaration of declarations) {
    const config = declaration as unknown as Parameters<typeof jsm.streams.add>[0]
    try {
      const { config: now } = await patiently(() => jsm.streams.info(declaration.name))
      // Every process asks at its start: a change that changes nothing would still be a vote in the cluster.
      if (!isAsDeclared(now, declaration)) await patiently(() => jsm.streams.update(declaration.name, config))
    } catch (error) {
      const missing = error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound
      if (!missing) throw new Error(`stream ${declaration.name}: ${error instanceof Error ? error.message : error}`, { cause: error })
      await patiently(() => jsm.streams.add(config))
    }
  }
}

const isAsDeclared = (now: object, declaration: StreamDeclaration): boolean =>
  Object.entries(declaration).every(([setting, value]) => isDeepStrictEqual((now as Record<string, unknown>)[setting], value))
