import { customerMachine } from '../../machines/customer.ts'
import { menuMachine } from '../../machines/menu.ts'
import { riderMachine } from '../../machines/rider.ts'
import { storeMachine } from '../../machines/store.ts'
import { defineKind } from './define.ts'
import type { Kind } from './kind.ts'

const entity = (name: string, machine: Parameters<typeof defineKind>[0]['machine']): Kind =>
  defineKind({ name, machine, stream: 'ENTITIES', creates: 'register' })

export const storeKind = entity('store', storeMachine)
/** Registered with its store and under the store's id. */
export const menuKind = entity('menu', menuMachine)
export const riderKind = entity('rider', riderMachine)
export const customerKind = entity('customer', customerMachine)
