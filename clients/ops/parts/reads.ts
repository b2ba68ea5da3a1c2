import type { SWRResponse } from 'swr'
import type { BreakerChangeView, BreakerView } from '../../../server/contract/breakers.ts'
import type { HostsView } from '../../../server/contract/hosts.ts'
import type { NotificationsView } from '../../../server/contract/notifications.ts'
import type { AlarmView } from '../../../server/contract/ops.ts'
import type { LagView, OpenOrdersView, WaitingRoomView } from '../../../server/contract/watch.ts'
import { useRead } from '../../web/api-context.tsx'
import type { LetterPage } from '../now/sources.ts'

type Read<T> = SWRResponse<T, unknown>

/** Where the pushes of the same name are asked for, as well. */
export const BREAKERS = '/api/ops/breakers'
export const ALARMS = '/api/ops/alarms'

/** What operators watch, each asked for as often as it moves, wherever it is shown: two that show the same ask once. */
export const useBreakers = (): Read<readonly BreakerView[]> => useRead(BREAKERS, { everyMs: 15_000 })
export const useBreakerHistory = (name: string): Read<readonly BreakerChangeView[]> =>
  useRead(`${BREAKERS}/${name}/history`, { everyMs: 30_000 })
export const useAlarms = (): Read<readonly AlarmView[]> => useRead(ALARMS, { everyMs: 5_000 })
export const useWaitingRoom = (): Read<WaitingRoomView> => useRead('/api/ops/waiting-room', { everyMs: 2_000 })
export const useOpenOrders = (): Read<OpenOrdersView> => useRead('/api/ops/open-orders', { everyMs: 4_000 })
export const useLag = (): Read<LagView> => useRead('/api/ops/lag', { everyMs: 4_000 })
export const useHosts = (): Read<HostsView> => useRead('/api/ops/hosts', { everyMs: 5_000 })
export const useMessages = (): Read<NotificationsView> => useRead('/api/ops/notifications', { everyMs: 15_000 })
export const useLetters = (): Read<LetterPage> => useRead('/api/ops/dead-letters?limit=100', { everyMs: 10_000 })

/** What was asked for at this path, or below it. */
export const isOf =
  (path: string) =>
  (key: unknown): boolean =>
    Array.isArray(key) && typeof key[0] === 'string' && key[0].startsWith(path)

/** Readers of the log by how far they are behind. */
export const furthestFirst = (readers: LagView['readers']): LagView['readers'] =>
  readers.toSorted((a, b) => b.behind - a.behind || a.reader.localeCompare(b.reader))
