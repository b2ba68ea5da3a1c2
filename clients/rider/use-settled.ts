import { useEffect, useState } from 'react'

/** Quicker than this nobody sees that what is under the thumb is another now. */
const SETTLES_MS = 400

/** False for a moment after the order of things has changed: a tap that was meant for another row does nothing. */
export const useSettled = (ids: readonly string[]): boolean => {
  const order = ids.join()
  const [settled, setSettled] = useState(order)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(order), SETTLES_MS)
    return () => clearTimeout(timer)
  }, [order])
  return settled === order
}
