import { type PropsWithChildren, type ReactNode, StrictMode } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { createRoot } from 'react-dom/client'
import { SWRConfig } from 'swr'
import { Router } from 'wouter'
import { NoticesProvider } from '../design/notices.tsx'
import { LanguageProvider, useLanguage, useWords, type Words } from './language.tsx'
import { LastResort } from './last-resort.tsx'
import { LiveProvider } from './live-context.tsx'
import type { AppRole } from './session.ts'
import { SessionProvider, useSession } from './session-context.tsx'
import { SignIn } from './sign-in.tsx'
import '../design/tokens.css'
import '../design/base.css'

export interface AppParts {
  readonly role: AppRole
  /** Where the app lives: `''` or `/store`. Its own routes are below it. */
  readonly base: string
  /** The name of the browser's tab. */
  readonly title: Words<string>
  /** For whoever is signed in. */
  readonly signedIn: ReactNode
  /** For everybody else; absent: the sign-in. */
  readonly signedOut?: ReactNode
}

const WORDS: Words<{ readonly dismiss: string }> = { ko: { dismiss: '닫기' }, en: { dismiss: 'Dismiss' } }

const Spoken = ({ title, children }: PropsWithChildren<Pick<AppParts, 'title'>>) => {
  const { language } = useLanguage()
  const { dismiss } = useWords(WORDS)
  return (
    <I18nProvider locale={language === 'ko' ? 'ko-KR' : 'en-GB'}>
      <title>{title[language]}</title>
      <NoticesProvider dismiss={dismiss}>{children}</NoticesProvider>
    </I18nProvider>
  )
}

const Door = ({ signedIn, signedOut = <SignIn /> }: Pick<AppParts, 'signedIn' | 'signedOut'>) => {
  const { id } = useSession()
  return id === undefined ? signedOut : <LiveProvider key={id}>{signedIn}</LiveProvider>
}

/** Puts an app on its page, and keeps it there for when there is no network. */
export const startApp = ({ role, base, title, ...doors }: AppParts): void => {
  const root = document.getElementById('root')
  if (!root) throw new Error('the page has no #root')
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider>
        <LastResort>
          <Spoken title={title}>
            <SessionProvider role={role}>
              <SWRConfig value={{ revalidateOnReconnect: true, shouldRetryOnError: true, errorRetryCount: 5 }}>
                <Router base={base}>
                  <Door {...doors} />
                </Router>
              </SWRConfig>
            </SessionProvider>
          </Spoken>
        </LastResort>
      </LanguageProvider>
    </StrictMode>,
  )
  void keepOffline(`${base}/`)
}

/** A browser that cannot, or a page that is not on HTTPS, has no offline shell; the app is the same. */
const keepOffline = async (scope: string): Promise<void> => {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const registration = await navigator.serviceWorker.register('/sw.js', { scope }).catch(() => undefined)
  registration?.active?.postMessage('keep')
}
