import { customerKind, menuKind, riderKind, storeKind } from './entities.ts'
import type { Kind } from './kind.ts'
import { orderKind } from './order.ts'

/** Every kind this house knows: the one list of what runs. */
export const KINDS: readonly Kind[] = [orderKind, storeKind, menuKind, riderKind, customerKind]
