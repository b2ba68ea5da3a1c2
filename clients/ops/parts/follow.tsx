import { type PropsWithChildren, useCallback, useEffect, useRef } from 'react'
import { SWRConfig, type SWRConfiguration, useSWRConfig } from 'swr'
import { ApiRefusal } from '../../shared/api.ts'
import { useConnected, usePush } from '../../web/live-context.tsx'
import { ALARMS, BREAKERS, isOf } from './reads.ts'

/** A console is there to show that something is wrong: what could not be asked is asked again until it can. */
const AGAIN_MS = 5_000

const isFinal = (error: unknown): boolean => error instanceof ApiRefusal && error.status < 500 && error.status !== 429

const SETTINGS: SWRConfiguration = {
  onErrorRetry: (error, _key, _config, revalidate, { retryCount }) => {
    if (!isFinal(error)) setTimeout(() => void revalidate({ retryCount }), AGAIN_MS)
  },
}

/** A push says that something has changed, and what is shown of it is asked for anew; so is everything when the line comes back. */
const Pushes = () => {
  const { mutate } = useSWRConfig()
  const connected = useConnected()
  const was = useRef(connected)
  usePush(
    'breaker',
    useCallback(() => void mutate(isOf(BREAKERS)), [mutate]),
  )
  usePush(
    'alarm',
    useCallback(() => void mutate(isOf(ALARMS)), [mutate]),
  )
  useEffect(() => {
    if (connected && !was.current) void mutate(() => true)
    was.current = connected
  }, [connected, mutate])
  return null
}

export const Follow = ({ children }: PropsWithChildren) => (
  <SWRConfig value={SETTINGS}>
    <Pushes />
    {children}
  </SWRConfig>
)
