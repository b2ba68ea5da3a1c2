import { type Registry, register } from 'prom-client'
import type { NatsFigures, StreamFigures } from '../../actors/figures.ts'
import { gauge, only, total } from './figure.ts'

export interface MeasuredNats {
  readonly connected: boolean
  readonly figures: NatsFigures
}

/** This process's connection to NATS. */
export const measureNats = (nats: MeasuredNats, registry: Registry = register): void => {
  gauge({ registry, name: 'nats_connected', help: '1 while connected to NATS', look: () => only(nats.connected ? 1 : 0) })
  total({
    registry,
    name: 'nats_reconnects_total',
    help: 'Connections to NATS that broke and were made again',
    look: () => only(nats.figures.reconnects),
  })
  total({
    registry,
    name: 'nats_denied_total',
    help: 'What NATS did not let this process do: its user lacks a right, or somebody tries too much',
    labels: ['operation'],
    look: () => [
      [{ operation: 'publish' }, nats.figures.denied.publish],
      [{ operation: 'subscription' }, nats.figures.denied.subscription],
    ],
  })
  total({
    registry,
    name: 'nats_messages_total',
    help: 'Messages from and to NATS',
    labels: ['direction'],
    look: () => [
      [{ direction: 'in' }, nats.figures.messagesIn],
      [{ direction: 'out' }, nats.figures.messagesOut],
    ],
  })
  total({
    registry,
    name: 'nats_bytes_total',
    help: 'Bytes of messages from and to NATS',
    labels: ['direction'],
    look: () => [
      [{ direction: 'in' }, nats.figures.bytesIn],
      [{ direction: 'out' }, nats.figures.bytesOut],
    ],
  })
}

/** How full the streams are. Every host sees the same, so one of them is enough to ask. */
export const measureStreams = (
  nats: Pick<MeasuredNats, 'connected'>,
  fullness: () => Promise<readonly StreamFigures[]>,
  registry: Registry = register,
): void => {
  const look = (of: 'messages' | 'bytes') => async () =>
    nats.connected ? (await fullness()).map(figures => [{ stream: figures.stream }, figures[of]] as const) : []
  gauge({ registry, name: 'nats_stream_messages', help: 'Messages that a stream keeps', labels: ['stream'], look: look('messages') })
  gauge({
    registry,
    name: 'nats_stream_bytes',
    help: 'Bytes that a stream keeps, on each of its servers',
    labels: ['stream'],
    look: look('bytes'),
  })
}
