import { useEffect, useState } from 'react'
import type { NearStoreView } from '../../../server/contract/stores.ts'
import { Button } from '../../design/button.tsx'
import { Field } from '../../design/field.tsx'
import { useRead } from '../../web/api-context.tsx'
import { useKept } from '../../web/kept.ts'
import { useWords } from '../../web/language.tsx'
import { LanguageSwitch } from '../../web/language-switch.tsx'
import { Problem } from '../../web/problem.tsx'
import { useSession } from '../../web/session-context.tsx'
import { Loading } from '../frame/loading.tsx'
import { Page } from '../frame/page.tsx'
import { AddressBar } from './address-bar.tsx'
import { keptPlace } from './kept-place.ts'
import { FAR_M, NEAR_M, nearPath, openFirst } from './near.ts'
import { StoreCard } from './store-card.tsx'
import { STORES_WORDS } from './stores-words.ts'
import './stores.css'

/** A search begins when the typing rests for so long; stores open and close every minute. */
const TYPING_MS = 250
const LOOK_AGAIN_MS = 60_000

const useRested = (text: string): string => {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(setRested, TYPING_MS, text)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}

/** The stores around the address. */
export const StoresPage = () => {
  const words = useWords(STORES_WORDS)
  const { id } = useSession()
  const place = useKept(keptPlace)
  const [typed, setTyped] = useState('')
  const [radiusM, setRadius] = useState(NEAR_M)
  const q = useRested(typed).trim()
  const { data, error, mutate } = useRead<readonly NearStoreView[]>(nearPath(place, radiusM, q), { everyMs: LOOK_AGAIN_MS })
  return (
    <Page title={words.title} {...(id === undefined ? { aside: <LanguageSwitch /> } : {})}>
      <AddressBar />
      <search>
        <Field label={words.search} type="search" placeholder={words.searchHint} value={typed} onChange={setTyped} maxLength={50} />
      </search>
      <section className="page-part" aria-label={words.list}>
        {error !== undefined && <Problem error={error} onAgain={() => void mutate()} />}
        {data === undefined && error === undefined && <Loading />}
        <ul className="store-list">
          {openFirst(data ?? []).map(store => (
            <StoreCard key={store.id} store={store} />
          ))}
        </ul>
        {data?.length === 0 && (
          <div className="page-empty" role="status">
            <p>{q === '' ? words.none : words.noneFor(q)}</p>
            {radiusM < FAR_M && <Button onPress={() => setRadius(FAR_M)}>{words.wider}</Button>}
          </div>
        )}
      </section>
    </Page>
  )
}
