import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { Faults } from './faults.ts'
import { Journal } from './journal.ts'
import { type JsonAnswer, type JsonRequest, json, type StandIn, serveJson } from './json-server.ts'
import { Reporter } from './reporter.ts'

export interface KakaoOptions {
  /** 0 picks a free one. */
  readonly port: number
  readonly apiKey: string
  readonly apiSecret: string
  readonly now: () => number
  readonly newId: () => string
  /** 0…1, for faults; absent, rates above 0 always strike. */
  readonly random?: () => number
  /** Where the journal lives; absent, a restart forgets. */
  readonly dataDir?: string
  /** Hears how every message ended; absent: nobody does. */
  readonly webhookUrl?: string
}

/** A message that was taken, as `GET /stand-in/messages` shows it. */
export interface TakenMessage {
  readonly messageId: string
  readonly to: string
  readonly from: string
  readonly type: string
  readonly text: string
  readonly kakaoOptions?: unknown
  readonly customFields?: unknown
  readonly at: string
}

const message = z.looseObject({
  to: z.string().regex(/^\d{8,15}$/, 'digits only'),
  from: z.string().regex(/^\d{8,11}$/, 'digits only'),
  text: z.string().max(1_000).default(''),
  type: z.enum(['ATA', 'SMS', 'LMS']).default('SMS'),
  kakaoOptions: z
    .looseObject({
      pfId: z.string().min(1),
      templateId: z.string().min(1),
      variables: z.record(z.string().regex(/^#\{[^.}]+\}$/, 'a name like #{store}, without a dot'), z.string()).optional(),
      disableSms: z.boolean().optional(),
    })
    .optional(),
  customFields: z.record(z.string().max(30), z.string().max(100)).optional(),
})
const request = z
  .looseObject({ messages: z.array(message).min(1).max(10_000), allowDuplicates: z.boolean().default(false) })
  .refine(body => body.messages.every(each => each.type !== 'ATA' || each.kakaoOptions !== undefined), 'ATA needs kakaoOptions')

/** A signature is good for 15 minutes around its date, and once. */
const DATE_WINDOW_MS = 15 * 60_000
/** Messages remembered. */
const MAX_MESSAGES = 100_000

interface Kakao {
  readonly options: KakaoOptions
  readonly faults: Faults
  readonly journal: Journal<TakenMessage>
  readonly messages: TakenMessage[]
  /** Signatures seen, and until when they must not come back. */
  readonly signatures: Map<string, number>
  readonly reporter?: Reporter
}

/** Solapi, stood in for: takes AlimTalk and SMS by its contract and shows what it took by `GET /stand-in/messages?to=`. */
export const startKakao = async (options: KakaoOptions): Promise<StandIn> => {
  const journal = new Journal<TakenMessage>(options.dataDir, 'kakao')
  const faults = new Faults(['send'], options.random ?? (() => 0))
  const reporter = options.webhookUrl === undefined ? undefined : new Reporter(options.webhookUrl)
  const messages = journal.load().slice(-MAX_MESSAGES)
  const kakao: Kakao = { options, faults, journal, messages, signatures: new Map(), ...(reporter ? { reporter } : {}) }
  const served = await serveJson(options.port, asked => answer(kakao, asked))
  const stop = (): Promise<void> => {
    reporter?.stop()
    return served.stop()
  }
  return { ...served, stop }
}

const refused = (status: number, errorCode: string, errorMessage: string): JsonAnswer => json(status, { errorCode, errorMessage })

const answer = async (kakao: Kakao, asked: JsonRequest): Promise<JsonAnswer> => {
  const { method, path, query, body } = asked
  if (path === '/healthz') return json(200, { ok: true })
  if (method === 'GET' && path === '/stand-in/messages') {
    const to = query.get('to')
    return json(200, { messages: kakao.messages.filter(each => to === null || each.to === to) })
  }
  if (method === 'GET' && path === '/stand-in/faults') return json(200, kakao.faults.settings)
  if (method === 'PUT' && path === '/stand-in/faults') {
    const wrong = kakao.faults.set(body)
    return wrong === undefined ? json(200, kakao.faults.settings) : refused(400, 'InvalidFaults', wrong)
  }
  if (method !== 'POST' || path !== '/messages/v4/send-many/detail') return refused(404, 'ResourceNotFound', '존재하지 않는 API입니다.')
  const wrong = wrongSignature(kakao, asked.header('authorization'))
  if (wrong) return wrong
  const fate = kakao.faults.fate('send')
  return kakao.faults.slowly('send', () => {
    if (fate === 'hang' || fate === 'reset') return { kind: fate }
    if (fate === 'error') return refused(500, kakao.faults.settings.errorCode ?? 'InternalError', '알 수 없는 오류가 발생했습니다.')
    const end = take(kakao, body)
    return fate === 'commitThenHang' ? { kind: 'hang' } : end
  })
}

const wrongSignature = ({ options, signatures }: Kakao, header: string): JsonAnswer | undefined => {
  const [, key = '', date = '', salt = '', signature = ''] =
    /^HMAC-SHA256 apiKey=(\S+), date=(\S+), salt=(\S{12,64}), signature=([0-9a-f]{64})$/i.exec(header) ?? []
  if (key === '') return refused(400, 'InvalidAuthHeader', 'Authorization 헤더를 확인하세요.')
  if (key !== options.apiKey) return refused(403, 'InvalidApiKey', '유효하지 않은 API Key입니다.')
  const now = options.now()
  if (!(Math.abs(now - Date.parse(date)) <= DATE_WINDOW_MS))
    return refused(403, 'RequestTimeTooSkewed', 'date는 현재 시각과 15분 이내여야 합니다.')
  const due = createHmac('sha256', options.apiSecret).update(`${date}${salt}`).digest()
  if (!timingSafeEqual(due, Buffer.from(signature, 'hex'))) return refused(403, 'SignatureDoesNotMatch', '생성한 signature를 확인하세요.')
  for (const [old, untilMs] of signatures) {
    if (untilMs > now) break // in order of arrival, so the rest are younger
    signatures.delete(old)
  }
  if (signatures.has(signature)) return refused(403, 'DuplicatedSignature', '이미 사용된 signature입니다.')
  signatures.set(signature, now + 2 * DATE_WINDOW_MS)
  return undefined
}

const take = ({ options, journal, messages, reporter }: Kakao, body: unknown): JsonAnswer => {
  const parsed = request.safeParse(body)
  if (!parsed.success) return refused(400, 'ValidationError', z.prettifyError(parsed.error))
  const at = new Date(options.now()).toISOString()
  const groupId = `G4V${options.newId()}`
  const recipients = new Set<string>()
  const failedMessageList: unknown[] = []
  const messageList: unknown[] = []
  for (const { to, from, type, text, kakaoOptions, customFields } of parsed.data.messages) {
    const messageId = `M4V${options.newId()}`
    const echoed = customFields === undefined ? {} : { customFields }
    // 2000 is Solapi's; the number for a repeated recipient is not published and this one is ours.
    if (recipients.has(to) && !parsed.data.allowDuplicates) {
      failedMessageList.push({ to, from, type, messageId, statusCode: '1026', statusMessage: '수신번호 중복', country: '82', ...echoed })
      continue
    }
    recipients.add(to)
    const taken = { messageId, to, from, type, text, ...(kakaoOptions === undefined ? {} : { kakaoOptions }), ...echoed, at }
    messages.push(taken)
    journal.append(taken)
    reporter?.tell({ groupId, dateReceived: at, ...taken, ...endOf(taken) })
    messageList.push({ messageId, statusCode: '2000', statusMessage: '정상 접수(이통사로 접수 예정)', ...echoed })
  }
  if (messages.length > MAX_MESSAGES) messages.splice(0, messages.length - MAX_MESSAGES)
  const [total, failed] = [parsed.data.messages.length, failedMessageList.length]
  const count = { total, registeredSuccess: total - failed, registeredFailed: failed, sentTotal: 0, sentSuccess: 0, sentFailed: 0 }
  const groupInfo = { groupId, count, status: 'SENDING', dateCreated: at }
  return json(200, { groupInfo, failedMessageList, ...(parsed.data.showMessageList === true ? { messageList } : {}) })
}

/** Numbers that end so have no KakaoTalk: they get an SMS in its place, unless that is off. */
const NO_KAKAO_TALK = /0404$/

const endOf = ({ to, type, kakaoOptions }: TakenMessage): { type: string; statusCode: string; statusMessage: string } => {
  if (type !== 'ATA' || !NO_KAKAO_TALK.test(to)) return { type, statusCode: '4000', statusMessage: '수신완료' }
  const { disableSms } = kakaoOptions as { readonly disableSms?: boolean }
  if (disableSms) return { type, statusCode: '3104', statusMessage: '카카오톡 미사용자' }
  return { type: 'SMS', statusCode: '4000', statusMessage: '수신완료' }
}
