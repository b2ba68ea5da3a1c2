import type { Logger } from 'pino'
import type { z } from 'zod'
import type { Endpoint, EndpointAnswer } from '../../actors/services.ts'
import type { Account } from '../contract/account.ts'
import { ApiError, errorBody, toApiError } from '../contract/errors.ts'
import { schemaOf } from '../contract/json-schema.ts'
import { OPS_REQUESTS, type OpsSubject } from '../contract/ops-requests.ts'
import { parse } from '../contract/parse.ts'
import type { Breakers } from '../gateway/breakers.ts'
import type { Hosts } from '../gateway/hosts.ts'
import type { LogLevels } from '../gateway/log-levels.ts'
import type { Ops } from '../gateway/ops.ts'
import type { Orders } from '../gateway/orders.ts'
import type { Watch } from '../gateway/watch.ts'

export interface OpsDoor {
  readonly orders: Pick<Orders, 'one'>
  readonly ops: Pick<Ops, 'timeline' | 'deadLetters' | 'retry'>
  readonly breakers: Pick<Breakers, 'list' | 'force' | 'release'>
  readonly hosts: Pick<Hosts, 'list' | 'drain'>
  readonly watch: Pick<Watch, 'lag'>
  readonly logLevels: Pick<LogLevels, 'set'>
  readonly newId: () => string
  readonly logger: Pick<Logger, 'error'>
}

type Asked<Subject extends OpsSubject> = z.output<(typeof OPS_REQUESTS)[Subject]['request']>

/** Operators' door for the NATS CLI: the same functions as behind REST. Whoever comes in by it is one: NATS lets nobody else ask. */
export const opsEndpoints = (door: OpsDoor): Endpoint[] => {
  const { orders, ops, breakers, hosts, watch, logLevels } = door
  const at = <Subject extends OpsSubject>(subject: Subject, answer: (account: Account, asked: Asked<Subject>) => unknown): Endpoint =>
    endpoint(door, subject, (account, asked) => answer(account, asked as Asked<Subject>))
  return [
    at('ops.order.get', (account, { id }) => orders.one(account, id)),
    at('ops.order.timeline', (account, { id }) => ops.timeline(account, id)),
    at('ops.breaker.get', (account, { name }) => found(breakers.list(account).find(breaker => breaker.name === name))),
    at('ops.breaker.force', (account, { name, state, reason }) => breakers.force(account, name, { state, reason })),
    at('ops.breaker.release', (account, { name, reason }) => breakers.release(account, name, reason)),
    at('ops.hosts', account => hosts.list(account)),
    at('ops.host.drain', (account, { host, reason, force }) => hosts.drain(account, host, { reason, force })),
    at('ops.deadletters', (account, { limit, cursor }) => ops.deadLetters(account, { limit, cursor })),
    at('ops.deadletter.retry', (account, { id, reason }) => ops.retry(account, { id, reason })),
    at('ops.lag', account => watch.lag(account)),
    at('ops.log.level', (account, asked) => logLevels.set(account, asked)),
  ]
}

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new ApiError('NOT_FOUND')
  return value
}

/** `order-get` for `ops.order.get`. */
const nameOf = (subject: OpsSubject): string => subject.slice('ops.'.length).replaceAll('.', '-')

const endpoint = ({ newId, logger }: OpsDoor, subject: OpsSubject, answer: (account: Account, asked: unknown) => unknown): Endpoint => {
  const { summary, request, reply } = OPS_REQUESTS[subject]
  return {
    name: nameOf(subject),
    subject,
    metadata: {
      description: summary,
      request_schema: JSON.stringify(schemaOf(request, 'input')),
      response_schema: JSON.stringify(schemaOf(reply, 'output')),
    },
    handler: async text => {
      const requestId = newId()
      try {
        const asked = parse(request, jsonIn(text))
        const id = 'by' in asked ? asked.by : 'nats-cli'
        return { kind: 'answer', body: await answer({ role: 'ops', id, requestId }, asked) }
      } catch (thrown) {
        const { code } = toApiError(thrown)
        if (code === 'INTERNAL') logger.error({ requestId, subject, err: thrown }, 'an operator’s request failed')
        return refused(thrown)
      }
    },
  }
}

/** Nothing at all is an empty request. @throws ApiError BAD_JSON */
const jsonIn = (text: string): unknown => {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiError('BAD_JSON')
  }
}

const refused = (thrown: unknown): EndpointAnswer => {
  const { code, row } = toApiError(thrown)
  return { kind: 'refused', status: row.status, code, body: { error: errorBody(thrown, 'en') } }
}
