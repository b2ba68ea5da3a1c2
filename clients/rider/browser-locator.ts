import type { Fix, Locator, LocatorProblem } from './tracker.ts'

/** A fix that is not had in this time is told as a problem; outdoors, cold, GPS takes half of it. */
const WITHIN_MS = 30_000

const fixOf = ({ coords, timestamp }: GeolocationPosition): Fix => ({ lat: coords.latitude, lng: coords.longitude, atMs: timestamp })

const problemOf = ({ code, PERMISSION_DENIED, TIMEOUT }: GeolocationPositionError): LocatorProblem =>
  code === PERMISSION_DENIED ? 'denied' : code === TIMEOUT ? 'silent' : 'unavailable'

/** The browser's; it asks the person for permission with the first watch, and has none on plain HTTP. */
export const browserLocator: Locator = {
  watch(found, failed, precise) {
    if (!('geolocation' in navigator)) {
      queueMicrotask(() => failed('unavailable'))
      return () => undefined
    }
    const watch = navigator.geolocation.watchPosition(
      position => found(fixOf(position)),
      error => failed(problemOf(error)),
      { enableHighAccuracy: precise, maximumAge: 0, timeout: WITHIN_MS },
    )
    return () => navigator.geolocation.clearWatch(watch)
  },
}
