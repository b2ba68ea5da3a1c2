import type { PropsWithChildren } from 'react'
import { Link, useLocation } from 'wouter'
import { Connection } from '../web/connection.tsx'
import { useWords } from '../web/language.tsx'
import { useSession } from '../web/session-context.tsx'
import { useWakeLock } from '../web/use-wake-lock.ts'
import { Alarm } from './alarm.tsx'
import { LostOrders } from './lost-orders.tsx'
import { OfflineBar } from './offline-bar.tsx'
import { PauseControl } from './pause-control.tsx'
import { Refusals } from './refusals.tsx'
import { SHELL_WORDS } from './shell-words.ts'
import { SoundHint } from './sound-hint.tsx'
import { useStore } from './use-store.ts'
import './shell.css'

const PAGES = ['/', '/menu', '/sales', '/settings'] as const

/** What is always there, whatever screen is open: the way around, whether orders come in, and everything that somebody must see to. */
export const Shell = ({ children }: PropsWithChildren) => {
  const words = useWords(SHELL_WORDS)
  const { profile } = useStore()
  const { id = '' } = useSession()
  const [path] = useLocation()
  useWakeLock(true)
  return (
    <div className="shell">
      <header className="shell-top">
        <p className="shell-name">{profile?.name ?? id}</p>
        <nav className="shell-nav" aria-label={words.nav}>
          {PAGES.map(page => (
            <Link key={page} href={page} className="shell-link" aria-current={path === page ? 'page' : undefined}>
              {words.pages[page]}
            </Link>
          ))}
        </nav>
        <PauseControl />
        <Connection />
      </header>
      <div className="shell-bars">
        <OfflineBar />
        <Alarm />
        <SoundHint />
        <Refusals />
        <LostOrders />
      </div>
      {children}
    </div>
  )
}
