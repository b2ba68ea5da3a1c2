import type { ReactNode } from 'react'
import { useWords } from '../../web/language.tsx'
import { Problem } from '../../web/problem.tsx'
import type { Source } from '../now/sources.ts'
import { PARTS_WORDS } from './parts-words.ts'

interface ShownProps<T> {
  readonly of: Source<T> & { mutate(): unknown }
  readonly children: (data: T) => ReactNode
}

/** What was asked for, as soon as it is there. When it can no longer be had, the last of it stays, and is said to be old. */
export const Shown = <T,>({ of: { data, error, mutate }, children }: ShownProps<T>) => {
  const words = useWords(PARTS_WORDS)
  return (
    <>
      {error !== undefined && <Problem error={error} onAgain={() => void mutate()} />}
      {data !== undefined && error !== undefined && <p className="soft small">{words.old}</p>}
      {data === undefined && error === undefined && <p className="soft small">{words.loading}</p>}
      {data !== undefined && children(data)}
    </>
  )
}
