/** WGS 84 degrees. */
export interface LatLng {
  readonly lat: number
  readonly lng: number
}

/** Great-circle distance in metres (haversine, mean earth radius 6,371,008.8 m of IUGG). */
export const distanceM = (a: LatLng, b: LatLng): number => {
  const rad = Math.PI / 180
  const h =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lng - a.lng) * rad) / 2) ** 2
  return 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(h)))
}
