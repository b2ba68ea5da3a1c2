import { useState } from 'react'
import { Button } from '../../design/button.tsx'
import { useKept } from '../../web/kept.ts'
import { useWords } from '../../web/language.tsx'
import { PinIcon } from '../frame/icons.tsx'
import { AddressDialog } from './address-dialog.tsx'
import { keptPlace } from './kept-place.ts'
import { placeText } from './place.ts'
import { STORES_WORDS } from './stores-words.ts'
import './address-bar.css'

/** Where it goes to, and the way to change that. */
export const AddressBar = () => {
  const words = useWords(STORES_WORDS)
  const place = useKept(keptPlace)
  const [isOpen, open] = useState(false)
  return (
    <div className="address-bar">
      <PinIcon />
      <p className="address-bar-text">
        <span className="soft small">{words.address}</span>
        <strong>{placeText(place)}</strong>
      </p>
      <Button onPress={() => open(true)}>
        {words.change}
        <span className="visually-hidden"> {words.address}</span>
      </Button>
      <AddressDialog isOpen={isOpen} onClose={() => open(false)} />
    </div>
  )
}
