import { createContext, type PropsWithChildren, useContext, useEffect, useMemo, useState } from 'react'

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

const KEY = 'baedal language'
const Context = createContext<Spoken>({ language: 'ko', speak: () => undefined })

const kept = (): Language => (localStorage.getItem(KEY) === 'en' ? 'en' : 'ko')

/** Korean, until somebody switches; kept on this device. */
export const LanguageProvider = ({ children }: PropsWithChildren) => {
  const [language, speak] = useState(kept)
  useEffect(() => {
    document.documentElement.lang = language
    localStorage.setItem(KEY, language)
  }, [language])
  const spoken = useMemo(() => ({ language, speak }), [language])
  return <Context value={spoken}>{children}</Context>
}

export const useLanguage = (): Spoken => useContext(Context)

/** The words of the language that is spoken now. */
export const useWords = <W,>(words: Words<W>): W => words[useLanguage().language]
