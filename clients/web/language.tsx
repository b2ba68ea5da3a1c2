import { createContext, type PropsWithChildren, useContext, useEffect, useMemo } from 'react'
import { Kept, useKept } from './kept.ts'

export type Language = 'ko' | 'en'
/** The same words twice: English has what Korean has. */
export interface Words<W> {
  readonly ko: W
  readonly en: W
}

interface Spoken {
  readonly language: Language
  speak(language: Language): void
}

const Context = createContext<Spoken>({ language: 'ko', speak: () => undefined })
const keptLanguage = new Kept<Language>('language', 'ko', (read): read is Language => read === 'ko' || read === 'en')

/** Korean, until somebody switches; kept on this device. */
export const LanguageProvider = ({ children }: PropsWithChildren) => {
  const language = useKept(keptLanguage)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const spoken = useMemo((): Spoken => ({ language, speak: chosen => keptLanguage.set(chosen) }), [language])
  return <Context value={spoken}>{children}</Context>
}

export const useLanguage = (): Spoken => useContext(Context)

/** The words of the language that is spoken now. */
export const useWords = <W,>(words: Words<W>): W => words[useLanguage().language]
