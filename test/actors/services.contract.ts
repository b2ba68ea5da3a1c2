import { expect } from 'chai'
import type { Subscription } from '../../actors/log.ts'
import type { Endpoint, Services } from '../../actors/services.ts'

export interface ServicesUnderTest extends AsyncDisposable {
  readonly services: Services
}

const WITHIN_MS = 5_000

/** One suite for every twin of the services. */
export const servicesContract = (name: string, open: () => Promise<ServicesUnderTest>): void => {
  describe(`services (${name})`, () => {
    let under: ServicesUnderTest
    let services: Services
    before(async () => {
      under = await open()
      services = under.services
    })
    after(() => under[Symbol.asyncDispose]())

    const serve = (subject: string, handler: Endpoint['handler']): Promise<Subscription> =>
      services.serve({
        name: 'kitchen',
        id: `kitchen-${subject.replaceAll('.', '-')}`,
        version: '1.0.0',
        description: 'cooks',
        metadata: {},
        now: Date.now,
        endpoints: [{ name: 'cook', subject, handler }],
      })

    it('answer what they are asked', async () => {
      await serve('kitchen.echo', async text => ({ kind: 'answer', body: { heard: JSON.parse(text) } }))
      expect(await services.ask('kitchen.echo', { dish: '라면' }, WITHIN_MS)).to.deep.equal({
        kind: 'answer',
        body: { heard: { dish: '라면' } },
      })
    })

    it('refuse as a value, with status, code and body', async () => {
      const refusal = { kind: 'refused', status: 409, code: 'SOLD_OUT', body: { error: { code: 'SOLD_OUT' } } } as const
      await serve('kitchen.refuse', async () => refusal)
      expect(await services.ask('kitchen.refuse', {}, WITHIN_MS)).to.deep.equal(refusal)
    })

    it('answer a bug as INTERNAL, and go on', async () => {
      let asked = 0
      await serve('kitchen.break', async () => {
        if (++asked === 1) throw new Error('the pan is on fire')
        return { kind: 'answer', body: asked }
      })
      const broken = await services.ask('kitchen.break', {}, WITHIN_MS)
      expect(broken).to.deep.include({ kind: 'refused', status: 500, code: 'INTERNAL' })
      expect(JSON.stringify(broken)).to.not.include('on fire')
      expect(await services.ask('kitchen.break', {}, WITHIN_MS)).to.deep.equal({ kind: 'answer', body: 2 })
    })

    it('tell a subject that nobody serves from one who says nothing', async () => {
      expect(await services.ask('kitchen.nobody', {}, WITHIN_MS)).to.deep.equal({ kind: 'nobody' })
      const { promise, resolve } = Promise.withResolvers<{ readonly kind: 'answer'; readonly body: string }>()
      await serve('kitchen.slow', () => promise)
      expect(await services.ask('kitchen.slow', {}, 20)).to.deep.equal({ kind: 'silent' })
      resolve({ kind: 'answer', body: 'late' })
    })

    it('serve no more once they have stopped', async () => {
      const running = await serve('kitchen.closing', async () => ({ kind: 'answer', body: 'open' }))
      expect(await services.ask('kitchen.closing', {}, WITHIN_MS)).to.deep.equal({ kind: 'answer', body: 'open' })
      await running.stop()
      expect(await services.ask('kitchen.closing', {}, WITHIN_MS)).to.deep.equal({ kind: 'nobody' })
    })
  })
}
