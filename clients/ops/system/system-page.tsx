import { useWords } from '../../web/language.tsx'
import { Page } from '../parts/page.tsx'
import { Charts } from './charts.tsx'
import { Hosts } from './hosts.tsx'
import { Lags } from './lags.tsx'
import { Suspension } from './suspension.tsx'
import { SYSTEM_WORDS } from './system-words.ts'
import './system.css'

export const SystemPage = () => {
  const words = useWords(SYSTEM_WORDS)
  return (
    <Page title={words.title}>
      <Charts />
      <Hosts />
      <div className="system-pair">
        <Lags />
        <Suspension />
      </div>
    </Page>
  )
}
