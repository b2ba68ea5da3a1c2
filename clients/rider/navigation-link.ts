import type { Place } from '../map/scene.ts'

/** Phones of Apple open their maps by this address and know no `geo:`; an iPad says that it is a Mac. */
const APPLE = /iPhone|iPad|iPod|Macintosh/

/** Opens whatever the phone navigates with. @param agent the browser's name of itself */
export const navigationLink = ({ lat, lng }: Place, label: string, agent: string): string => {
  const at = `${lat},${lng}`
  return APPLE.test(agent) ? `https://maps.apple.com/?daddr=${at}` : `geo:${at}?q=${at}(${encodeURIComponent(label)})`
}
