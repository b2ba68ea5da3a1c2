import { useState } from 'react'
import type { StoreStatusBody } from '../../server/contract/stores.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { useCall } from '../web/api-context.tsx'
import { clockTime, dayAndTime } from '../web/format.ts'
import { useLanguage, useWords } from '../web/language.tsx'
import { useLive } from '../web/live-context.tsx'
import { Problem } from '../web/problem.tsx'
import { minutesUntilTomorrow, wishAt } from './pause.ts'
import { PAUSE_WORDS } from './pause-words.ts'
import { useTick } from './tick.tsx'
import { useStore } from './use-store.ts'
import './pause-control.css'

const PAUSES = [15, 30, 60] as const
/** What ends within so much is told by the clock alone. */
const SOON_MS = 12 * 3_600_000

/** Whether the store takes orders, always in sight, and the switch for it. */
export const PauseControl = () => {
  const words = useWords(PAUSE_WORDS)
  const { language } = useLanguage()
  const { profile, store } = useStore()
  const [isOpen, setOpen] = useState(false)
  const wish = useTick(nowMs => (profile === undefined ? 'unknown' : wishAt(profile, nowMs)))
  const soon = useTick(nowMs => Date.parse(profile?.pausedUntil ?? '') - nowMs < SOON_MS)
  const until = profile?.pausedUntil === undefined ? '' : (soon ? clockTime : dayAndTime)(profile.pausedUntil, language)
  const outOfHours = wish === 'open' && store?.open === false && store.paused !== true
  const told = {
    unknown: words.unknown,
    open: outOfHours ? words.outOfHours : words.open,
    paused: words.paused(until),
    closed: words.closed,
  }[wish]
  return (
    <>
      <Button size="large" isDisabled={wish === 'unknown'} onPress={() => setOpen(true)}>
        <span aria-hidden="true" className={`pause-dot pause-dot-${wish === 'open' && !outOfHours ? 'on' : 'off'}`} />
        {told}
      </Button>
      {isOpen && wish !== 'unknown' && <PauseDialog isPaused={wish !== 'open'} outOfHours={outOfHours} onClose={() => setOpen(false)} />}
    </>
  )
}

interface PauseDialogProps {
  readonly isPaused: boolean
  readonly outOfHours: boolean
  readonly onClose: () => void
}

const PauseDialog = ({ isPaused, outOfHours, onClose }: PauseDialogProps) => {
  const words = useWords(PAUSE_WORDS)
  const live = useLive()
  const { profile } = useStore()
  const { say, busy, problem } = useSay(onClose)
  const { language } = useLanguage()
  const nowMs = live.serverNow()
  const tomorrow = profile && minutesUntilTomorrow(profile, nowMs)
  return (
    <Dialog title={isPaused ? words.titleOpen : words.title} isOpen onClose={onClose}>
      {problem !== undefined && <Problem error={problem} />}
      <p>{isPaused ? words.opens : outOfHours ? words.hours : words.why}</p>
      <div className="pause-choices">
        {isPaused ? (
          <Button look="primary" size="large" isPending={busy} onPress={() => say({ open: true })}>
            {words.openNow}
          </Button>
        ) : (
          <>
            {PAUSES.map(minutes => (
              <Button key={minutes} size="large" isPending={busy} onPress={() => say({ open: false, forMinutes: minutes })}>
                {words.minutes(minutes)}
              </Button>
            ))}
            {tomorrow !== undefined && (
              <Button size="large" isPending={busy} onPress={() => say({ open: false, forMinutes: tomorrow })}>
                {words.tomorrow(dayAndTime(nowMs + tomorrow * 60_000, language))}
              </Button>
            )}
            <Button size="large" isPending={busy} onPress={() => say({ open: false })}>
              {words.untilTold}
            </Button>
          </>
        )}
      </div>
      <div className="dialog-acts">
        <Button look="bare" onPress={onClose}>
          {words.back}
        </Button>
      </div>
    </Dialog>
  )
}

/** Said at once or not at all: a pause that is sent ten minutes later is not what anybody wanted. */
const useSay = (onDone: () => void) => {
  const call = useCall()
  const { again } = useStore()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const say = async (body: StoreStatusBody): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      await call('/api/stores/me/status', { method: 'PUT', body })
      again()
      onDone()
    } catch (error) {
      setProblem(error)
    }
    setBusy(false)
  }
  return { say: (body: StoreStatusBody) => void say(body), busy, problem }
}
