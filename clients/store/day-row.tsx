import { Field } from '../design/field.tsx'
import { Switch } from '../design/switch.tsx'
import { useLanguage, useWords } from '../web/language.tsx'
import { WEEKDAYS } from './day-label.ts'
import { type DayHours, isAlways, isPastMidnight, USUAL } from './hours.ts'
import { SETTINGS_WORDS } from './settings-words.ts'

interface DayRowProps {
  /** 0: Sunday. */
  readonly weekday: number
  readonly day: DayHours
  readonly onChange: (day: DayHours) => void
}

/** One weekday's hours. */
export const DayRow = ({ weekday, day, onChange }: DayRowProps) => {
  const { hours: words } = useWords(SETTINGS_WORDS)
  const { language } = useLanguage()
  const name = WEEKDAYS[language][weekday] ?? ''
  return (
    <li className="hours-day">
      <Switch aria-label={words.isOpen(name)} isSelected={day !== null} onChange={open => onChange(open ? USUAL : null)}>
        {name}
      </Switch>
      {day === null ? (
        <span className="soft">{words.closed}</span>
      ) : (
        <>
          <Field
            aria-label={words.from(name)}
            label=""
            type="time"
            value={day.open}
            onChange={open => open && onChange({ ...day, open })}
          />
          <span aria-hidden="true">–</span>
          <Field
            aria-label={words.to(name)}
            label=""
            type="time"
            value={day.close}
            onChange={close => close && onChange({ ...day, close })}
          />
          <span className="soft small">{isAlways(day) ? words.always : isPastMidnight(day) ? words.nextDay : ''}</span>
        </>
      )}
    </li>
  )
}
