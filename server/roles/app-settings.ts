import type { SettingsView } from '../contract/settings.ts'
import type { RoleParts } from './role.ts'

/** What the apps are told of the configuration: nothing that is secret. */
export const appSettings = ({ TOSS_CLIENT_KEY, PSP_PORT, MAP_STYLE_URL }: RoleParts['config']): SettingsView => ({
  payment: paymentOf(TOSS_CLIENT_KEY, PSP_PORT),
  map: MAP_STYLE_URL === '' ? {} : { style: MAP_STYLE_URL },
  demo: PSP_PORT > 0,
})

const paymentOf = (clientKey: string, standInPort: number): SettingsView['payment'] => {
  if (clientKey !== '') return { provider: 'toss', clientKey }
  return { provider: standInPort > 0 ? 'standIn' : 'none' }
}
