import { type Offered, Payers, type PayersParts } from './payers.ts'

/** The crowd, in a process of its own. */
export type PayersQuestion =
  | ({ readonly kind: 'enter' } & PayersParts)
  | { readonly kind: 'rate'; readonly perS: number }
  | { readonly kind: 'end' }

export interface PayersEnded {
  readonly offered: readonly Offered[]
  /** Tickets that were pushed. */
  readonly tickets: number
}

const payers = new Payers()

const answer = async (question: PayersQuestion): Promise<unknown> => {
  switch (question.kind) {
    case 'enter':
      await payers.enter(question)
      return { entered: true }
    case 'rate':
      payers.rate(question.perS)
      return { rate: question.perS }
    case 'end': {
      await payers.end()
      const { offered, tickets } = payers
      return { offered, tickets } satisfies PayersEnded
    }
  }
}

process.on('message', (question: PayersQuestion) => {
  void answer(question).then(reply => process.send?.(reply))
})
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
