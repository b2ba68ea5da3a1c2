import { useRef, useState } from 'react'
import type { MenuView } from '../../server/contract/menus.ts'
import { Badge } from '../design/badge.tsx'
import { Field } from '../design/field.tsx'
import { useTell } from '../design/notices.tsx'
import { useCall, useRead } from '../web/api-context.tsx'
import { useLanguage, useWords } from '../web/language.tsx'
import { Problem } from '../web/problem.tsx'
import { problemText } from '../web/problem-text.ts'
import { matching, type Stock, soldOutCount, withStock } from './menu.ts'
import { MenuItem } from './menu-item.tsx'
import { MENU_WORDS } from './menu-words.ts'
import { Page } from './page.tsx'
import './menu-page.css'

/** Another tablet, or the office, may change it. */
const AGAIN_MS = 30_000

/** What can be had: a switch for each dish and each choice. */
export const MenuPage = () => {
  const words = useWords(MENU_WORDS)
  const [query, setQuery] = useState('')
  const { menu, error, again, say } = useMenu()
  const found = menu && matching(menu, query)
  return (
    <Page
      title={words.title}
      aside={menu && <Badge tone={soldOutCount(menu) > 0 ? 'wait' : 'good'}>{words.count(soldOutCount(menu))}</Badge>}
    >
      <Field label={words.search} type="search" value={query} onChange={setQuery} hint={words.hint} autoComplete="off" />
      {menu === undefined && error === undefined && <p role="status">{words.loading}</p>}
      {menu === undefined && error !== undefined && <Problem error={error} onAgain={again} />}
      {menu?.items.length === 0 && <p className="soft">{words.none}</p>}
      {menu !== undefined && menu.items.length > 0 && found?.length === 0 && (
        <p className="soft" role="status">
          {words.nothing(query)}
        </p>
      )}
      <ul className="menu-items">
        {found?.map(item => (
          <MenuItem key={item.id} item={item} onStock={say} />
        ))}
      </ul>
    </Page>
  )
}

/** Shown as said at once; put back, and explained, when the server does not take it. */
const useMenu = () => {
  const call = useCall()
  const tell = useTell()
  const { language } = useLanguage()
  const { data: menu, error, mutate } = useRead<MenuView>('/api/stores/me/menu', { everyMs: AGAIN_MS })
  const underWay = useRef(0)
  const show = (stock: Stock): void => void mutate(known => known && withStock(known, stock), { revalidate: false })
  const send = async (stock: Stock): Promise<void> => {
    const { menuId, ...body } = stock
    underWay.current++
    try {
      await call(`/api/stores/me/menu/${menuId}`, { method: 'PUT', body })
    } catch (refused) {
      show({ ...stock, soldOut: !stock.soldOut })
      tell({ key: `stock ${menuId}`, tone: 'bad', text: problemText(refused, language) })
    }
    // The menu as it is; but not while another switch is on its way, which it would put back for a moment.
    if (--underWay.current === 0) await mutate()
  }
  const say = (stock: Stock): void => {
    show(stock)
    void send(stock)
  }
  return { menu, error, again: () => void mutate(), say }
}
