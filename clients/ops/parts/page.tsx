import { type ReactNode, useEffect } from 'react'
import { useWords } from '../../web/language.tsx'
import { SHELL_WORDS } from '../shell-words.ts'
import './parts.css'

/** A screen: its name, what can be done with the whole of it, and its parts. */
export const Page = ({ title, aside, children }: { readonly title: string; readonly aside?: ReactNode; readonly children: ReactNode }) => {
  const { name } = useWords(SHELL_WORDS)
  useEffect(() => {
    document.title = `${title} · ${name}`
  }, [title, name])
  return (
    <div className="page">
      <div className="page-top">
        <h1>{title}</h1>
        {aside}
      </div>
      {children}
    </div>
  )
}

/** A part of a screen that stands by itself. */
export const Panel = ({ title, aside, children }: { readonly title: string; readonly aside?: ReactNode; readonly children: ReactNode }) => (
  <section className="panel" aria-label={title}>
    <div className="panel-top">
      <h2>{title}</h2>
      {aside}
    </div>
    {children}
  </section>
)
