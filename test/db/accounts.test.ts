import { expect } from 'chai'
import { type AccountRow, Accounts } from '../../server/db/accounts.ts'
import { ReadModel } from './read-model.ts'

const ada: AccountRow = {
  role: 'customer',
  login: 'ada@example.com',
  id: 'c_ada',
  passwordHash: '$argon2id$v=19$m=1,t=1,p=1$x$y',
  name: "Ada 'O' ?",
  createdAt: new Date('2026-03-02T12:00:00.123Z'),
}

describe('accounts', () => {
  it('are found by role and login', async () => {
    await using model = await ReadModel.open('accounts')
    const accounts = new Accounts(model.orm)
    expect(await accounts.addAccount(ada)).to.deep.equal({ kind: 'added' })
    expect(await accounts.findAccount('customer', ada.login)).to.deep.include(ada)
    expect(await accounts.findAccount('rider', ada.login)).to.equal(undefined)
    expect(await accounts.findAccount('customer', 'ADA')).to.equal(undefined)
  })

  it('have one owner for a login, and one login for an id', async () => {
    await using model = await ReadModel.open('accounts')
    const accounts = new Accounts(model.orm)
    const all = await Promise.all(Array.from({ length: 8 }, (_, i) => accounts.addAccount({ ...ada, id: `c_${i}` })))
    expect(all.filter(({ kind }) => kind === 'added')).to.have.length(1)
    expect(await accounts.addAccount({ ...ada, role: 'rider' })).to.deep.equal({ kind: 'added' })
    expect(await accounts.addAccount({ ...ada, role: 'rider', login: 'another' })).to.deep.equal({ kind: 'taken' })
  })

  it('are seeded in bulk, as often as one likes', async () => {
    await using model = await ReadModel.open('accounts')
    const accounts = new Accounts(model.orm)
    const seed = Array.from({ length: 61 }, (_, i): AccountRow => ({ ...ada, login: `customer-${i}`, id: `customer-${i}` }))
    await accounts.upsertAccounts(seed)
    await accounts.upsertAccounts(seed.map(account => ({ ...account, passwordHash: 'new', createdAt: new Date() })))
    const one = await accounts.findAccount('customer', 'customer-60')
    expect(one).to.deep.include({ passwordHash: 'new', createdAt: ada.createdAt })
    await accounts.upsertAccounts([])
  })
})
