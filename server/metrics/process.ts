import { collectDefaultMetrics, type Registry, register } from 'prom-client'
import type { ProcessRole } from '../contract/process.ts'
import { gauge, only } from './figure.ts'

/** Node's own figures, its event loop's delay and its memory among them, and whether the process can do its work now. */
export const measureProcess = (role: ProcessRole, ready: () => boolean, registry: Registry = register): void => {
  collectDefaultMetrics({ register: registry })
  gauge({
    registry,
    name: 'process_ready',
    help: '1 while the process can do its work, as /readyz says; 0 while it lives and cannot',
    labels: ['role'],
    look: () => [[{ role }, ready() ? 1 : 0]],
  })
}

/** @param delayMs what a request waits before anybody looks at it, as the gateway judges whether it is overloaded */
export const measureDelay = (delayMs: () => number, registry: Registry = register): void => {
  gauge({
    registry,
    name: 'gateway_delay_seconds',
    help: 'How late the event loop is now, smoothed: lists are put off from 0.5 s on, single reads from 1.5 s',
    look: () => only(delayMs() / 1_000),
  })
}
