import { Link } from 'wouter'
import { isSoldOut, type MenuItem } from '../../../machines/price.ts'
import { Badge } from '../../design/badge.tsx'
import { won } from '../../web/format.ts'
import { useLanguage, useWords } from '../../web/language.tsx'
import { ArrowIcon } from '../frame/icons.tsx'
import { STORES_WORDS } from './stores-words.ts'

/** One dish of a menu. What is sold out leads nowhere. */
export const MenuRow = ({ storeId, item }: { readonly storeId: string; readonly item: MenuItem }) => {
  const words = useWords(STORES_WORDS)
  const { language } = useLanguage()
  const text = (
    <span className="menu-item-text">
      <strong>{item.name}</strong>
      <span className="number">{won(item.price, language)}</span>
    </span>
  )
  if (isSoldOut(item))
    return (
      <li>
        <span className="menu-item">
          {text}
          <Badge>{words.soldOut}</Badge>
        </span>
      </li>
    )
  return (
    <li>
      <Link href={`/stores/${storeId}/items/${item.id}`} className="menu-item">
        {text}
        <ArrowIcon />
      </Link>
    </li>
  )
}
