import { Card } from '../../design/card.tsx'
import { useWords } from '../../web/language.tsx'
import { Problem } from '../../web/problem.tsx'
import { FRAME_WORDS } from '../frame/frame-words.ts'
import { Loading } from '../frame/loading.tsx'
import { Page } from '../frame/page.tsx'
import { MenuRow } from './menu-row.tsx'
import { StoreState } from './store-state.tsx'
import { STORES_WORDS } from './stores-words.ts'
import { useStore } from './use-store.ts'
import './stores.css'

/** A store and its menu. */
export const StorePage = ({ id }: { readonly id: string }) => {
  const words = useWords(STORES_WORDS)
  const { stores } = useWords(FRAME_WORDS)
  const { data: store, error, mutate } = useStore(id)
  return (
    <Page title={store?.name ?? stores} back="/">
      {error !== undefined && <Problem error={error} onAgain={() => void mutate()} />}
      {store === undefined && error === undefined && <Loading />}
      {store && (
        <>
          <div className="store-card-facts">
            <StoreState store={store} />
            <span className="soft small">{store.address}</span>
          </div>
          {!store.open && (
            <Card tone="alert">
              <p>{words.closedStore}</p>
            </Card>
          )}
          <section className="page-part" aria-label={words.menu}>
            {store.menu.length === 0 && <p className="page-empty">{words.noMenu}</p>}
            <ul className="menu-list">
              {store.menu.map(item => (
                <MenuRow key={item.id} storeId={id} item={item} />
              ))}
            </ul>
          </section>
        </>
      )}
    </Page>
  )
}
