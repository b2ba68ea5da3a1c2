import type { Words } from '../web/language.tsx'

interface MenuWords {
  readonly title: string
  readonly search: string
  readonly hint: string
  readonly soldOut: string
  readonly soldOutOf: (name: string) => string
  readonly count: (count: number) => string
  readonly none: string
  readonly nothing: (query: string) => string
  readonly loading: string
}

export const MENU_WORDS: Words<MenuWords> = {
  ko: {
    title: '메뉴',
    search: '메뉴 찾기',
    hint: '품절로 바꾸면 손님 화면에서 바로 주문할 수 없게 돼요.',
    soldOut: '품절',
    soldOutOf: name => `${name} 품절`,
    count: count => (count === 0 ? '품절 없음' : `품절 ${count}개`),
    none: '아직 등록된 메뉴가 없어요.',
    nothing: query => `“${query}”에 맞는 메뉴가 없어요.`,
    loading: '메뉴를 불러오는 중이에요',
  },
  en: {
    title: 'Menu',
    search: 'Search the menu',
    hint: 'What is sold out cannot be ordered any more, at once.',
    soldOut: 'Sold out',
    soldOutOf: name => `${name} sold out`,
    count: count => (count === 0 ? 'Everything is there' : `${count} sold out`),
    none: 'There is nothing on the menu yet.',
    nothing: query => `Nothing matches “${query}”.`,
    loading: 'The menu is being fetched',
  },
}
