import { dish, one, type Shop, soldOut, upTo } from '../dish.ts'

const meal = upTo(1, '세트로', ['감자튀김+콜라', 3_500], ['어니언링+콜라', 4_200])
const patty = one('패티', ['한 장', 0], ['두 장', 3_500], ['식물성', 2_000])
const extra = upTo(3, '추가', ['치즈', 1_000], ['베이컨', 1_500], ['달걀프라이', 1_000], ['할라피뇨', 500])

export const burgerShops: readonly Shop[] = [
  {
    name: '불판버거 신논현',
    address: '서울특별시 강남구 봉은사로4길 19 1층',
    lat: 37.5039,
    lng: 127.0262,
    dishes: [
      dish('클래식치즈버거', 8_900, meal, extra),
      dish('더블치즈버거', 11_900, meal, extra),
      dish('베이컨버거', 10_900, patty, meal, extra),
      dish('머쉬룸버거', 10_900, patty, meal),
      dish('새우버거', 9_900, meal),
      dish('트러플감자튀김', 6_500),
      dish('밀크쉐이크', 5_500, one('맛', ['바닐라', 0], ['초코', 0], ['딸기', 300])),
      dish('콜라', 2_000),
    ],
  },
  {
    name: '수제버거집 도곡',
    address: '서울특별시 강남구 도곡로18길 57 1층',
    lat: 37.4888,
    lng: 127.0397,
    dishes: [
      dish('수제버거', 7_900, meal),
      dish('아보카도버거', 10_500, patty, meal),
      dish('파인애플버거', 9_900, patty, meal),
      dish('불고기버거', 8_500, meal),
      dish('칠리치즈프라이', 7_900),
      dish('코울슬로', 3_500),
      soldOut(dish('수제레모네이드', 4_500)),
    ],
  },
  {
    name: '삼성샌드위치클럽',
    address: '서울특별시 강남구 테헤란로87길 29 1층',
    lat: 37.5096,
    lng: 127.0598,
    dishes: [
      dish('클럽샌드위치', 9_500, extra),
      dish('쿠바노샌드위치', 10_500),
      dish('에그마요샌드위치', 7_500),
      dish('필리치즈스테이크', 12_500, one('빵', ['바게트', 0], ['사워도우', 500], ['통밀', 0])),
      dish('연어베이글', 11_500),
      dish('오늘의수프', 5_500),
      dish('아이스아메리카노', 3_500),
    ],
  },
]
