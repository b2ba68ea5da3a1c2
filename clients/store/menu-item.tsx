import { Switch } from '../design/switch.tsx'
import { won } from '../web/format.ts'
import { useLanguage, useWords } from '../web/language.tsx'
import type { MenuItemView, Stock } from './menu.ts'
import { MENU_WORDS } from './menu-words.ts'

interface MenuItemProps {
  readonly item: MenuItemView
  readonly onStock: (stock: Stock) => void
}

/** One dish, and whatever can be chosen with it. */
export const MenuItem = ({ item: { id: menuId, name, price, soldOut, options }, onStock }: MenuItemProps) => {
  const words = useWords(MENU_WORDS)
  const { language } = useLanguage()
  return (
    <li className={`menu-item${soldOut ? ' menu-item-out' : ''}`}>
      <div className="menu-row">
        <h2 className="menu-item-name">{name}</h2>
        <span className="menu-item-price number">{won(price, language)}</span>
        <Switch aria-label={words.soldOutOf(name)} isSelected={soldOut} onChange={now => onStock({ menuId, soldOut: now })}>
          {words.soldOut}
        </Switch>
      </div>
      {options.map(group => (
        <section key={group.id} className="menu-group" aria-label={`${name}, ${group.name}`}>
          <h3 className="menu-group-name soft">{group.name}</h3>
          <ul className="menu-choices">
            {group.choices.map(choice => (
              <li key={choice.id} className={`menu-row menu-choice${choice.soldOut ? ' menu-item-out' : ''}`}>
                <span className="menu-item-name">{choice.name}</span>
                <span className="menu-item-price number soft">{choice.price > 0 && `+${won(choice.price, language)}`}</span>
                <Switch
                  aria-label={words.soldOutOf(`${name}, ${choice.name}`)}
                  isSelected={choice.soldOut === true}
                  onChange={now => onStock({ menuId, choiceId: choice.id, soldOut: now })}
                >
                  {words.soldOut}
                </Switch>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </li>
  )
}
