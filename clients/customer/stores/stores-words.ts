import type { Words } from '../../web/language.tsx'

interface StoresWords {
  readonly title: string
  readonly search: string
  readonly searchHint: string
  readonly list: string
  readonly open: string
  readonly closed: string
  readonly paused: string
  opensAt(when: string): string
  readonly none: string
  noneFor(q: string): string
  readonly wider: string
  readonly address: string
  readonly change: string
  readonly addressTitle: string
  readonly addressText: string
  readonly addressHint: string
  readonly addressMissing: string
  readonly detail: string
  readonly detailHint: string
  readonly save: string
  readonly menu: string
  readonly soldOut: string
  readonly noMenu: string
  readonly closedStore: string
  readonly chooseOne: string
  chooseExactly(n: number): string
  chooseUpTo(n: number): string
  chooseBetween(min: number, max: number): string
  readonly required: string
  readonly optional: string
  lacking(group: string, missing: number): string
  readonly free: string
  readonly quantity: string
  quantityOf(name: string): string
  readonly less: string
  readonly more: string
  add(sum: string): string
  readonly full: string
  readonly gone: string
  readonly otherTitle: string
  otherText(store: string): string
  readonly otherReplace: string
  readonly keep: string
}

export const STORES_WORDS: Words<StoresWords> = {
  ko: {
    title: '배달',
    search: '가게·메뉴 검색',
    searchHint: '치킨, 떡볶이, 가게 이름',
    list: '가까운 가게',
    open: '영업 중',
    closed: '준비 중',
    paused: '잠시 쉬는 중',
    opensAt: when => `${when}부터 주문할 수 있어요`,
    none: '이 근처에는 아직 가게가 없어요.',
    noneFor: q => `‘${q}’에 맞는 가게가 근처에 없어요.`,
    wider: '더 멀리까지 찾기',
    address: '배달 받을 곳',
    change: '변경',
    addressTitle: '어디로 가져다드릴까요?',
    addressText: '주소',
    addressHint: '라이더가 읽는 주소예요. 자리는 아래 핀으로 정해요.',
    addressMissing: '주소를 입력해 주세요.',
    detail: '상세 주소',
    detailHint: '동·호수, 공동현관 비밀번호 등',
    save: '이 주소로 받기',
    menu: '메뉴',
    soldOut: '품절',
    noMenu: '아직 등록된 메뉴가 없어요.',
    closedStore: '지금은 주문을 받지 않는 가게예요. 메뉴는 둘러볼 수 있어요.',
    chooseOne: '1개를 골라 주세요',
    chooseExactly: n => `${n}개를 골라 주세요`,
    chooseUpTo: n => `최대 ${n}개까지 고를 수 있어요`,
    chooseBetween: (min, max) => `${min}개에서 ${max}개까지 골라 주세요`,
    required: '필수',
    optional: '선택',
    lacking: (group, missing) => `‘${group}’에서 ${missing}개를 더 골라 주세요.`,
    free: '추가 요금 없음',
    quantity: '수량',
    quantityOf: name => `${name} 수량`,
    less: '하나 줄이기',
    more: '하나 늘리기',
    add: sum => `${sum} 담기`,
    full: '장바구니에는 50가지까지 담을 수 있어요.',
    gone: '이 메뉴는 지금 판매하지 않아요.',
    otherTitle: '다른 가게 메뉴가 담겨 있어요',
    otherText: store => `장바구니에는 한 가게의 메뉴만 담을 수 있어요. ‘${store}’에서 담은 메뉴를 비우고 새로 담을까요?`,
    otherReplace: '비우고 새로 담기',
    keep: '그대로 두기',
  },
  en: {
    title: 'Baedal',
    search: 'Search stores and dishes',
    searchHint: 'Chicken, tteokbokki, a store’s name',
    list: 'Stores near you',
    open: 'Open',
    closed: 'Closed',
    paused: 'Taking a break',
    opensAt: when => `Takes orders from ${when}`,
    none: 'There are no stores around here yet.',
    noneFor: q => `No store near you matches “${q}”.`,
    wider: 'Look further away',
    address: 'Deliver to',
    change: 'Change',
    addressTitle: 'Where shall we bring it?',
    addressText: 'Address',
    addressHint: 'This is what the rider reads. Where it is, the pin below says.',
    addressMissing: 'Enter an address.',
    detail: 'Details',
    detailHint: 'Flat, floor, door code',
    save: 'Deliver here',
    menu: 'Menu',
    soldOut: 'Sold out',
    noMenu: 'There is nothing on the menu yet.',
    closedStore: 'This store takes no orders now. You can look at its menu.',
    chooseOne: 'Choose one',
    chooseExactly: n => `Choose ${n}`,
    chooseUpTo: n => `Choose up to ${n}`,
    chooseBetween: (min, max) => `Choose ${min} to ${max}`,
    required: 'Required',
    optional: 'Optional',
    lacking: (group, missing) => `Choose ${missing} more of “${group}”.`,
    free: 'No extra charge',
    quantity: 'Quantity',
    quantityOf: name => `Quantity of ${name}`,
    less: 'One less',
    more: 'One more',
    add: sum => `Add · ${sum}`,
    full: 'A cart holds 50 different things at the most.',
    gone: 'This dish is not sold just now.',
    otherTitle: 'Your cart is from another store',
    otherText: store => `A cart holds dishes of one store. Empty what you took from ${store} and begin anew?`,
    otherReplace: 'Empty it and add this',
    keep: 'Leave it as it is',
  },
}
