import { Link } from 'wouter'
import { useWords } from '../web/language.tsx'
import { SHELL_WORDS } from './shell-words.ts'

export const NoPage = () => {
  const words = useWords(SHELL_WORDS)
  return (
    <main className="page">
      <h1>{words.noPage}</h1>
      <p>
        <Link href="/">{words.toOrders}</Link>
      </p>
    </main>
  )
}
