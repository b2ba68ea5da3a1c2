import { Link } from 'wouter'
import { useWords } from '../../web/language.tsx'
import { FRAME_WORDS } from './frame-words.ts'
import { Page } from './page.tsx'

/** A path that leads nowhere. */
export const LostPage = () => {
  const words = useWords(FRAME_WORDS)
  return (
    <Page title={words.lost} back="/">
      <div className="page-empty">
        <p>{words.lostText}</p>
        <Link href="/" className="button button-primary button-normal">
          {words.toStores}
        </Link>
      </div>
    </Page>
  )
}
