import type { LatLng } from '../../../machines/distance.ts'

/** Nobody waits longer for a phone to find out where it is, ms. */
const FIND_WITHIN_MS = 10_000

/** The place of this device, by itself. @throws GeolocationPositionError, Error where it has no sense of place */
export const whereAmI = (): Promise<LatLng> =>
  new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) return reject(new Error('this browser does not know where it is'))
    navigator.geolocation.getCurrentPosition(({ coords }) => resolve({ lat: coords.latitude, lng: coords.longitude }), reject, {
      enableHighAccuracy: true,
      timeout: FIND_WITHIN_MS,
    })
  })

/** A person has said no, and only a person can change it. */
export const isDenied = (error: unknown): boolean => error instanceof GeolocationPositionError && error.code === error.PERMISSION_DENIED
