import { useMemo, useState } from 'react'
import type { LatLng } from '../../../machines/distance.ts'
import type { NearStoreView } from '../../../server/contract/stores.ts'
import { Button } from '../../design/button.tsx'
import { AreaMap } from '../../map/map.tsx'
import type { MapPoint } from '../../map/scene.ts'
import { useRead, useSettings } from '../../web/api-context.tsx'
import { distance } from '../../web/format.ts'
import { useWords } from '../../web/language.tsx'
import { PIN_WORDS } from './pin-words.ts'
import { isDenied, whereAmI } from './where-am-i.ts'

/** So many stores are shown to find one's way by: our own map has no streets. */
const LANDMARKS = 6
const LANDMARKS_M = 3_000

export interface PinMapProps {
  readonly at: LatLng
  onChoose(at: LatLng): void
}

/** Where it is: a map that is moved under its pin, or the place of the device. In words, what the pin is next to. */
export const PinMap = ({ at, onChoose }: PinMapProps) => {
  const words = useWords(PIN_WORDS)
  const settings = useSettings()
  const [finding, setFinding] = useState<'no' | 'busy' | 'found' | 'denied' | 'failed'>('no')
  const { data: near } = useRead<readonly NearStoreView[]>(`/api/stores?lat=${at.lat}&lng=${at.lng}&radiusM=${LANDMARKS_M}`)
  const points = useMemo(
    () => (near ?? []).slice(0, LANDMARKS).map(({ id, name, lat, lng }): MapPoint => ({ id, kind: 'store', label: name, lat, lng })),
    [near],
  )
  const pick = useMemo(() => ({ at, chose: onChoose }), [at, onChoose])
  const [nearest] = near ?? []
  const told = { no: '', busy: '', found: words.found, denied: words.denied, failed: words.failed }[finding]

  const find = async (): Promise<void> => {
    setFinding('busy')
    try {
      onChoose(await whereAmI())
      setFinding('found')
    } catch (error) {
      setFinding(isDenied(error) ? 'denied' : 'failed')
    }
  }
  return (
    <section className="pin-map" aria-label={words.title}>
      <p className="small">{words.counts}</p>
      <AreaMap label={words.map} points={points} pick={pick} style={settings?.map.style} />
      <p className="soft small number" role="status">
        {near && (nearest ? words.nearest(nearest.name, distance(nearest.distanceM)) : words.nothingNear)}
      </p>
      <Button isPending={finding === 'busy'} onPress={() => void find()}>
        {words.here}
      </Button>
      <p className="soft small" role="status">
        {told}
      </p>
    </section>
  )
}
