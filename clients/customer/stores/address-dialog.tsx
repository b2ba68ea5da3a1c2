import { type FormEvent, useState } from 'react'
import { Button } from '../../design/button.tsx'
import { Dialog } from '../../design/dialog.tsx'
import { Field } from '../../design/field.tsx'
import { useKept } from '../../web/kept.ts'
import { useWords } from '../../web/language.tsx'
import { keptPlace } from './kept-place.ts'
import type { DeliveryPlace } from './place.ts'
import { STORES_WORDS } from './stores-words.ts'

/** Nobody waits longer for a phone to find out where it is, ms. */
const FIND_WITHIN_MS = 10_000

const whereAmI = (): Promise<Pick<DeliveryPlace, 'lat' | 'lng'>> =>
  new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) return reject(new Error('this browser does not know where it is'))
    navigator.geolocation.getCurrentPosition(({ coords }) => resolve({ lat: coords.latitude, lng: coords.longitude }), reject, {
      enableHighAccuracy: true,
      timeout: FIND_WITHIN_MS,
    })
  })

const isDenied = (error: unknown): boolean => error instanceof GeolocationPositionError && error.code === error.PERMISSION_DENIED

const AddressForm = ({ onSaved }: { readonly onSaved: () => void }) => {
  const words = useWords(STORES_WORDS)
  const place = useKept(keptPlace)
  const [address, setAddress] = useState(place.address)
  const [detail, setDetail] = useState(place.detail ?? '')
  const [where, setWhere] = useState({ lat: place.lat, lng: place.lng })
  const [finding, setFinding] = useState<'no' | 'busy' | 'found' | 'denied' | 'failed'>('no')
  const [isMissing, setMissing] = useState(false)
  const told = { no: '', busy: '', found: words.hereFound, denied: words.hereDenied, failed: words.hereFailed }[finding]

  const find = async (): Promise<void> => {
    setFinding('busy')
    try {
      setWhere(await whereAmI())
      setFinding('found')
    } catch (error) {
      setFinding(isDenied(error) ? 'denied' : 'failed')
    }
  }
  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (address.trim() === '') {
      setMissing(true)
      return
    }
    keptPlace.set({ address: address.trim(), ...(detail.trim() === '' ? {} : { detail: detail.trim() }), ...where })
    onSaved()
  }
  return (
    <form className="page-part" onSubmit={save} noValidate>
      <Field
        label={words.addressText}
        hint={words.addressHint}
        value={address}
        onChange={setAddress}
        maxLength={200}
        autoComplete="street-address"
        isRequired
        problem={isMissing && address.trim() === '' ? words.addressMissing : undefined}
      />
      <Field
        label={words.detail}
        hint={words.detailHint}
        value={detail}
        onChange={setDetail}
        maxLength={100}
        autoComplete="address-line2"
      />
      <Button isPending={finding === 'busy'} onPress={() => void find()}>
        {words.here}
      </Button>
      <p className="soft small" role="status">
        {told}
      </p>
      <Button type="submit" look="primary" wide>
        {words.save}
      </Button>
    </form>
  )
}

/** Address, details, and where that is. */
export const AddressDialog = ({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) => {
  const words = useWords(STORES_WORDS)
  return (
    <Dialog title={words.addressTitle} look="sheet" isOpen={isOpen} onClose={onClose}>
      <AddressForm onSaved={onClose} />
    </Dialog>
  )
}
