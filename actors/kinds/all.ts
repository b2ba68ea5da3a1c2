import { DEFAULT_GRADES, type GradeThresholds } from '../../machines/customer.ts'
import { breakerKind, channelKind, customerKindOf, menuKind, riderKind, storeKind } from './entities.ts'
import type { Kind } from './kind.ts'
import { orderKind } from './order.ts'

/** What a house may decide about its kinds. */
export interface KindSettings {
  readonly grades: GradeThresholds
}

/** Every kind this house knows: the one list of what runs. */
export const kindsOf = ({ grades }: KindSettings): readonly Kind[] => [
  orderKind,
  storeKind,
  menuKind,
  riderKind,
  customerKindOf(grades),
  channelKind,
  breakerKind,
]

export const KINDS = kindsOf({ grades: DEFAULT_GRADES })
