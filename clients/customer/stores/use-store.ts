import type { SWRResponse } from 'swr'
import type { StoreWithMenu } from '../../../server/contract/stores.ts'
import { useRead } from '../../web/api-context.tsx'

/** Dishes sell out while one looks at them. */
const LOOK_AGAIN_MS = 20_000

/** A store with its menu of now; never another one's, which may still be shown while this one is fetched. @param id undefined: none */
export const useStore = (id: string | undefined): SWRResponse<StoreWithMenu, unknown> => {
  const read = useRead<StoreWithMenu>(id === undefined ? null : `/api/stores/${id}`, { everyMs: LOOK_AGAIN_MS })
  return read.data === undefined || read.data.id === id ? read : { ...read, data: undefined }
}
