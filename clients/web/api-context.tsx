import { useCallback } from 'react'
import useSWR, { type SWRResponse } from 'swr'
import type { SettingsView } from '../../server/contract/settings.ts'
import { Api, ApiRefusal, type Call } from '../shared/api.ts'
import { useLanguage } from './language.tsx'
import { useSession } from './session-context.tsx'

/** Calls of REST as whoever is signed in, or as nobody. @throws ApiRefusal, TypeError */
export const useCall = (): (<Answer>(path: string, call?: Omit<Call, 'token'>) => Promise<Answer>) => {
  const { session, id } = useSession()
  const { language } = useLanguage()
  return useCallback(
    async <Answer,>(path: string, call: Omit<Call, 'token'> = {}): Promise<Answer> => {
      const token = id === undefined ? {} : { token: await session.token() }
      try {
        return await new Api(location.origin, language).call<Answer>(path, { ...call, ...token })
      } catch (error) {
        if (error instanceof ApiRefusal && error.status === 401) session.expire()
        throw error
      }
    },
    [session, id, language],
  )
}

export interface ReadOptions {
  /** Ask again so often; absent: only when the page is looked at again. */
  readonly everyMs?: number
}

/** What a GET answers, kept and shown again while it is asked anew. @param path null: nothing is asked yet */
export const useRead = <Answer,>(path: string | null, { everyMs }: ReadOptions = {}): SWRResponse<Answer, unknown> => {
  const { id } = useSession()
  const { language } = useLanguage()
  const call = useCall()
  return useSWR<Answer, unknown>(path === null ? null : [path, id, language], () => call<Answer>(path ?? ''), {
    keepPreviousData: true,
    ...(everyMs === undefined ? {} : { refreshInterval: everyMs }),
  })
}

/** Undefined until it is known. */
export const useSettings = (): SettingsView | undefined => useRead<SettingsView>('/api/settings').data
