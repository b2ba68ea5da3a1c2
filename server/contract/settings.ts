import { z } from 'zod'

/** `GET /api/settings`: what an app has to know before anybody has signed in. */
export const settingsView = z.object({
  payment: z
    .discriminatedUnion('provider', [
      z.object({ provider: z.literal('standIn').describe('Payment keys that begin with pk_test_ are good.') }),
      z.object({ provider: z.literal('toss'), clientKey: z.string().describe('For the payment widget of Toss.') }),
      z.object({ provider: z.literal('none').describe('No key was given: orders can be placed, and paid elsewhere.') }),
    ])
    .describe('Where the customer’s browser gets its payment key from.'),
  map: z.object({ style: z.string().optional().describe('A style for MapLibre; absent: the apps draw their own.') }),
  demo: z.boolean().describe('The demo accounts are there: customer-1, store-1, rider-1, ops-1 …, password demo.'),
})
export type SettingsView = z.output<typeof settingsView>
