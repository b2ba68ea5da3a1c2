import { type FormEvent, useState } from 'react'
import type { ProfileView } from '../../server/contract/store-profile.ts'
import { Button } from '../design/button.tsx'
import { Card } from '../design/card.tsx'
import { Field } from '../design/field.tsx'
import { useTell } from '../design/notices.tsx'
import { useCall } from '../web/api-context.tsx'
import { useWords } from '../web/language.tsx'
import { Problem } from '../web/problem.tsx'
import { DayRow } from './day-row.tsx'
import { Holidays } from './holidays.tsx'
import { bodyOf, draftOf, type HoursDraft, isCap, isLead } from './hours.ts'
import { SETTINGS_WORDS } from './settings-words.ts'
import { PROFILE, useStore } from './use-store.ts'
import './hours-form.css'

/** When the store takes orders, and how many. What is being typed is not overwritten by what is heard meanwhile. */
export const HoursForm = ({ profile }: { readonly profile: ProfileView }) => {
  const { hours: words } = useWords(SETTINGS_WORDS)
  const [draft, setDraft] = useState(() => draftOf(profile))
  const { save, busy, problem } = useSave()
  const change = (part: Partial<HoursDraft>): void => setDraft(known => ({ ...known, ...part }))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save(draft)
  }
  return (
    <Card>
      <h2>{words.title}</h2>
      <form className="hours-form" onSubmit={submit}>
        <ul className="hours-days">
          {draft.hours.map((day, weekday) => (
            <DayRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a weekday is its place in the week
              key={weekday}
              weekday={weekday}
              day={day}
              onChange={now => change({ hours: draft.hours.with(weekday, now) })}
            />
          ))}
        </ul>
        <Holidays days={draft.holidays} onChange={holidays => change({ holidays })} />
        <Field
          label={words.lastOrder}
          hint={words.lastOrderHint}
          inputMode="numeric"
          value={draft.lead}
          onChange={lead => change({ lead })}
          problem={isLead(draft.lead) ? undefined : words.badLead}
        />
        <Field
          label={words.cap}
          hint={words.capHint}
          inputMode="numeric"
          value={draft.cap}
          onChange={cap => change({ cap })}
          problem={isCap(draft.cap) ? undefined : words.badCap}
        />
        {problem !== undefined && <Problem error={problem} />}
        <Button type="submit" look="primary" isPending={busy} isDisabled={bodyOf(draft) === undefined}>
          {words.save}
        </Button>
      </form>
    </Card>
  )
}

const useSave = () => {
  const { hours: words } = useWords(SETTINGS_WORDS)
  const call = useCall()
  const tell = useTell()
  const { again } = useStore()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const send = async (draft: HoursDraft): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      await call(PROFILE, { method: 'PUT', body: bodyOf(draft) })
      tell({ key: 'hours', tone: 'good', text: words.saved })
      again()
    } catch (error) {
      setProblem(error)
    }
    setBusy(false)
  }
  return { save: (draft: HoursDraft) => void send(draft), busy, problem }
}
