import { Button } from '../design/button.tsx'
import { useLanguage, useWords, type Words } from './language.tsx'
import { problemText } from './problem-text.ts'
import './problem.css'

const WORDS: Words<{ readonly again: string }> = { ko: { again: '다시 시도' }, en: { again: 'Try again' } }

/** A part of a page that could not be had, and the way to try again. */
export const Problem = ({ error, onAgain }: { readonly error: unknown; readonly onAgain?: () => void }) => {
  const { language } = useLanguage()
  const words = useWords(WORDS)
  return (
    <div className="problem" role="alert">
      <p>{problemText(error, language)}</p>
      {onAgain && <Button onPress={onAgain}>{words.again}</Button>}
    </div>
  )
}
