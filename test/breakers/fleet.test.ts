import { expect } from 'chai'
import { until } from '../harness/house.ts'
import { Fleet } from './fleet.ts'

describe('the breaker of a fleet', function () {
  this.timeout(60_000)
  let fleet: Fleet
  beforeEach(async () => {
    fleet = await Fleet.open()
  })
  afterEach(() => fleet[Symbol.asyncDispose]())
  const isIn =
    (...states: readonly string[]) =>
    async () =>
      states.includes(String((await fleet.breaker()).state))
  const allPlaced = (ids: readonly string[]) => async () =>
    (await Promise.all(ids.map(id => fleet.statusOf(id)))).every(status => status === 'placed')

  it('opens for all when the provider hangs, tries one call at a time, and lets everybody in again by steps', async () => {
    await fleet.host()
    await fleet.host()
    await fleet.worker()
    await fleet.worker()
    await fleet.psp.faults({ latencyMs: 30 })
    const before = await fleet.place(40)
    await until('the first are paid', allPlaced(before))
    await fleet.psp.faults({ hangRate: 1, on: ['confirm'] })
    const during = await fleet.place(60)
    await until('it opens', isIn('open'))
    // Where a busy machine lets the first calls run into their timeout before anybody has counted them, they are failures: test/machines/breaker.test.ts has both.
    expect((await fleet.reasons())[0]).to.be.oneOf(['HANGING', 'FAILURES'])
    await until('it tries again', async () => (await fleet.breaker()).context.opens >= 2)
    await until('who called when it died has given up', async () => (await fleet.psp.load()).confirm.inHand <= 1)
    await fleet.psp.load()
    const { opens } = (await fleet.breaker()).context
    await until('and twice more', async () => (await fleet.breaker()).context.opens >= opens + 2)
    expect((await fleet.psp.load()).confirm.most, 'probes at once in the whole fleet').to.equal(1)
    await fleet.psp.faults({ latencyMs: 30 })
    await until('it is closed again', isIn('closed'), 20_000)
    await until('everybody is paid', allPlaced(during), 20_000)
    expect((await fleet.storyOf()).join(' ')).to.match(/^closed open( probing open)+ probing ramping closed$/)
    for (const id of [...before, ...during]) {
      const { payments } = await fleet.psp.ledger(id)
      expect(
        payments.map(({ confirms }) => confirms),
        id,
      ).to.deep.equal([1])
    }
  })

  it('is not opened by a thousand declined cards', async () => {
    await fleet.host()
    await fleet.worker()
    const ids = await fleet.place(0)
    expect(ids).to.deep.equal([])
    await fleet.psp.faults({ errorRate: 1, errorCode: 'REJECT_CARD_COMPANY', on: ['confirm'] })
    const declined = await fleet.place(200)
    await until(
      'all are declined',
      async () => (await Promise.all(declined.map(id => fleet.statusOf(id)))).every(status => status === 'paymentFailed'),
      30_000,
    )
    expect((await fleet.breaker()).state).to.equal('closed')
    expect(await fleet.storyOf()).to.deep.equal(['closed'])
  })

  it('stays as it is when its host is gone: the next one goes on with it', async () => {
    const first = await fleet.host()
    await fleet.worker()
    await fleet.psp.faults({ errorRate: 1, on: ['confirm'] })
    await fleet.place(40)
    await until('it opens', isIn('open'))
    const { version } = await fleet.breaker()
    await fleet.host()
    await first.stop()
    await until('it goes on under another host', async () => (await fleet.breaker()).version > version)
    await fleet.psp.faults({})
    await until('it is closed again', isIn('closed'), 20_000)
  })

  it('takes the word of the first of two operators, then of the second, each with a record of who and why', async () => {
    await fleet.host()
    const worker = await fleet.worker()
    const replies = await Promise.all([
      fleet.ask({ type: 'force', state: 'open', reason: '점검 시작' }, 'ops-1'),
      fleet.ask({ type: 'force', state: 'closed', reason: '이상 없음' }, 'ops-2'),
    ])
    expect(replies.map(({ kind }) => kind)).to.deep.equal(['moved', 'moved'])
    await fleet.ask({ type: 'force', state: 'open', reason: '다시 점검' }, 'ops-1')
    await until('the worker has heard', () => worker.verdicts.of('confirm')?.state === 'open')
    const waiting = await fleet.place(5)
    const { calls } = (await fleet.psp.load()).confirm
    await fleet.ask({ type: 'release', reason: '점검 끝' }, 'ops-1')
    await until('all are paid', allPlaced(waiting))
    expect(calls, 'calls while it was forced open').to.equal(0)
    const history = await fleet.nats.log.history({ kind: 'breaker', id: 'confirm' })
    const words = history
      .filter(({ body }) => body.by.role === 'ops')
      .map(({ body }) => `${body.by.id} ${body.event.type} ${body.event.reason}`)
    expect(words).to.include.members(['ops-1 force 점검 시작', 'ops-2 force 이상 없음', 'ops-1 release 점검 끝'])
  })

  it('leaves a worker that hears nothing to its own eyes, and takes it back', async () => {
    const host = await fleet.host()
    await fleet.worker()
    const version = async () => (await fleet.breaker()).version
    const before = await version()
    host.mute()
    await until('nobody speaks for the fleet any more', () => fleet.silentMs > 5_500)
    await fleet.psp.faults({ errorRate: 1, on: ['confirm'] })
    const ids = await fleet.place(60)
    const calls = async () => (await fleet.psp.load()).confirm.calls
    await until('it has seen enough', async () => (await calls()) >= 20)
    expect(await calls(), 'calls before it leaves the provider alone').to.be.below(60)
    expect(await version()).to.equal(before)
    await fleet.psp.faults({})
    host.speak()
    await until('everybody is paid', allPlaced(ids), 30_000)
  })
})
