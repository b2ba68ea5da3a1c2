import { type PropsWithChildren, useEffect, useRef } from 'react'
import { Link, useLocation } from 'wouter'
import { Button } from '../design/button.tsx'
import { Connection } from '../web/connection.tsx'
import { useWords } from '../web/language.tsx'
import { LanguageSwitch } from '../web/language-switch.tsx'
import { useSession } from '../web/session-context.tsx'
import { useAlarms } from './parts/reads.ts'
import { SHELL_WORDS } from './shell-words.ts'
import './shell.css'

const SCREENS = [
  ['/', 'now'],
  ['/breakers', 'breakers'],
  ['/dead-letters', 'letters'],
  ['/orders', 'orders'],
  ['/map', 'map'],
  ['/system', 'system'],
  ['/accounts', 'accounts'],
] as const

const isAt = (path: string, location: string): boolean =>
  path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`)

/** What is around every screen. Who goes to another screen by keyboard begins at its head. */
export const Shell = ({ children }: PropsWithChildren) => {
  const words = useWords(SHELL_WORDS)
  const { session, id } = useSession()
  const [location] = useLocation()
  const main = useRef<HTMLElement>(null)
  const was = useRef(location)
  useEffect(() => {
    if (was.current === location) return
    was.current = location
    main.current?.focus()
    scrollTo(0, 0)
  }, [location])
  return (
    <div className="shell">
      <a className="shell-skip" href="#screen">
        {words.skip}
      </a>
      <header className="shell-top">
        <p className="shell-name">{words.name}</p>
        <Unseen />
        <div className="shell-end">
          <Connection />
          <span className="small soft">{id}</span>
          <LanguageSwitch />
          <Button look="bare" onPress={() => void session.signOut()}>
            {words.signOut}
          </Button>
        </div>
      </header>
      <nav className="shell-screens" aria-label={words.screens}>
        <ul>
          {SCREENS.map(([path, name]) => (
            <li key={path}>
              <Link href={path} aria-current={isAt(path, location) ? 'page' : undefined}>
                {words[name]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <main id="screen" ref={main} className="shell-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

/** Wherever the operator is: somebody should ring up a store. */
const Unseen = () => {
  const words = useWords(SHELL_WORDS)
  const { data: alarms = [] } = useAlarms()
  return (
    <div role="status" className="shell-alarms">
      {alarms.length > 0 && <Link href="/">{words.unseen(alarms.length)}</Link>}
    </div>
  )
}
