import { useCallback, useState } from 'react'

/** A yes or no of this device, kept over reloads. */
export const useKept = (name: string, otherwise: boolean): readonly [boolean, (value: boolean) => void] => {
  const [value, setValue] = useState(() => read(name, otherwise))
  const keep = useCallback(
    (next: boolean): void => {
      localStorage.setItem(name, next ? 'yes' : 'no')
      setValue(next)
    },
    [name],
  )
  return [value, keep]
}

const read = (name: string, otherwise: boolean): boolean => {
  const kept = localStorage.getItem(name)
  return kept === null ? otherwise : kept === 'yes'
}
