import { lazy, Suspense } from 'react'
import { useWords, type Words } from '../web/language.tsx'
import { LastResort } from '../web/last-resort.tsx'
import type { MapNames } from './map-canvas.tsx'
import type { MapScene } from './scene.ts'
import './map.css'

/** 300 KB, so it is fetched by whoever looks at a map, when he does. */
const MapCanvas = lazy(() => import('./map-canvas.tsx'))

const WORDS: Words<MapNames & { readonly loading: string; readonly none: string }> = {
  ko: { loading: '지도를 여는 중…', none: '이 기기에서는 지도를 그릴 수 없어요.', map: '지도', zoomIn: '지도 확대', zoomOut: '지도 축소' },
  en: { loading: 'Opening the map…', none: 'This device cannot draw a map.', map: 'Map', zoomIn: 'Zoom in', zoomOut: 'Zoom out' },
}

export interface MapProps extends MapScene {
  /** What it shows, for whoever does not see it. The page says in words all that the map shows. */
  readonly label: string
  readonly height?: 'low' | 'high'
}

/** A map of a few kilometres. Where there is no WebGL the page goes on without it. */
export const AreaMap = ({ label, height = 'low', ...scene }: MapProps) => {
  const words = useWords(WORDS)
  return (
    <figure className={`map map-${height}`} aria-label={label}>
      <LastResort instead={<p className="map-word">{words.none}</p>}>
        <Suspense fallback={<p className="map-word">{words.loading}</p>}>
          <MapCanvas {...scene} names={words} />
        </Suspense>
      </LastResort>
    </figure>
  )
}
