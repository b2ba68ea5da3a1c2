/** Where it is to be brought. */
export interface DeliveryPlace {
  /** What the rider reads; nobody looks it up. */
  readonly address: string
  readonly detail?: string
  /** WGS 84, degrees: by these stores are found and deliveries offered. */
  readonly lat: number
  readonly lng: number
}

/** The middle of the demo's neighbourhood, until somebody says where he is. */
export const FIRST_PLACE: DeliveryPlace = { address: '서울특별시 강남구 테헤란로 152', lat: 37.5001, lng: 127.0366 }

export const isPlace = (read: unknown): read is DeliveryPlace => {
  const { address, lat, lng } = (read ?? {}) as Partial<DeliveryPlace>
  return typeof address === 'string' && address.trim() !== '' && Number.isFinite(lat) && Number.isFinite(lng)
}

/** One line of it. */
export const placeText = ({ address, detail }: DeliveryPlace): string => (detail === undefined ? address : `${address} ${detail}`)
