import { createContext, type PropsWithChildren, useCallback, useContext, useEffect, useState } from 'react'
import { Button } from './button.tsx'
import './notices.css'

export interface Notice {
  /** A second one of the same key takes the place of the first. */
  readonly key: string
  readonly tone: 'good' | 'bad' | 'info'
  readonly text: string
  /** Goes by itself after so long: for good news that the page shows as well. */
  readonly forMs?: number
}

type Tell = (notice: Notice) => void
const Context = createContext<Tell>(() => undefined)

/** Three at most: an app that shouts is not heard. */
const MOST = 3

/** What somebody should know and need not answer: it is read out, and stays until it is dismissed. */
export const NoticesProvider = ({ dismiss, children }: PropsWithChildren<{ readonly dismiss: string }>) => {
  const [notices, setNotices] = useState<readonly Notice[]>([])
  const tell = useCallback<Tell>(notice => setNotices(shown => [...shown.filter(({ key }) => key !== notice.key), notice].slice(-MOST)), [])
  const drop = useCallback((key: string) => setNotices(shown => shown.filter(notice => notice.key !== key)), [])
  return (
    <Context value={tell}>
      {children}
      <div className="notices" role="status" aria-live="polite">
        {notices.map(notice => (
          <Shown key={notice.key} notice={notice} dismiss={dismiss} onDrop={drop} />
        ))}
      </div>
    </Context>
  )
}

interface ShownProps {
  readonly notice: Notice
  readonly dismiss: string
  onDrop(key: string): void
}

const Shown = ({ notice, dismiss, onDrop }: ShownProps) => {
  const { key, tone, text, forMs } = notice
  useEffect(() => {
    if (forMs === undefined) return
    const timer = setTimeout(onDrop, forMs, key)
    return () => clearTimeout(timer)
  }, [key, forMs, onDrop])
  return (
    <div className={`notice notice-${tone}`}>
      <p>{text}</p>
      <Button look="bare" aria-label={dismiss} onPress={() => onDrop(key)}>
        ✕
      </Button>
    </div>
  )
}

export const useTell = (): Tell => useContext(Context)
