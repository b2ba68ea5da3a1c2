import { type Door, resource } from './resource.ts'

/** The same for everybody, and as long as the process lives. */
export const settingsRoutes = ({ app, services: { settings } }: Door): void =>
  resource(app, '/api/settings', { get: (_req, res) => void res.set('Cache-Control', 'no-cache').json(settings) })
