import { Card } from '../design/card.tsx'
import { phoneNumber } from '../web/format.ts'
import { useWords } from '../web/language.tsx'
import { LanguageSwitch } from '../web/language-switch.tsx'
import { Problem } from '../web/problem.tsx'
import { HoursForm } from './hours-form.tsx'
import { LeaveCard } from './leave-card.tsx'
import { Page } from './page.tsx'
import { PushCard } from './push-card.tsx'
import { SETTINGS_WORDS } from './settings-words.ts'
import { SoundRow } from './sound-row.tsx'
import { useStore } from './use-store.ts'
import './settings-page.css'

export const SettingsPage = () => {
  const words = useWords(SETTINGS_WORDS)
  const { profile, error, again } = useStore()
  return (
    <Page title={words.title}>
      <div className="settings-columns">
        <div className="settings-column">
          {profile === undefined && error === undefined && <p role="status">{words.loading}</p>}
          {profile === undefined && error !== undefined && <Problem error={error} onAgain={again} />}
          {profile && <HoursForm key={profile.id} profile={profile} />}
        </div>
        <div className="settings-column">
          {profile && (
            <Card>
              <h2>{words.store.title}</h2>
              <p className="settings-name">{profile.name}</p>
              <dl className="settings-facts">
                <dt className="soft">{words.store.address}</dt>
                <dd>{profile.address}</dd>
                <dt className="soft">{words.store.phone}</dt>
                <dd className="number">{phoneNumber(profile.phone)}</dd>
              </dl>
            </Card>
          )}
          <Card>
            <h2>{words.tablet.title}</h2>
            <div className="settings-row">
              <span>{words.tablet.language}</span>
              <LanguageSwitch />
            </div>
            <SoundRow />
          </Card>
          <PushCard />
          <LeaveCard />
        </div>
      </div>
    </Page>
  )
}
