import { type PropsWithChildren, type ReactNode, useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { Button } from '../../design/button.tsx'
import { Connection } from '../../web/connection.tsx'
import { useWords } from '../../web/language.tsx'
import { useSession } from '../../web/session-context.tsx'
import { FRAME_WORDS } from './frame-words.ts'
import { ArrowIcon } from './icons.tsx'
import { arrive, hasBefore } from './journey.ts'
import './page.css'

export interface PageProps {
  readonly title: string
  /** Where "back" leads when nobody came from a page of ours; absent: a page of the tab bar, which has no back. */
  readonly back?: string
  /** To the right of the title; absent: the connection, of whoever has one. */
  readonly aside?: ReactNode
}

/** A title that has the focus when one comes here, and what belongs to it. */
export const Page = ({ title, back, aside, children }: PropsWithChildren<PageProps>) => {
  const words = useWords(FRAME_WORDS)
  const { id } = useSession()
  const [, navigate] = useLocation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const how = arrive()
    if (how === 'first') return
    if (how === 'forward') scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [])
  const goBack = (): void => (hasBefore() ? history.back() : navigate(back ?? '/', { replace: true }))
  return (
    <>
      <header className="page-head">
        {back !== undefined && (
          <Button look="bare" aria-label={words.back} onPress={goBack}>
            <ArrowIcon />
          </Button>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <div className="page-aside">{aside ?? (id !== undefined && <Connection />)}</div>
      </header>
      <main className="page">{children}</main>
    </>
  )
}
