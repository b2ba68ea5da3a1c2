import { useWords } from '../../web/language.tsx'
import { FRAME_WORDS } from './frame-words.ts'

/** Something is on its way. */
export const Loading = () => {
  const { loading } = useWords(FRAME_WORDS)
  return (
    <p className="page-empty soft" role="status">
      {loading}
    </p>
  )
}
