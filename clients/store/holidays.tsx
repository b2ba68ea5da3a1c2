import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { Field } from '../design/field.tsx'
import { useLanguage, useWords } from '../web/language.tsx'
import { dayLabel } from './day-label.ts'
import { SETTINGS_WORDS } from './settings-words.ts'

interface HolidaysProps {
  readonly days: readonly string[]
  readonly onChange: (days: readonly string[]) => void
}

/** Days on which the store does not open, whatever its hours say. */
export const Holidays = ({ days, onChange }: HolidaysProps) => {
  const { hours: words } = useWords(SETTINGS_WORDS)
  const { language } = useLanguage()
  const [day, setDay] = useState('')
  const add = (): void => {
    onChange([...new Set([...days, day])].sort())
    setDay('')
  }
  return (
    <section className="hours-holidays" aria-label={words.holidays}>
      <h3>{words.holidays}</h3>
      {days.length === 0 && <p className="soft">{words.noHolidays}</p>}
      <ul className="hours-chips">
        {days.map(each => (
          <li key={each}>
            <Button
              aria-label={words.removeHoliday(dayLabel(each, language))}
              onPress={() => onChange(days.filter(other => other !== each))}
            >
              {dayLabel(each, language)} ✕
            </Button>
          </li>
        ))}
      </ul>
      <div className="hours-add">
        <Field label={words.holiday} type="date" value={day} onChange={setDay} />
        <Button isDisabled={day === ''} onPress={add}>
          {words.addHoliday}
        </Button>
      </div>
    </section>
  )
}
