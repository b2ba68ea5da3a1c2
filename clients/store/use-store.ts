import type { ProfileView } from '../../server/contract/store-profile.ts'
import type { StoreView } from '../../server/contract/stores.ts'
import { useRead } from '../web/api-context.tsx'
import { useSession } from '../web/session-context.tsx'

/** Another tablet may pause the store, and its hours open and close it: nobody tells a tablet of that, so it asks. */
const AGAIN_MS = 15_000

export const PROFILE = '/api/stores/me/profile'

export interface OwnStore {
  /** What the store has said about itself; undefined until it is known. */
  readonly profile: ProfileView | undefined
  /** As customers see it, by its hours, too. */
  readonly store: StoreView | undefined
  readonly error: unknown
  /** Asks again at once. */
  readonly again: () => void
}

/** The store of whoever is signed in. */
export const useStore = (): OwnStore => {
  const { id = '' } = useSession()
  const profile = useRead<ProfileView>(PROFILE, { everyMs: AGAIN_MS })
  const store = useRead<StoreView>(`/api/stores/${id}`, { everyMs: AGAIN_MS })
  return {
    profile: profile.data,
    store: store.data,
    error: profile.error,
    again: () => {
      void profile.mutate()
      void store.mutate()
    },
  }
}
