import type { Words } from '../../web/language.tsx'

const ko = {
  title: '지도',
  label: (orders: number, cells: number) => `진행 중인 주문 ${orders}건을 칸 ${cells}개에 나눠 보여 줘요. 옆의 표에 같은 내용이 있어요.`,
  table: '칸별 진행 중인 주문',
  intro: '칸은 배달 주소가 속한 H3 칸이에요(한 변 1.4 km). 진할수록 주문이 많아요. 읽기 모델을 따라가므로 몇 초 늦을 수 있어요.',
  cell: 'H3 칸',
  middle: '가운데 (위도, 경도)',
  orders: '주문 수',
  all: (count: number) => `모두 ${count}건`,
  elsewhere: (count: number) => `이 가운데 ${count}건은 칸을 알 수 없어요 (예전 주문).`,
  none: '진행 중인 주문이 없어요.',
}
const en: typeof ko = {
  title: 'Map',
  label: (orders, cells) => `${orders} open orders in ${cells} cells. The table beside it says the same.`,
  table: 'Open orders by cell',
  intro: 'A cell is the H3 cell of the address (1.4 km a side); the darker, the more orders. It follows the read model, some seconds late.',
  cell: 'H3 cell',
  middle: 'Middle (lat, lng)',
  orders: 'Orders',
  all: count => `${count} in all`,
  elsewhere: count => `Of ${count} of them no cell is known: they are older.`,
  none: 'There are no open orders.',
}
export const MAP_WORDS: Words<typeof ko> = { ko, en }
