import { expect } from 'chai'
import { addressOf } from '../../server/gateway/address-of.ts'
import { HeadCount } from '../../server/sockets/head-count.ts'

describe('the count of sockets', () => {
  it('is bounded by account and by address, and gives back what is closed', () => {
    const heads = new HeadCount({ perAccount: 2, perAddress: 3 })
    const enter = (account: string, address: string) => heads.enter({ account, address })
    const first = enter('customer/1', 'a')
    expect([enter('customer/1', 'b'), enter('customer/1', 'c')].map(left => left !== undefined)).to.deep.equal([true, false])
    expect(['2', '3', '4'].map(id => enter(`customer/${id}`, 'a') !== undefined)).to.deep.equal([true, true, false])
    first?.()
    first?.() // twice is once
    expect(enter('customer/1', 'a')).not.to.equal(undefined)
    expect(enter('customer/1', 'a')).to.equal(undefined)
  })
})

describe('the address of a client', () => {
  const request = (forwarded?: string) => ({
    socket: { remoteAddress: '10.0.0.1' },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  })

  it('is the connection’s own without proxies, whatever the client writes', () => {
    expect(addressOf(request('6.6.6.6'), 0)).to.equal('10.0.0.1')
  })

  it('is what the outermost proxy of ours saw', () => {
    expect(addressOf(request('6.6.6.6, 198.51.100.1'), 1)).to.equal('198.51.100.1')
    expect(addressOf(request('6.6.6.6, 198.51.100.1, 10.0.0.2'), 2)).to.equal('198.51.100.1')
    expect(addressOf(request(), 1)).to.equal('10.0.0.1')
  })
})
