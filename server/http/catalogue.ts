import { ApiError } from '../contract/errors.ts'
import { parse } from '../contract/parse.ts'
import { nearQuery } from '../contract/stores.ts'
import { shownMenuOf, storeViewOf } from '../gateway/catalogue.ts'
import { type Door, resource } from './resource.ts'

/** Anyone may look around. */
export const catalogueRoutes = ({ app, services: { catalogue } }: Door): void => {
  resource(app, '/api/stores', {
    get: (req, res) => {
      const { lat, lng, radiusM } = parse(nearQuery, req.query)
      res.json(catalogue.near({ lat, lng }, radiusM))
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
