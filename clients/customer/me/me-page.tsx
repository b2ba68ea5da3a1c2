import type { CustomerView } from '../../../server/contract/customers.ts'
import { Card } from '../../design/card.tsx'
import { useRead } from '../../web/api-context.tsx'
import { useWords } from '../../web/language.tsx'
import { LanguageSwitch } from '../../web/language-switch.tsx'
import { Problem } from '../../web/problem.tsx'
import { Loading } from '../frame/loading.tsx'
import { Page } from '../frame/page.tsx'
import { AccountCard } from './account-card.tsx'
import { GradeCard } from './grade-card.tsx'
import { ME_WORDS } from './me-words.ts'
import { MessagesCard } from './messages-card.tsx'

/** An order that was just confirmed is counted a moment later. */
const LOOK_AGAIN_MS = 5_000

/** Who one is to the house, and how one wants to be told. */
export const MePage = () => {
  const words = useWords(ME_WORDS)
  const { data: profile, error, mutate } = useRead<CustomerView>('/api/customers/me', { everyMs: LOOK_AGAIN_MS })
  return (
    <Page title={profile ? words.hello(profile.name) : words.title}>
      {error !== undefined && <Problem error={error} onAgain={() => void mutate()} />}
      {!profile && error === undefined && <Loading />}
      {profile && <GradeCard profile={profile} />}
      {profile && <MessagesCard messages={profile.messages} onChanged={mutate} />}
      <Card>
        <div className="page-row">
          <h2>{words.language}</h2>
          <LanguageSwitch />
        </div>
      </Card>
      <AccountCard />
    </Page>
  )
}
