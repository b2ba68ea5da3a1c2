import { ApiError } from '../contract/errors.ts'
import { parse } from '../contract/parse.ts'
import { nearQuery } from '../contract/stores.ts'
import { shownMenuOf, storeViewOf } from '../gateway/catalogue.ts'
import { type Door, resource } from './resource.ts'

/** Anyone may look around. */
export const catalogueRoutes = ({ app, services: { catalogue, storeNames } }: Door): void => {
  resource(app, '/api/stores', {
    get: async (req, res) => {
      const { lat, lng, radiusM, q } = parse(nearQuery, req.query)
      const named = q === undefined ? undefined : await storeNames.search({ q, lat, radiusM })
      res.json(catalogue.near({ lat, lng }, radiusM, named))
    },
  })
  resource(app, '/api/stores/:id', {
    get: (req, res) => {
      const store = catalogue.store(String(req.params.id))
      if (!store) throw new ApiError('STORE_NOT_FOUND')
      res.json({ ...storeViewOf(store), address: store.profile.address, menu: shownMenuOf(store) })
    },
  })
}
