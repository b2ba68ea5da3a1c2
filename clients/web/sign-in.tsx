import { type FormEvent, useState } from 'react'
import { Button } from '../design/button.tsx'
import { Card } from '../design/card.tsx'
import { Field } from '../design/field.tsx'
import { useSettings } from './api-context.tsx'
import { useWords } from './language.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { Problem } from './problem.tsx'
import { Register } from './register.tsx'
import { useSession } from './session-context.tsx'
import { SIGN_IN_WORDS } from './sign-in-words.ts'
import './sign-in.css'

/** The password of every demo account; the server says whether there are any. */
const DEMO_PASSWORD = 'demo'

/** The door of an app. In a demo one tap is enough. */
export const SignIn = () => {
  const { role, session } = useSession()
  const words = useWords(SIGN_IN_WORDS)
  const settings = useSettings()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [registering, setRegistering] = useState(false)

  const enter = async (name: string, secret: string): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    await session.signIn(role, name, secret).catch(setProblem)
    setBusy(false)
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void enter(login, password)
  }
  return (
    <main className="sign-in">
      <div className="sign-in-top">
        <h1>{words.title[role]}</h1>
        <LanguageSwitch />
      </div>
      {problem !== undefined && <Problem error={problem} />}
      {registering && (role === 'customer' || role === 'rider') ? (
        <Register role={role} onBack={() => setRegistering(false)} />
      ) : (
        <Card>
          <form className="sign-in-form" onSubmit={submit}>
            <Field label={words.login} value={login} onChange={setLogin} autoComplete="username" isRequired />
            <Field
              label={words.password}
              type="password"
              value={password}
              onChange={setPassword}
              autoComplete="current-password"
              isRequired
            />
            <Button type="submit" look="primary" wide isPending={busy}>
              {words.enter}
            </Button>
          </form>
          {(role === 'customer' || role === 'rider') && (
            <Button look="bare" onPress={() => setRegistering(true)}>
              {words.register}
            </Button>
          )}
        </Card>
      )}
      {settings?.demo && (
        <Card>
          <p className="soft">{words.demo}</p>
          <Button wide isPending={busy} onPress={() => void enter(`${role}-1`, DEMO_PASSWORD)}>
            {words.enterDemo(`${role}-1`)}
          </Button>
        </Card>
      )}
    </main>
  )
}
