import { jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { expect } from 'chai'
import { serversOf } from '../../actors/nats/servers.ts'
import { startHouse, type TestHouse, until } from '../harness/house.ts'
import { Somebody } from '../harness/people.ts'
import { PushService } from '../harness/push-service.ts'

interface Taken {
  readonly customFields: { readonly orderId: string; readonly status: string }
}

/** Of an order's story, as operators see it. */
interface Entry {
  readonly kind: string
  readonly channel?: string
  readonly status?: string
  readonly via?: string
}

/** What the notifier reads the log by. */
const CONSUMERS = ['notifier', 'notifier-alerts', 'notifier-offers'] as const

describe('need 16: one change of status is at most one message on each channel', function () {
  this.timeout(180_000)
  let house: TestHouse
  let nats: NatsConnection
  let service: PushService
  let publicKey = ''
  const people: Somebody[] = []
  const signIn = async (role: 'customer' | 'store' | 'rider' | 'ops', login: string) => {
    const who = await Somebody.signIn(house.house.url, role, login)
    people.push(who)
    return who
  }

  before(async () => {
    house = await startHouse({ ALERT_EVERY_MS: '400', SOLAPI_TIMEOUT_MS: '20000' })
    nats = await connect(serversOf(house.house.natsUrl))
    service = await PushService.open(() => publicKey)
  })
  after(async () => {
    for (const who of people) await who[Symbol.asyncDispose]()
    await nats.close()
    await service[Symbol.asyncDispose]()
    await house[Symbol.asyncDispose]()
  })

  const faults = (body: object) => fetch(`${house.house.standIns.kakao}/stand-in/faults`, { method: 'PUT', body: JSON.stringify(body) })
  /** Every message that the provider took about these orders, as `order status`. */
  const sent = async (ids: readonly string[]): Promise<string[]> => {
    const response = await fetch(`${house.house.standIns.kakao}/stand-in/messages`)
    const { messages } = (await response.json()) as { messages: Taken[] }
    return messages
      .filter(({ customFields }) => ids.includes(customFields.orderId))
      .map(({ customFields }) => `${customFields.orderId} ${customFields.status}`)
  }
  const restart = async () => {
    const { notifier } = house.house.pids()
    house.house.kill('notifier', 'SIGKILL')
    await until('the notifier is another process', () => {
      const pid = house.house.pids().notifier
      return pid !== undefined && pid !== notifier
    })
    await house.house.ready()
  }
  /** Everything in the log is delivered again, and dealt with: first by a new notifier, then by one that has had it all before. */
  const redeliver = async (to: 'another' | 'the same') => {
    const jsm = await jetstreamManager(nats)
    for (const name of CONSUMERS) {
      const { config } = await jsm.consumers.info('ORDERS', name)
      await jsm.consumers.delete('ORDERS', name)
      if (to === 'the same') await jsm.consumers.add('ORDERS', config)
    }
    if (to === 'another') await restart()
    await until(
      'all is read again',
      async () => {
        const read = await Promise.all(CONSUMERS.map(name => jsm.consumers.info('ORDERS', name).catch(() => undefined)))
        return read.every(info => info !== undefined && info.num_pending === 0 && info.num_ack_pending === 0)
      },
      30_000,
    )
  }

  it('though every record is delivered five times more, and the notifier dies between claim and call', async () => {
    const [customer, store, rider] = [
      await signIn('customer', 'customer-1'),
      await signIn('store', 'store-1'),
      await signIn('rider', 'rider-1'),
    ]
    publicKey = (await store.call<{ publicKey: string }>('/api/push/key')).publicKey
    await store.call('/api/push/subscriptions', 'PUT', service.subscribe('tablet'))

    const whole = await customer.place('need-16-whole', { paymentKey: 'pk_test_need_16_whole' })
    await until('the store has been pushed to', () => service.arrived.length >= 1)
    await store.act(whole.id, 'accept', { prepMinutes: 10 })
    await store.act(whole.id, 'start-cooking')
    await store.act(whole.id, 'finish-cooking')
    await rider.act(whole.id, 'pick')
    await rider.act(whole.id, 'deliver')
    const life = ['placed', 'accepted', 'cooking', 'cooked', 'picked', 'delivered'].map(status => `${whole.id} ${status}`)
    await until('the customer was told all', async () => (await sent([whole.id])).length === life.length)

    const ops = await signIn('ops', 'ops-1')
    await until('the provider has reported each delivered, for operators to see', async () => {
      const { entries } = await ops.call<{ entries: readonly Entry[] }>(`/api/ops/orders/${whole.id}/timeline`)
      const messages = entries.filter(({ kind, channel }) => kind === 'message' && channel === 'alimtalk')
      return messages.length === life.length && messages.every(({ status, via }) => status === 'delivered' && via === 'ATA')
    })

    // The provider hangs: a message is claimed, the call is under way, and the process is killed.
    await faults({ hangRate: 1 })
    const unlucky = await customer.place('need-16-unlucky', { paymentKey: 'pk_test_need_16_unlucky' })
    await until('the message is claimed', async () => {
      const jsm = await jetstreamManager(nats)
      const claim = await jsm.direct
        .getMessage('KV_messages', { last_by_subj: `$KV.messages.${unlucky.id}.placed.alimtalk` })
        .catch(() => null)
      return claim?.json<{ status: string }>().status === 'sending'
    })
    await restart()
    await faults({})
    await store.act(unlucky.id, 'reject', { reason: '재료 소진' })
    await until('how it ended is told', async () => (await sent([unlucky.id])).includes(`${unlucky.id} refunded`))

    const pushesBefore = service.arrived.length
    // One that is killed again and again is started later and later: no more is proved by it, and each time takes twice as long.
    for (const to of ['another', 'another', 'the same', 'the same', 'the same'] as const) await redeliver(to)

    expect(await sent([whole.id])).to.have.members(life)
    expect((await sent([unlucky.id])).sort(), 'the window: a message whose notifier died is lost, not sent twice').to.deep.equal([
      `${unlucky.id} refunded`,
      `${unlucky.id} rejected`,
    ])
    const pushes = service.arrived.map(({ payload }) => `${payload.orderId} ${payload.alerts}`)
    expect(pushes).to.deep.equal([...new Set(pushes)])
    expect(service.arrived, 'nothing old is pushed again').to.have.length(pushesBefore)
  })
})
