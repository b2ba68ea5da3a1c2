import { createContext, type PropsWithChildren, useCallback, useContext, useState } from 'react'
import { Button } from './button.tsx'
import './notices.css'

export interface Notice {
  /** A second one of the same key takes the place of the first. */
  readonly key: string
  readonly tone: 'good' | 'bad' | 'info'
  readonly text: string
}

type Tell = (notice: Notice) => void
const Context = createContext<Tell>(() => undefined)

/** Three at most: an app that shouts is not heard. */
const MOST = 3

/** What somebody should know and need not answer: it is read out, and stays until it is dismissed. */
export const NoticesProvider = ({ dismiss, children }: PropsWithChildren<{ readonly dismiss: string }>) => {
  const [notices, setNotices] = useState<readonly Notice[]>([])
  const tell = useCallback<Tell>(notice => setNotices(shown => [...shown.filter(({ key }) => key !== notice.key), notice].slice(-MOST)), [])
  const drop = (key: string): void => setNotices(shown => shown.filter(notice => notice.key !== key))
  return (
    <Context value={tell}>
      {children}
      <div className="notices" role="status" aria-live="polite">
        {notices.map(({ key, tone, text }) => (
          <div key={key} className={`notice notice-${tone}`}>
            <p>{text}</p>
            <Button look="bare" aria-label={dismiss} onPress={() => drop(key)}>
              ✕
            </Button>
          </div>
        ))}
      </div>
    </Context>
  )
}

export const useTell = (): Tell => useContext(Context)
