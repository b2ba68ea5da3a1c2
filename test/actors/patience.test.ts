import { TimeoutError } from '@nats-io/transport-node'
import { expect } from 'chai'
import { patiently } from '../../actors/nats/patience.ts'

describe('a question to JetStream', () => {
  it('is asked again while nobody answers', async () => {
    let asked = 0
    const answer = await patiently(async () => {
      if (++asked < 3) throw new TimeoutError()
      return 'here'
    })
    expect([answer, asked]).to.deep.equal(['here', 3])
  })

  it('is not asked again when the answer is no', async () => {
    let asked = 0
    const refused = await patiently(async () => {
      asked++
      throw new Error('not like this')
    }).catch((error: Error) => error.message)
    expect([refused, asked]).to.deep.equal(['not like this', 1])
  })
})
