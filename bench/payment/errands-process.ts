import { type Errand, Errands, type ErrandsParts } from './errands.ts'

/** All who have nothing to do with payments, in a process of their own: the crowd must not stand in the way of the watch that is held on them. */
export type ErrandsQuestion =
  | ({ readonly kind: 'enter'; readonly stock: number } & ErrandsParts)
  | { readonly kind: 'rate'; readonly perS: number }
  | { readonly kind: 'end' }

export interface ErrandsEnded {
  readonly done: readonly Errand[]
  readonly orderIds: readonly string[]
  readonly idle: number
}

let errands: Errands | undefined

const answer = async (question: ErrandsQuestion): Promise<unknown> => {
  if (question.kind === 'enter') {
    errands = new Errands(question)
    await errands.enter()
    await errands.layIn(question.stock)
    return { entered: true }
  }
  if (!errands) throw new Error('nobody has entered')
  errands.rate(question.kind === 'rate' ? question.perS : 0)
  if (question.kind === 'rate') return { rate: question.perS }
  await errands.end()
  const { done, orderIds, idle } = errands
  return { done, orderIds, idle } satisfies ErrandsEnded
}

process.on('message', (question: ErrandsQuestion) => {
  void answer(question).then(reply => process.send?.(reply))
})
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
