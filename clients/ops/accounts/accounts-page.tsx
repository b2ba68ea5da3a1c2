import { type FormEvent, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { SessionView } from '../../../server/contract/accounts.ts'
import { Button } from '../../design/button.tsx'
import { Field } from '../../design/field.tsx'
import { useTell } from '../../design/notices.tsx'
import { useCall } from '../../web/api-context.tsx'
import { useWords } from '../../web/language.tsx'
import { Choice } from '../parts/choice.tsx'
import { Page, Panel } from '../parts/page.tsx'
import { ReasonDialog } from '../parts/reason-dialog.tsx'
import { ACCOUNT_WORDS } from './account-words.ts'

type Role = SessionView['role']
const ROLES = ['customer', 'store', 'rider', 'ops'] as const
const ID = /^[\w-]{1,64}$/

const roleOf = (text: string | null): Role => ROLES.find(role => role === text) ?? 'customer'

/** `?role=…&id=…` is whom an order has led here for. */
export const AccountsPage = () => {
  const words = useWords(ACCOUNT_WORDS)
  const call = useCall()
  const tell = useTell()
  const [search] = useSearchParams()
  const [role, setRole] = useState<Role>(roleOf(search.get('role')))
  const [given, setGiven] = useState(search.get('id') ?? '')
  const [wrong, setWrong] = useState(false)
  const [asked, setAsked] = useState(false)
  const id = given.trim()
  const ask = (event: FormEvent): void => {
    event.preventDefault()
    setWrong(!ID.test(id))
    setAsked(ID.test(id))
  }
  const signOut = async (reason: string): Promise<void> => {
    await call(`/api/ops/accounts/${role}/${id}/sign-out`, { method: 'POST', body: { reason } })
    tell({ key: `sign-out ${role} ${id}`, tone: 'good', text: words.done(words.roles[role], id) })
  }
  const options = ROLES.map(value => ({ value, text: words.roles[value] }))
  return (
    <Page title={words.title}>
      <Panel title={words.section}>
        <p className="soft small">{words.intro}</p>
        <form className="reason page-fine" onSubmit={ask} noValidate>
          <Choice label={words.role} options={options} value={role} onChange={value => setRole(roleOf(value))} />
          <Field
            label={words.id}
            hint={words.idHint}
            value={given}
            onChange={setGiven}
            problem={wrong && !ID.test(id) ? words.idProblem : undefined}
            autoComplete="off"
            maxLength={64}
          />
          <div>
            <Button type="submit" look="danger">
              {words.act}
            </Button>
          </div>
        </form>
      </Panel>
      {asked && (
        <ReasonDialog title={words.ask(words.roles[role], id)} act={words.act} onClose={() => setAsked(false)} onAct={signOut}>
          <ul>
            {words.effects[role].map(effect => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
        </ReasonDialog>
      )}
    </Page>
  )
}
