import { useCallback } from 'react'
import { useTell } from '../../design/notices.tsx'
import { useWords } from '../../web/language.tsx'
import { usePush } from '../../web/live-context.tsx'
import { FRAME_WORDS } from '../frame/frame-words.ts'
import { ME_WORDS } from './me-words.ts'

/** Tells of a raised grade, on whatever page one is. */
export const GradeNews = () => {
  const { raised } = useWords(FRAME_WORDS)
  const { grades } = useWords(ME_WORDS)
  const tell = useTell()
  usePush(
    'grade',
    useCallback(
      ({ grade, completedOrders }) => tell({ key: 'grade', tone: 'good', text: raised(grades[grade], completedOrders) }),
      [tell, raised, grades],
    ),
  )
  return null
}
