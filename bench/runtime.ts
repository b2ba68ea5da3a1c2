import type { Figures } from './report.ts'
import type { BenchFlags } from './run.ts'
import { measureFailover } from './runtime/failover.ts'
import { measureLevels } from './runtime/levels.ts'
import { measureMillion } from './runtime/million.ts'
import { openPlace } from './runtime/place.ts'
import { PRESS_STREAMS } from './runtime/press.ts'
import { measureRaw } from './runtime/raw.ts'
import { measureResidents } from './runtime/residents.ts'
import { measureTimers } from './runtime/timers.ts'

/**
 * The runtime: durable transitions by the second at 1, 64, 256 and 1,024 callers and what they are worth beside the raw log, loading, memory,
 * timers, and the loss of a host. Everything runs here, the load included, and each acknowledged write is on disk.
 */
export const bench = async ({ quick, million }: BenchFlags): Promise<Figures> => {
  const figures: Record<string, number> = {}
  // Each measurement has a log of its own, so that none pays for what another left behind.
  Object.assign(
    figures,
    await onFreshLog(async url => measureLevels(url, await measureRaw(url, quick), quick)),
    await onFreshLog(url => measureResidents(url, quick)),
    await onFreshLog(url => measureFailover(url, quick)),
    await onFreshLog(url => measureTimers(url, quick)),
  )
  if (million) Object.assign(figures, await onFreshLog((_, place) => measureMillion(place, quick)))
  return figures
}

const onFreshLog = async (measure: (url: string, place: Awaited<ReturnType<typeof openPlace>>) => Promise<Figures>): Promise<Figures> => {
  await using place = await openPlace(PRESS_STREAMS)
  return await measure(place.url, place)
}
