import { type Door, resource } from './resource.ts'

export const customerRoutes = ({ app, services: { entities }, signedIn }: Door): void => {
  resource(app, '/api/customers/me', {
    get: signedIn(async (account, _req, res) => {
      res.json(await entities.customer(account))
    }),
  })
}
