import { expect } from 'chai'
import { type GatewayHouse, openGateway } from './gateway-house.ts'

describe('the search among stores over HTTP', () => {
  let house: GatewayHouse
  beforeEach(async () => {
    house = await openGateway()
  })
  afterEach(() => house[Symbol.asyncDispose]())

  const near = (q?: string) =>
    house.call('GET', `/api/stores?lat=37.5&lng=127.03&radiusM=20000${q === undefined ? '' : `&q=${encodeURIComponent(q)}`}`)

  it('answers as the list does, with fewer stores', async () => {
    const all = (await near()).body
    expect(all).to.have.length(2)
    expect((await near('야식')).body).to.deep.equal(all.filter(({ id }: { id: string }) => id === 'store-2'))
    expect((await near('없는 이름')).body).to.deep.equal([])
    for (const q of ['', ' ', 'x'.repeat(51)]) expect((await near(q)).body.error?.code, q).to.equal('INVALID')
  })

  it('is away while the database is; the list is not', async () => {
    house.reads.down = true
    const { status, body } = await near('야식')
    expect([status, body.error.code]).to.deep.equal([503, 'READ_MODEL_UNAVAILABLE'])
    expect((await near()).body).to.have.length(2)
  })
})
