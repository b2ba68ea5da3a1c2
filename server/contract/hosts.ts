import { z } from 'zod'
import { textField } from './fields.ts'
import type { Told } from './told.ts'

const drain = {
  host: z.string(),
  at: z.string().describe('ISO 8601 UTC.'),
  by: z.string().describe('Who wanted it: `ops/ops-1`.'),
  why: z.string(),
  forced: z.boolean().describe('It was the only host, and was made to leave all the same.'),
}

/** `GET /api/ops/hosts`. */
export const hostView = z.object({
  host: z.string().describe('Its name, which it has for this life only.'),
  since: z.string().optional().describe('When it took its place; absent for a host of an earlier release.'),
  machine: z.string().optional().describe('Where its process runs.'),
  pid: z.number().int().optional(),
  kinds: z.array(z.string()).describe('The kinds of actors that it hosts.'),
  shards: z.array(z.number().int()).describe('The shards it answers for, ascending.'),
})
export const hostsView = z.object({
  shards: z.number().int().describe('How many there are in all.'),
  hosts: z.array(hostView).describe('Those alive, by name. None: orders are taken, and wait.'),
  drains: z.array(z.object(drain)).describe('The newest 20 hosts that operators made leave, newest first.'),
})
export type HostsView = Told<z.output<typeof hostsView>>

/** `POST /api/ops/hosts/{host}/drain`. */
export const drainBody = z.object({
  reason: textField(200).describe('Kept with who wanted it.'),
  force: z.boolean().default(false).describe('Even when it is the only one.'),
})
export type DrainBody = z.output<typeof drainBody>

export const drainView = z.object(drain)
export type DrainView = Told<z.output<typeof drainView>>
