import type { PropsWithChildren, ReactNode } from 'react'

interface PageProps {
  readonly title: string
  /** Beside the title. */
  readonly aside?: ReactNode
}

/** A screen that scrolls as a whole. */
export const Page = ({ title, aside, children }: PropsWithChildren<PageProps>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard, also when nothing in it can be focused
  <main className="page-scroll" tabIndex={0}>
    <div className="page">
      <div className="page-top">
        <h1>{title}</h1>
        {aside}
      </div>
      {children}
    </div>
  </main>
)
