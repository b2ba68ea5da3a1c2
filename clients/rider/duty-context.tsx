import { createContext, type PropsWithChildren, useContext, useEffect, useMemo, useState } from 'react'
import { useLive } from '../web/live-context.tsx'
import { useSession } from '../web/session-context.tsx'
import { browserLocator } from './browser-locator.ts'
import { Duty, type DutyState } from './duty.ts'
import { useRiderOrders } from './orders-context.tsx'
import { usePreferences } from './preferences.tsx'
import { Sequence } from './sequence.ts'
import { type Tracked, Tracker } from './tracker.ts'
import { useBattery } from './use-battery.ts'

interface AtWork {
  readonly duty: DutyState
  readonly tracked: Tracked
  want(online: boolean): void
  /** Looks for the place anew: the permission may have changed. */
  locateAgain(): void
}

/** The tracker knows by itself what is due; it only has to be woken. */
const TICK_MS = 1_000
/** A switch that the server did not take, though there was a line, is told again. */
const SAY_AGAIN_MS = 5_000

const Context = createContext<AtWork | undefined>(undefined)

/** Whether the rider works, and where he is: shared with the server only while he works and has said yes to it. */
export const DutyProvider = ({ children }: PropsWithChildren) => {
  const live = useLive()
  const { id = '' } = useSession()
  const { consent } = usePreferences()
  const delivering = useRiderOrders().hand.length > 0
  const battery = useBattery()

  const duty = useMemo(() => {
    const made: Duty = new Duty({
      shelf: localStorage,
      name: `baedal duty ${id}`,
      connected: () => live.connected,
      tell: async online => (await live.online(online)).ok,
      changed: () => showDuty(made.state),
    })
    return made
  }, [live, id])
  const [dutyState, showDuty] = useState(duty.state)

  const tracker = useMemo(() => {
    const sequence = new Sequence(localStorage, `baedal positions ${id}`, () => live.serverNow())
    const made: Tracker = new Tracker({
      locator: browserLocator,
      now: Date.now,
      send: async ({ lat, lng, atMs }) => {
        if (!live.connected) return false
        const at = new Date(atMs + live.clock.offsetMs).toISOString()
        return (await live.location({ lat, lng, seq: sequence.next(), at })).ok
      },
      changed: () => showTracked(made.state),
    })
    return made
  }, [live, id])
  const [tracked, showTracked] = useState(tracker.state)

  const sharing = dutyState.wanted && consent
  useEffect(() => {
    if (!sharing) return
    tracker.start()
    return () => tracker.stop()
  }, [tracker, sharing])
  useEffect(() => tracker.live({ delivering, battery }), [tracker, delivering, battery])
  useEffect(
    () =>
      live.on('sync', ({ online }) => {
        duty.synced(online)
        tracker.resend()
      }),
    [live, duty, tracker],
  )
  useEffect(() => {
    const tick = setInterval(() => tracker.tick(), TICK_MS)
    const say = setInterval(() => void duty.say(), SAY_AGAIN_MS)
    return () => {
      clearInterval(tick)
      clearInterval(say)
    }
  }, [tracker, duty])

  const atWork = useMemo(
    () => ({
      duty: dutyState,
      tracked,
      want: (online: boolean) => duty.want(online),
      locateAgain: () => tracker.again(),
    }),
    [duty, dutyState, tracker, tracked],
  )
  return <Context value={atWork}>{children}</Context>
}

export const useDuty = (): AtWork => {
  const atWork = useContext(Context)
  if (!atWork) throw new Error('no DutyProvider around')
  return atWork
}
