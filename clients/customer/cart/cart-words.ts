import type { PriceCode } from '../../../machines/price.ts'
import type { Words } from '../../web/language.tsx'

interface CartWords {
  readonly title: string
  readonly empty: string
  readonly emptyText: string
  readonly lines: string
  readonly remove: string
  removeOf(name: string): string
  changed(before: string, now: string): string
  readonly refused: Readonly<Record<PriceCode, string>>
  readonly atFault: string
  readonly note: string
  readonly noteHint: string
  readonly total: string
  readonly fee: string
  order(sum: string): string
  readonly signIn: string
  readonly clear: string
  readonly mend: string
  readonly closed: string
  readonly paused: string
  readonly lastOrder: string
  readonly busy: string
  from(when: string): string
  nextSlot(when: string): string
  readonly moreOf: string
  missing(names: string): string
  readonly nothingLeft: string
  readonly replaceTitle: string
  replaceText(store: string): string
  readonly replace: string
  readonly keep: string
  readonly reorder: string
}

export const CART_WORDS: Words<CartWords> = {
  ko: {
    title: '장바구니',
    empty: '장바구니가 비어 있어요',
    emptyText: '먹고 싶은 메뉴를 담아 보세요.',
    lines: '담은 메뉴',
    remove: '빼기',
    removeOf: name => `${name} 빼기`,
    changed: (before, now) => `그사이 가격이 ${before}에서 ${now}으로 바뀌었어요.`,
    refused: {
      MENU_NOT_FOUND: '이제 판매하지 않는 메뉴예요. 빼고 주문해 주세요.',
      SOLD_OUT: '방금 품절됐어요. 빼고 주문해 주세요.',
      CHOICE_NOT_FOUND: '고른 옵션이 없어졌어요. 빼고 다시 담아 주세요.',
      CHOICE_COUNT: '옵션 구성이 바뀌었어요. 빼고 다시 담아 주세요.',
      TOTAL_TOO_LARGE: '한 번에 주문할 수 있는 금액을 넘었어요.',
    },
    atFault: '이 메뉴 때문에 주문을 받지 못했어요.',
    note: '가게·라이더에게',
    noteHint: '예: 덜 맵게 해 주세요. 문 앞에 두고 벨을 눌러 주세요.',
    total: '합계',
    fee: '배달비는 없어요. 지금은 결제되지 않고, 다음 화면에서 결제해요.',
    order: sum => `${sum} 주문하기`,
    signIn: '로그인하고 주문하기',
    clear: '모두 비우기',
    mend: '주문할 수 없는 메뉴를 빼 주세요.',
    closed: '가게가 지금은 주문을 받지 않아요.',
    paused: '가게가 잠시 쉬고 있어요.',
    lastOrder: '가게의 마지막 주문 시간이 지났어요.',
    busy: '가게에 주문이 몰려 지금은 더 받을 수 없어요. 담은 메뉴는 그대로 있어요.',
    from: when => `${when}부터 주문할 수 있어요.`,
    nextSlot: when => `${when}에 다시 주문해 주세요.`,
    moreOf: '이 가게 메뉴 더 담기',
    missing: names => `지금 주문할 수 없어 뺀 메뉴: ${names}`,
    nothingLeft: '이 주문의 메뉴는 지금 모두 주문할 수 없어요.',
    replaceTitle: '장바구니에 담긴 메뉴가 있어요',
    replaceText: store => `‘${store}’에서 담은 메뉴를 비우고 이 주문을 다시 담을까요?`,
    replace: '비우고 다시 담기',
    keep: '그대로 두기',
    reorder: '같은 메뉴 다시 담기',
  },
  en: {
    title: 'Cart',
    empty: 'Your cart is empty',
    emptyText: 'Take what you feel like eating.',
    lines: 'In your cart',
    remove: 'Remove',
    removeOf: name => `Remove ${name}`,
    changed: (before, now) => `Its price has changed from ${before} to ${now}.`,
    refused: {
      MENU_NOT_FOUND: 'This is not on the menu any more. Remove it to order.',
      SOLD_OUT: 'This has just sold out. Remove it to order.',
      CHOICE_NOT_FOUND: 'A choice is not there any more. Remove it and add it anew.',
      CHOICE_COUNT: 'The choices have changed. Remove it and add it anew.',
      TOTAL_TOO_LARGE: 'That is more than one order may cost.',
    },
    atFault: 'Because of this the order was not taken.',
    note: 'For the store and the rider',
    noteHint: 'Such as: not too hot, please. Leave it at the door and ring.',
    total: 'Total',
    fee: 'There is no delivery fee. You pay on the next page, not yet.',
    order: sum => `Order · ${sum}`,
    signIn: 'Sign in and order',
    clear: 'Empty the cart',
    mend: 'Remove what cannot be ordered.',
    closed: 'The store takes no orders now.',
    paused: 'The store is taking a break.',
    lastOrder: 'The store has taken its last orders.',
    busy: 'The store has as many orders as it can take. Your cart stays as it is.',
    from: when => `It takes orders from ${when}.`,
    nextSlot: when => `Please order again at ${when}.`,
    moreOf: 'Add more from this store',
    missing: names => `Left out, for they cannot be ordered now: ${names}`,
    nothingLeft: 'Nothing of this order can be ordered now.',
    replaceTitle: 'There is something in your cart',
    replaceText: store => `Empty what you took from ${store} and take this order instead?`,
    replace: 'Empty it and take this',
    keep: 'Leave it as it is',
    reorder: 'Order the same again',
  },
}
