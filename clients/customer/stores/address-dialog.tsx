import { type FormEvent, useState } from 'react'
import { Button } from '../../design/button.tsx'
import { Dialog } from '../../design/dialog.tsx'
import { Field } from '../../design/field.tsx'
import { useKept } from '../../web/kept.ts'
import { useWords } from '../../web/language.tsx'
import { keptPlace } from './kept-place.ts'
import { PinMap } from './pin-map.tsx'
import { PIN_WORDS } from './pin-words.ts'
import { STORES_WORDS } from './stores-words.ts'

const AddressForm = ({ onSaved }: { readonly onSaved: () => void }) => {
  const words = useWords(STORES_WORDS)
  const pinWords = useWords(PIN_WORDS)
  const place = useKept(keptPlace)
  const [address, setAddress] = useState(place.address)
  const [detail, setDetail] = useState(place.detail ?? '')
  const [where, setWhere] = useState({ lat: place.lat, lng: place.lng })
  const [isMissing, setMissing] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const said = address.trim()
  /** Another address, and the pin where it was: nobody looks an address up, so one of them may be wrong. */
  const isUnmoved = said !== place.address && where.lat === place.lat && where.lng === place.lng

  const save = (event: FormEvent): void => {
    event.preventDefault()
    setMissing(said === '')
    if (said === '') return
    setAsked(isUnmoved)
    if (isUnmoved && !isAsked) return
    keptPlace.set({ address: said, ...(detail.trim() === '' ? {} : { detail: detail.trim() }), ...where })
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
        problem={isMissing && said === '' ? words.addressMissing : undefined}
      />
      <Field
        label={words.detail}
        hint={words.detailHint}
        value={detail}
        onChange={setDetail}
        maxLength={100}
        autoComplete="address-line2"
      />
      <PinMap at={where} onChoose={setWhere} />
      {isAsked && isUnmoved && (
        <p className="address-unmoved" role="alert">
          {pinWords.unmoved}
        </p>
      )}
      <Button type="submit" look="primary" wide>
        {isAsked && isUnmoved ? pinWords.saveAnyway : words.save}
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
