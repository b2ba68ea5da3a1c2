import type { BreakerView } from '../../../server/contract/breakers.ts'
import type { Words } from '../../web/language.tsx'

type Name = BreakerView['name']
export type BreakerAct = 'open' | 'closed' | 'release'

const ko = {
  title: '결제 차단기',
  intro:
    '결제사(Toss)가 느리거나 실패하면 차단기가 스스로 열려 호출을 멈추고, 나아지면 조금씩 다시 닫혀요. 그림에서 낮은 띠는 닫힘, 중간은 반열림, 높은 띠는 열림이고, 띠 위의 줄은 누군가 강제했다는 뜻이에요.',
  names: { confirm: '결제 승인', cancel: '결제 취소 · 환불', lookup: '결제 조회' } satisfies Record<Name, string> as Record<Name, string>,
  states: { closed: '닫힘 · 정상', open: '열림 · 멈춤', halfOpen: '반열림 · 시험 중' } as Record<BreakerView['state'], string>,
  forced: '강제',
  none: '아직 차단기가 없어요. 결제 프로세스가 뜨면 나타나요.',
  since: '언제부터',
  reason: '사유',
  share: '들여보내는 몫',
  openUntil: '다시 시험하는 때',
  untilReleased: '풀 때까지',
  acts: { open: '강제로 열기', closed: '강제로 닫기', release: '강제 풀기' } as Record<BreakerAct, string>,
  asks: {
    open: (name: string) => `${name} 차단기를 강제로 열까요?`,
    closed: (name: string) => `${name} 차단기를 강제로 닫을까요?`,
    release: (name: string) => `${name} 차단기의 강제를 풀까요?`,
  } as Record<BreakerAct, (name: string) => string>,
  effects: {
    confirm: {
      open: [
        '새 결제가 결제사로 가지 않아요. 고객은 대기표를 받고 순서를 기다려요.',
        '기다릴 수 있는 시간(보통 9분) 안에 풀리지 않으면 주문이 만료되고, 돈은 빠져나가지 않아요.',
        '이미 결제된 주문의 조리와 배달은 그대로 진행돼요.',
      ],
      closed: ['결제사에 문제가 있어도 모든 결제를 바로 보내요.', '느리거나 실패하는 결제를 고객이 그대로 겪어요.'],
      release: ['차단기가 닫힌 상태에서 다시 스스로 판단해요.', '기다리던 결제가 곧바로 다시 결제사로 가요.'],
    },
    cancel: {
      open: ['환불 요청이 결제사로 가지 않아요.', '취소된 주문의 고객은 풀릴 때까지 돈을 돌려받지 못해요. 요청은 없어지지 않고 기다려요.'],
      closed: ['결제사에 문제가 있어도 모든 환불을 바로 보내요.', '여러 번 실패한 환불은 ‘실패한 작업’에 남아요.'],
      release: ['차단기가 닫힌 상태에서 다시 스스로 판단해요.', '기다리던 환불이 곧바로 나가요.'],
    },
    lookup: {
      open: ['결과를 모르는 결제를 확인하지 않아요.', '그 고객은 풀릴 때까지 ‘결제 확인 중’을 보며 기다려요.'],
      closed: ['결제사에 문제가 있어도 모든 조회를 바로 보내요.', '확인이 늦거나 실패할 수 있어요.'],
      release: ['차단기가 닫힌 상태에서 다시 스스로 판단해요.', '기다리던 확인이 곧바로 나가요.'],
    },
  } satisfies Record<Name, Record<BreakerAct, string[]>> as Record<Name, Record<BreakerAct, readonly string[]>>,
  stays: '직접 풀 때까지 그대로예요. 스스로 돌아오지 않아요.',
  done: {
    open: (name: string) => `${name} 차단기를 열었어요.`,
    closed: (name: string) => `${name} 차단기를 닫았어요.`,
    release: (name: string) => `${name} 차단기의 강제를 풀었어요.`,
  } as Record<BreakerAct, (name: string) => string>,
  history: '기록',
  span: '보는 기간',
  spans: { 1: '1시간', 6: '6시간', 24: '24시간', 168: '7일' } as Record<number, string>,
  chart: (span: string, times: number, lapse: string, state: string) =>
    times === 0
      ? `최근 ${span} 동안 열린 적이 없어요. 지금은 ${state}.`
      : `최근 ${span} 동안 ${times}번, 모두 ${lapse} 열렸어요. 지금은 ${state}.`,
  now: '지금',
  changes: (count: number) => `바뀐 기록 ${count}개`,
  noHistory: '아직 바뀐 적이 없어요.',
  at: '시각',
  state: '상태',
  by: '누가',
  reasons: {
    NEW: '처음 상태',
    HALF_OPEN: '시험 호출을 시작',
    RECOVERED: '회복됨',
    FAILURES: '실패가 많음',
    SLOW_CALLS: '느린 호출이 많음',
    HANGING: '응답 없이 매달려 있음',
    PROBE_FAILED: '시험 호출 실패',
    MISCONFIGURED: '결제 설정이 거절됨',
  } as Readonly<Record<string, string>>,
}
const en: typeof ko = {
  title: 'Payment breakers',
  intro:
    'When the provider (Toss) is slow or fails a breaker opens by itself and stops the calls; when it is well again it closes step by step. In the picture a low band is closed, a middle one half open, a high one open; a line on top says that somebody forces it.',
  names: { confirm: 'Payments', cancel: 'Refunds', lookup: 'Payment look-ups' },
  states: { closed: 'Closed · normal', open: 'Open · stopped', halfOpen: 'Half open · testing' },
  forced: 'forced',
  none: 'There are no breakers yet. They appear when a payment process has started.',
  since: 'Since',
  reason: 'Reason',
  share: 'Share let in',
  openUntil: 'Tries again',
  untilReleased: 'when released',
  acts: { open: 'Force open', closed: 'Force closed', release: 'Release' },
  asks: {
    open: name => `Force the breaker of ${name.toLowerCase()} open?`,
    closed: name => `Force the breaker of ${name.toLowerCase()} closed?`,
    release: name => `Release the breaker of ${name.toLowerCase()}?`,
  },
  effects: {
    confirm: {
      open: [
        'No new payment goes to the provider. Customers get a ticket and wait for their turn.',
        'Unless it is released within their wait (9 minutes as a rule) their orders expire, and no money is taken.',
        'Orders that are paid go on: cooking and deliveries are not touched.',
      ],
      closed: ['Every payment is sent at once, whatever is wrong at the provider.', 'Customers feel each slow or failing payment.'],
      release: ['It is closed, and goes by what it sees again.', 'Payments that waited go to the provider at once.'],
    },
    cancel: {
      open: [
        'No refund goes to the provider.',
        'Customers of canceled orders wait for their money until it is released. No refund is lost: each waits.',
      ],
      closed: ['Every refund is sent at once, whatever is wrong at the provider.', 'Those that fail again and again become dead letters.'],
      release: ['It is closed, and goes by what it sees again.', 'Refunds that waited go out at once.'],
    },
    lookup: {
      open: ['Payments with an unknown end are not looked up.', 'Their customers see “checking” until it is released.'],
      closed: ['Every look-up is sent at once, whatever is wrong at the provider.', 'They may be late, or fail.'],
      release: ['It is closed, and goes by what it sees again.', 'Look-ups that waited go out at once.'],
    },
  },
  stays: 'It stays so until somebody releases it; it does not come back by itself.',
  done: {
    open: name => `The breaker of ${name.toLowerCase()} is open.`,
    closed: name => `The breaker of ${name.toLowerCase()} is closed.`,
    release: name => `The breaker of ${name.toLowerCase()} is released.`,
  },
  history: 'History',
  span: 'Span',
  spans: { 1: '1 hour', 6: '6 hours', 24: '24 hours', 168: '7 days' },
  chart: (span, times, lapse, state) =>
    times === 0
      ? `It was never open in the last ${span}. Now: ${state}.`
      : `Open ${times === 1 ? 'once' : `${times} times`} in the last ${span}, for ${lapse} in all. Now: ${state}.`,
  now: 'now',
  changes: count => (count === 1 ? '1 change' : `${count} changes`),
  noHistory: 'It has never changed.',
  at: 'When',
  state: 'State',
  by: 'Who',
  reasons: {
    NEW: 'New',
    HALF_OPEN: 'Probes have begun',
    RECOVERED: 'Recovered',
    FAILURES: 'Many failures',
    SLOW_CALLS: 'Many slow calls',
    HANGING: 'Calls hang without an answer',
    PROBE_FAILED: 'A probe failed',
    MISCONFIGURED: 'Our configuration is refused',
  },
}
export const BREAKER_WORDS: Words<typeof ko> = { ko, en }

/** A word of the machine's own in plain words; what an operator has written stays as it is. */
export const reasonText = (reason: string, words: typeof ko): string => {
  const [code = '', ...rest] = reason.split(' ')
  const known = words.reasons[code]
  return known === undefined ? reason : [known, ...rest].join(' ')
}
