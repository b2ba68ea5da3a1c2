import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useWords } from '../../web/language.tsx'
import { FRAME_WORDS } from './frame-words.ts'
import { OrdersIcon, PersonIcon, StoresIcon } from './icons.tsx'
import './tab-bar.css'

/** Which tab a page belongs to. */
const tabOf = (path: string): string => (path.startsWith('/orders') ? '/orders' : path.startsWith('/me') ? '/me' : '/')

const Tab = ({ href, icon, word }: { readonly href: string; readonly icon: ReactNode; readonly word: string }) => {
  const [path] = useLocation()
  return (
    <Link href={href} className="tab" aria-current={tabOf(path) === href ? 'page' : undefined}>
      {icon}
      {word}
    </Link>
  )
}

/** Always at the bottom, where the thumb is. */
export const TabBar = () => {
  const words = useWords(FRAME_WORDS)
  return (
    <nav className="tab-bar" aria-label={words.tabs}>
      <Tab href="/" icon={<StoresIcon />} word={words.stores} />
      <Tab href="/orders" icon={<OrdersIcon />} word={words.orders} />
      <Tab href="/me" icon={<PersonIcon />} word={words.me} />
    </nav>
  )
}
