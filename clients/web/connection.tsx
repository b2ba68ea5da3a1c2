import { useWords, type Words } from './language.tsx'
import { useConnected } from './live-context.tsx'
import './connection.css'

const WORDS: Words<{ readonly on: string; readonly off: string }> = {
  ko: { on: '연결됨', off: '연결 끊김 · 다시 연결하는 중' },
  en: { on: 'Connected', off: 'Offline · reconnecting' },
}

/** Whether what is shown is so. Always there, and read out when it changes. */
export const Connection = () => {
  const connected = useConnected()
  const words = useWords(WORDS)
  return (
    <p className={`connection connection-${connected ? 'on' : 'off'}`} role="status">
      <span aria-hidden="true" className="connection-dot" />
      {connected ? words.on : words.off}
    </p>
  )
}
