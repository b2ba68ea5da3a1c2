import { type Fate, Faults } from './faults.ts'
import { type JsonAnswer, type JsonRequest, json, type StandIn, serveJson } from './json-server.ts'
import { type PspAnswer, pspError } from './psp-errors.ts'
import { PspMemory } from './psp-memory.ts'
import { type Booked, PspPayments } from './psp-payments.ts'
import { Webhook } from './webhook.ts'

export interface PspOptions {
  /** 0 picks a free one. */
  readonly port: number
  /** What callers must present. Rehearsal by `TossPayments-Test-Code` works with a `test_…` key only, as at Toss. */
  readonly secretKey: string
  readonly now: () => number
  readonly random: () => number
  readonly newId: () => string
  /** Where the journal lives; absent, a restart forgets. */
  readonly dataDir?: string
  /** Told of every payment that moved. */
  readonly webhookUrl?: string
}

const OPERATIONS = ['confirm', 'cancel', 'lookup'] as const
type Operation = (typeof OPERATIONS)[number]

interface Asked {
  readonly operation: Operation
  readonly orderId?: string
  /** Does it, at once and whole. */
  readonly run: () => Booked
}

/** Toss Payments, stood in for: its contract, its bad days by `PUT /stand-in/faults`, and a witness by `GET /stand-in/ledger`. */
export const startPsp = async (options: PspOptions): Promise<StandIn> => {
  const { now, webhookUrl } = options
  const payments = new PspPayments(now, options.newId)
  const psp = {
    options,
    payments,
    memory: new PspMemory(payments, now, options.dataDir),
    faults: new Faults(OPERATIONS, options.random),
    running: new Set<string>(),
    webhook: webhookUrl === undefined ? undefined : new Webhook(webhookUrl),
  }
  const server = await serveJson(options.port, request => answer(psp, request))
  return {
    ...server,
    stop: async () => {
      psp.webhook?.stop()
      await server.stop()
    },
  }
}

interface Psp {
  readonly options: PspOptions
  readonly payments: PspPayments
  readonly memory: PspMemory
  readonly faults: Faults
  /** Scopes of idempotent calls that have not ended. */
  readonly running: Set<string>
  readonly webhook: Webhook | undefined
}

const said = ({ status, body }: PspAnswer): JsonAnswer => json(status, body)

const answer = async (psp: Psp, request: JsonRequest): Promise<JsonAnswer> => {
  if (request.path.startsWith('/stand-in/')) return control(psp, request)
  if (request.path === '/healthz') return json(200, { ok: true })
  const authorization = request.header('authorization')
  if (!authorization.startsWith('Basic ')) return said(pspError('INCORRECT_BASIC_AUTH_FORMAT'))
  if (authorization !== `Basic ${Buffer.from(`${psp.options.secretKey}:`).toString('base64')}`) return said(pspError('UNAUTHORIZED_KEY'))
  const asked = routeOf(psp, request)
  return asked ? perform(psp, request, asked, authorization) : said(pspError('NOT_FOUND'))
}

const control = ({ faults, memory }: Psp, { method, path, query, body }: JsonRequest): JsonAnswer => {
  if (method === 'GET' && path === '/stand-in/ledger') return json(200, memory.ledger(query.get('orderId') ?? ''))
  if (method === 'GET' && path === '/stand-in/faults') return json(200, faults.settings)
  if (method === 'GET' && path === '/stand-in/load') return json(200, faults.load())
  if (method !== 'PUT' || path !== '/stand-in/faults') return said(pspError('NOT_FOUND'))
  const wrong = faults.set(body)
  return wrong === undefined ? json(200, faults.settings) : json(400, { code: 'INVALID_FAULTS', message: wrong })
}

const routeOf = ({ payments }: Psp, { method, path, query, body, header }: JsonRequest): Asked | undefined => {
  const [, v1, resource, ...tokens] = path.split('/').map(decode)
  if (method === 'GET' && path === '/v1/transactions')
    return { operation: 'lookup', run: () => ({ answer: transactions(payments, query) }) }
  if (v1 !== 'v1' || resource !== 'payments') return undefined
  const [first = '', second = ''] = tokens
  if (method === 'POST' && tokens.length === 1 && first === 'confirm') {
    const orderId = (body as { readonly orderId?: unknown } | undefined)?.orderId
    return { operation: 'confirm', ...(typeof orderId === 'string' ? { orderId } : {}), run: () => payments.confirm(body) }
  }
  if (method === 'POST' && tokens.length === 2 && second === 'cancel') {
    const idempotencyKey = header('idempotency-key')
    const orderId = payments.orderOf(first, idempotencyKey)
    return { operation: 'cancel', ...(orderId === undefined ? {} : { orderId }), run: () => payments.cancel(first, body, idempotencyKey) }
  }
  if (method === 'GET' && tokens.length === 2 && first === 'orders') {
    return { operation: 'lookup', orderId: second, run: () => ({ answer: payments.lookUpOrder(second) }) }
  }
  if (method !== 'GET' || tokens.length !== 1) return undefined
  const orderId = payments.orderOf(first)
  return { operation: 'lookup', ...(orderId === undefined ? {} : { orderId }), run: () => ({ answer: payments.lookUp(first) }) }
}

/** Toss gives 100 unless asked for another number, 10,000 at most. */
const transactions = (payments: PspPayments, query: URLSearchParams): PspAnswer => {
  const [from, to, limit] = [query.get('startDate'), query.get('endDate'), Number(query.get('limit') ?? 100)]
  if (!from || !to || !Number.isInteger(limit) || limit < 1 || limit > 10_000) return pspError('INVALID_REQUEST')
  return payments.transactions(from, to, limit, query.get('startingAfter') ?? undefined)
}

const decode = (token: string): string => {
  try {
    return decodeURIComponent(token)
  } catch {
    return token // a stray percent sign names no payment
  }
}

/** I1. A key's first answer is given to every repeat of it. I2. While its first call runs, a repeat is told to wait. */
const perform = async (psp: Psp, request: JsonRequest, asked: Asked, authorization: string): Promise<JsonAnswer> => {
  const idempotencyKey = request.method === 'POST' ? request.header('idempotency-key') : ''
  const note = noteOf(psp, request, asked, idempotencyKey)
  if (idempotencyKey.length > 300) return said(note(pspError('INVALID_IDEMPOTENCY_KEY')))
  const scope = idempotencyKey === '' ? undefined : [idempotencyKey, authorization, request.method, request.path].join(' ')
  const first = scope === undefined ? undefined : psp.memory.firstAnswer(scope)
  if (first) return said(note(first)) // I1
  if (scope !== undefined && psp.running.has(scope)) return said(note(pspError('IDEMPOTENT_REQUEST_PROCESSING'))) // I2
  if (scope !== undefined) psp.running.add(scope)
  try {
    const fate = psp.faults.fate(asked.operation)
    const done = await psp.faults.slowly(asked.operation, () => end(psp, request, asked, fate, note, scope))
    return done.kind === 'hang' ? { ...done, left: psp.faults.hold(asked.operation) } : done
  } finally {
    if (scope !== undefined) psp.running.delete(scope)
  }
}

type Note = (answer: PspAnswer, more?: { readonly booked?: Booked; readonly scope?: string; readonly silent?: boolean }) => PspAnswer

const noteOf =
  ({ memory, options }: Psp, { method, path, header }: JsonRequest, { orderId }: Asked, idempotencyKey: string): Note =>
  (answer, { booked, scope, silent = false } = {}) => {
    const atMs = options.now()
    const requestId = header('x-request-id').slice(0, 64)
    memory.note({
      ...(orderId === undefined ? {} : { orderId }),
      call: {
        at: new Date(atMs).toISOString(),
        method,
        path,
        ...(idempotencyKey === '' ? {} : { idempotencyKey }),
        ...(requestId === '' ? {} : { requestId }),
        status: silent ? 0 : answer.status,
      },
      ...(booked?.payment ? { payment: booked.payment } : {}),
      ...(scope === undefined ? {} : { first: { scope, atMs, answer } }),
    })
    return answer
  }

const end = (psp: Psp, request: JsonRequest, asked: Asked, fate: Fate, note: Note, scope: string | undefined): JsonAnswer => {
  const kept = scope === undefined ? {} : { scope }
  if (fate === 'hang' || fate === 'reset') {
    note(pspError('FAILED_INTERNAL_SYSTEM_PROCESSING'), { silent: true })
    return { kind: fate }
  }
  const rehearsed = psp.options.secretKey.startsWith('test_') ? request.header('tosspayments-test-code') : ''
  if (rehearsed !== '') return said(note(pspError(rehearsed), kept))
  if (fate === 'error') return said(note(pspError(psp.faults.settings.errorCode ?? 'PROVIDER_ERROR'), kept))
  const booked = asked.run()
  const silent =
    fate === 'commitThenHang' || (asked.operation === 'confirm' && booked.payment?.paymentKey.startsWith('pk_test_timeout') === true)
  note(booked.answer, { ...kept, booked, silent })
  if (booked.payment) {
    const { body } = psp.payments.lookUpOrder(booked.payment.orderId)
    psp.webhook?.tell('PAYMENT_STATUS_CHANGED', new Date(psp.options.now()).toISOString(), body)
  }
  return silent ? { kind: 'hang' } : said(booked.answer)
}
