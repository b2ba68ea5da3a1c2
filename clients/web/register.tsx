import { type FormEvent, useState } from 'react'
import { Button } from '../design/button.tsx'
import { Card } from '../design/card.tsx'
import { Field } from '../design/field.tsx'
import { useWords } from './language.tsx'
import { Problem } from './problem.tsx'
import type { Registration } from './session.ts'
import { useSession } from './session-context.tsx'
import { SIGN_IN_WORDS } from './sign-in-words.ts'

const NOTHING: Registration = { login: '', password: '', name: '', phone: '' }

/** A new account of a customer or a rider; signed in when it is made. */
export const Register = ({ role, onBack }: { readonly role: 'customer' | 'rider'; readonly onBack: () => void }) => {
  const { session } = useSession()
  const words = useWords(SIGN_IN_WORDS)
  const [given, setGiven] = useState(NOTHING)
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const take = (field: keyof Registration) => (value: string) => setGiven(shown => ({ ...shown, [field]: value }))
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setProblem(undefined)
    await session.register(role, given).catch(setProblem)
    setBusy(false)
  }
  return (
    <Card>
      <form className="sign-in-form" onSubmit={event => void submit(event)}>
        {problem !== undefined && <Problem error={problem} />}
        <Field label={words.login} hint={words.loginHint} value={given.login} onChange={take('login')} autoComplete="username" isRequired />
        <Field
          label={words.password}
          hint={words.passwordHint}
          type="password"
          minLength={8}
          value={given.password}
          onChange={take('password')}
          autoComplete="new-password"
          isRequired
        />
        <Field label={words.name} value={given.name} onChange={take('name')} autoComplete="name" isRequired />
        <Field
          label={words.phone}
          hint={words.phoneHint}
          inputMode="numeric"
          pattern="0\d{8,10}"
          value={given.phone}
          onChange={take('phone')}
          autoComplete="tel-national"
          isRequired
        />
        <Button type="submit" look="primary" wide isPending={busy}>
          {words.register}
        </Button>
      </form>
      <Button look="bare" onPress={onBack}>
        {words.back}
      </Button>
    </Card>
  )
}
