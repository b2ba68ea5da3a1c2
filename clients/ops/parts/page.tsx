import type { ReactNode } from 'react'
import './parts.css'

/** A screen: its name, what can be done with the whole of it, and its parts. */
export const Page = ({ title, aside, children }: { readonly title: string; readonly aside?: ReactNode; readonly children: ReactNode }) => (
  <div className="page">
    <div className="page-top">
      <h1>{title}</h1>
      {aside}
    </div>
    {children}
  </div>
)

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
