import { Button } from '../design/button.tsx'
import { useLanguage } from './language.tsx'

/** Says where it leads, in the language it leads to. */
export const LanguageSwitch = () => {
  const { language, speak } = useLanguage()
  const other = language === 'ko' ? 'en' : 'ko'
  return (
    <Button look="bare" onPress={() => speak(other)}>
      <span lang={other}>{other === 'ko' ? '한국어' : 'English'}</span>
    </Button>
  )
}
