import { ApiError, failsAs } from '../contract/errors.ts'
import { parse } from '../contract/parse.ts'
import { deliveriesQuery } from '../contract/riders.ts'
import { requireRole } from '../gateway/access.ts'
import { type Door, resource } from './resource.ts'

export const deliveryRoutes = ({ app, services: { board, positions }, signedIn }: Door): void => {
  resource(app, '/api/deliveries', {
    get: signedIn(async (account, req, res) => {
      requireRole(account, 'rider')
      const { radiusM } = parse(deliveriesQuery, req.query)
      const position = await positions.of(account.id).catch(failsAs('UNAVAILABLE'))
      if (!position) throw new ApiError('LOCATION_UNKNOWN')
      res.json(await board.near({ lat: position.lat, lng: position.lng }, radiusM).catch(failsAs('LOG_UNAVAILABLE')))
    }),
  })
}
