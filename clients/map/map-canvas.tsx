import type { FeatureCollection } from 'geojson'
import {
  type GeoJSONSource,
  LngLatBounds,
  Map as MapLibre,
  Marker,
  NavigationControl,
  type StyleSpecification,
  setWorkerUrl,
} from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { useEffect, useRef, useState } from 'react'
import type { MapPoint, MapScene, Place } from './scene.ts'
import { cellShapes, cornersOf, gridAround, ringShapes } from './shapes.ts'

setWorkerUrl(workerUrl) // from our own origin: the page's policy allows no other

/** Where a map begins that has nothing to show: the middle of Gangnam. */
const NOWHERE: Place = { lat: 37.5001, lng: 127.0366 }
const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] }
const CLOSEST_ZOOM = 16
/** From here on a coarse cell is about as large as a phone. */
const FINE_FROM_ZOOM = 13.5
/** A few streets around a door. */
const PICK_ZOOM = 14.5
/** Of a degree, 0.1 m: what a thumb on a map means cannot be told finer. */
const FINEST = 1e6

/** A colour of the design, as it is just now: MapLibre paints on a canvas, which knows no custom properties. */
const colour = (name: string): string => {
  const probe = document.createElement('span')
  probe.style.color = `var(${name})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

const ownStyle = (): StyleSpecification => ({
  version: 8,
  sources: {},
  layers: [{ id: 'ground', type: 'background', paint: { 'background-color': colour('--sunken') } }],
})

/** Above whatever ground there is. */
const addLayers = (map: MapLibre, withGrid: boolean): void => {
  for (const id of ['fine', 'coarse', 'cells', 'rings']) map.addSource(id, { type: 'geojson', data: NOTHING })
  const line = { 'line-color': colour('--line'), 'line-width': 1 }
  if (withGrid) {
    map.addLayer({ id: 'fine', type: 'line', source: 'fine', minzoom: FINE_FROM_ZOOM, paint: { ...line, 'line-opacity': 0.6 } })
    map.addLayer({ id: 'coarse', type: 'line', source: 'coarse', paint: line })
  }
  map.addLayer({
    id: 'cells',
    type: 'fill',
    source: 'cells',
    paint: { 'fill-color': colour('--accent'), 'fill-opacity': ['interpolate', ['linear'], ['get', 'weight'], 0, 0.1, 1, 0.7] },
  })
  map.addLayer({
    id: 'rings',
    type: 'line',
    source: 'rings',
    paint: { 'line-color': colour('--accent'), 'line-width': 2, 'line-dasharray': [3, 2] },
  })
}

const markerOf = (point: MapPoint): Marker => new Marker({ element: document.createElement('div') }).setLngLat([point.lng, point.lat])

const dress = (marker: Marker, { kind, label, stale = false }: MapPoint): void => {
  const element = marker.getElement()
  element.classList.remove(...[...element.classList].filter(name => name.startsWith('map-point')))
  element.classList.add('map-point', `map-point-${kind}`, ...(stale ? ['map-point-stale'] : []))
  element.textContent = label
}

export interface MapCanvasProps extends MapScene {
  readonly names: MapNames
}
/** What it and its controls are called. */
export interface MapNames {
  readonly map: string
  readonly zoomIn: string
  readonly zoomOut: string
}

const finest = (degrees: number): number => Math.round(degrees * FINEST) / FINEST
const isAt = ({ lat, lng }: Place, middle: Place): boolean => finest(middle.lat) === finest(lat) && finest(middle.lng) === finest(lng)

/** The map itself. @throws Error where there is no WebGL */
const MapCanvas = ({ points, rings = [], cells = [], still = false, pick, style, names }: MapCanvasProps) => {
  const ground = useRef<HTMLDivElement>(null)
  const markers = useRef(new Map<string, Marker>())
  const framed = useRef('')
  const [map, setMap] = useState<MapLibre>()
  const picking = useRef(pick)
  useEffect(() => {
    picking.current = pick
  })

  useEffect(() => {
    if (!ground.current) return
    const made = new MapLibre({
      container: ground.current,
      style: style ?? ownStyle(),
      center: picking.current?.at ?? NOWHERE,
      zoom: picking.current ? PICK_ZOOM : 13,
      attributionControl: style === undefined ? false : {},
      cooperativeGestures: false,
      dragRotate: false,
      locale: { 'Map.Title': names.map, 'NavigationControl.ZoomIn': names.zoomIn, 'NavigationControl.ZoomOut': names.zoomOut },
    })
    made.addControl(new NavigationControl({ showCompass: false }))
    made.once('load', () => {
      addLayers(made, style === undefined)
      setMap(made)
    })
    made.on('moveend', ({ originalEvent }) => {
      const { lat, lng } = made.getCenter()
      if (originalEvent) picking.current?.chose({ lat: finest(lat), lng: finest(lng) })
    })
    const shown = markers.current
    return () => {
      shown.clear()
      framed.current = ''
      setMap(undefined)
      made.remove()
    }
  }, [style, names])

  const at = pick?.at
  useEffect(() => {
    if (!map) return
    const first = at ?? points[0] ?? NOWHERE
    if (at && !isAt(at, map.getCenter())) map.jumpTo({ center: at })
    for (const grid of ['fine', 'coarse'] as const) map.getSource<GeoJSONSource>(grid)?.setData(gridAround(first, grid))
    map.getSource<GeoJSONSource>('rings')?.setData(ringShapes(rings))
    map.getSource<GeoJSONSource>('cells')?.setData(cellShapes(cells))
    for (const point of points) {
      const marker = markers.current.get(point.id) ?? markerOf(point).addTo(map)
      markers.current.set(point.id, marker)
      dress(marker.setLngLat([point.lng, point.lat]), point)
    }
    for (const [id, marker] of markers.current) {
      if (points.some(point => point.id === id)) continue
      marker.remove()
      markers.current.delete(id)
    }
    map.once('idle', () => ground.current?.removeAttribute('data-pending'))
    // Anew only when somebody came or went: a map that moves by itself cannot be looked at.
    const who = points.map(({ id }) => id).join()
    if (at || who === framed.current || points.length === 0 || (still && framed.current !== '')) return
    framed.current = who
    const bounds = points.reduce((all, { lat, lng }) => all.extend([lng, lat]), new LngLatBounds())
    // The smallest ring is in sight, so that whoever is alone on the map sees how far it reaches.
    for (const [lng, lat] of ringShapes(rings.slice(0, 1)).features.flatMap(({ geometry }) => geometry.coordinates))
      if (lng !== undefined && lat !== undefined) bounds.extend([lng, lat])
    for (const [lng, lat] of cornersOf(cells)) bounds.extend([lng, lat])
    map.fitBounds(bounds, { padding: 56, maxZoom: CLOSEST_ZOOM, animate: false })
  }, [map, points, rings, cells, still, at])

  return (
    <>
      <div ref={ground} className="map-ground" data-pending="" />
      {pick && <span className="map-pin" aria-hidden="true" />}
    </>
  )
}

export default MapCanvas
