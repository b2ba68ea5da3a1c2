import { Link } from 'wouter'
import type { NearStoreView } from '../../../server/contract/stores.ts'
import { distance } from '../../web/format.ts'
import { StoreState } from './store-state.tsx'

/** One store of the list; all of it leads to its menu. */
export const StoreCard = ({ store }: { readonly store: NearStoreView }) => (
  <li>
    <Link href={`/stores/${store.id}`} className={`store-card${store.open ? '' : ' store-card-closed'}`}>
      <span className="store-card-mark" aria-hidden="true">
        {store.name.slice(0, 1)}
      </span>
      <span className="store-card-text">
        <strong>{store.name}</strong>
        <span className="store-card-facts">
          <StoreState store={store} />
          <span className="soft small number">{distance(store.distanceM)}</span>
        </span>
      </span>
    </Link>
  </li>
)
