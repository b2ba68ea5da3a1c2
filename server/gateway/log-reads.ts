import type { Address } from '../../actors/address.ts'
import type { Log, Stored } from '../../actors/log.ts'
import type { ActorRecord } from '../../actors/record.ts'
import { failsAs } from '../contract/errors.ts'

/** A log that cannot be read is no bug of ours: a client may try again. */
const silent = failsAs('LOG_UNAVAILABLE')

/** @throws ApiError LOG_UNAVAILABLE */
export const latestOf = (log: Log, address: Address): Promise<Stored<ActorRecord> | undefined> => log.latest(address).catch(silent)

/** Oldest first, as far back as the log keeps them. @throws ApiError LOG_UNAVAILABLE */
export const historyOf = (log: Log, address: Address): Promise<Stored<ActorRecord>[]> => log.history(address).catch(silent)

/** The record that an actor's answer speaks of. Mostly the newest; undefined when the log has let go of it. @throws ApiError LOG_UNAVAILABLE */
export const recordOf = async (log: Log, address: Address, version: number): Promise<Stored<ActorRecord> | undefined> => {
  const newest = await latestOf(log, address)
  if (newest?.body.version === version) return newest
  return (await historyOf(log, address)).find(({ body }) => body.version === version)
}
