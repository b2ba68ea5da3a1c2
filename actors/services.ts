import type { Subscription } from './log.ts'

/**
 * The port by which a process shows itself, and answers questions under subjects of its own. Nothing is stored. Twins: `nats/services.ts`,
 * `memory/services.ts`.
 */
export interface Services {
  serve(service: Service): Promise<Subscription>
  ask(subject: string, body: unknown, timeoutMs: number): Promise<ServiceAnswer>
}

/** A process as others see it. */
export interface Service {
  /** Letters, digits, `_` and `-`, as the id is. */
  readonly name: string
  /** Of this process among those of the name. */
  readonly id: string
  /** `1.2.3` */
  readonly version: string
  readonly description: string
  readonly metadata: Readonly<Record<string, string>>
  readonly endpoints: readonly Endpoint[]
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Of several who serve a subject each question reaches one. */
export interface Endpoint {
  /** Letters, digits, `_` and `-`. */
  readonly name: string
  readonly subject: string
  readonly metadata?: Readonly<Record<string, string>>
  /** @param text as it came. One that throws is answered as `INTERNAL`. */
  handler(text: string): Promise<EndpointAnswer>
}

export type EndpointAnswer =
  | { readonly kind: 'answer'; readonly body: unknown }
  /** `status` as HTTP has it. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly body: unknown }

/** `nobody`: none serves the subject. `silent`: one does, and did not answer in time; whether it acted is unknown. */
export type ServiceAnswer = EndpointAnswer | { readonly kind: 'nobody' } | { readonly kind: 'silent' }
