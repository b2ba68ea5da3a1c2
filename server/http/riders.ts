import { failsAs } from '../contract/errors.ts'
import { parse } from '../contract/parse.ts'
import { locationBody, onlineBody } from '../contract/riders.ts'
import { requireRole } from '../gateway/access.ts'
import { type Door, resource } from './resource.ts'

export const riderRoutes = ({ app, services: { entities, positions }, signedIn }: Door): void => {
  resource(app, '/api/riders/me/location', {
    put: signedIn(async (account, req, res) => {
      requireRole(account, 'rider')
      const fix = parse(locationBody, req.body)
      res.json(await positions.report(account.id, fix).catch(failsAs('UNAVAILABLE')))
    }),
  })
  resource(app, '/api/riders/me/status', {
    put: signedIn(async (account, req, res) => {
      res.json(await entities.setOnline(account, parse(onlineBody, req.body).online))
    }),
  })
}
