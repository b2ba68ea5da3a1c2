interface Place {
  readonly lat: number
  readonly lng: number
}

const M_PER_DEGREE = 111_195

/** Metres between two places of one town, as the crow flies: over a few kilometres the earth is flat. */
export const metresBetween = (a: Place, b: Place): number => {
  const north = (a.lat - b.lat) * M_PER_DEGREE
  const east = (a.lng - b.lng) * M_PER_DEGREE * Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180)
  return Math.hypot(north, east)
}
