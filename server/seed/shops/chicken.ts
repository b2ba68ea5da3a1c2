import { dish, one, type Shop, soldOut, upTo } from '../dish.ts'

const cut = one('부위 선택', ['한 마리', 0], ['순살', 2_000], ['윙·봉', 3_000])
const heat = upTo(1, '맵기', ['덜 맵게', 0], ['보통', 0], ['아주 맵게', 500])
const sides = upTo(4, '추가', ['치킨무', 500], ['양념소스', 1_000], ['치즈볼 5개', 4_500], ['콜라 1.25L', 2_500])

export const chickenShops: readonly Shop[] = [
  {
    name: '역삼옛날통닭',
    address: '서울특별시 강남구 역삼로 169 1층',
    lat: 37.4986,
    lng: 127.0394,
    dishes: [
      dish('옛날통닭', 13_900, sides),
      dish('후라이드치킨', 18_000, cut, sides),
      dish('양념치킨', 19_000, cut, heat, sides),
      dish('반반치킨', 19_000, cut, sides),
      dish('간장마늘치킨', 19_500, cut, sides),
      dish('똥집튀김', 11_000, heat),
      dish('감자튀김', 5_000),
      dish('생맥주 500cc', 4_500),
    ],
  },
  {
    name: '선릉화덕치킨',
    address: '서울특별시 강남구 선릉로86길 31 1층',
    lat: 37.5035,
    lng: 127.0513,
    dishes: [
      dish('화덕구이치킨', 17_900, sides),
      dish('고추마요치킨', 19_900, cut, heat, sides),
      dish('숯불양념구이', 20_900, heat, sides),
      dish('소금구이치킨', 18_900, sides),
      soldOut(dish('누룽지통닭', 21_000, sides)),
      dish('닭껍질튀김', 7_000),
      dish('콘치즈', 5_500),
    ],
  },
  {
    name: '뱅뱅닭강정',
    address: '서울특별시 서초구 강남대로53길 12',
    lat: 37.4899,
    lng: 127.0294,
    dishes: [
      dish('달콤닭강정', 12_000, upTo(2, '토핑', ['땅콩', 500], ['떡사리', 1_500], ['아몬드', 1_000])),
      dish('매콤닭강정', 12_500, heat, upTo(2, '토핑', ['땅콩', 500], ['떡사리', 1_500], ['아몬드', 1_000])),
      dish('간장닭강정', 12_500),
      dish('크림어니언닭강정', 13_900),
      dish('반반닭강정', 13_000, one('조합', ['달콤+매콤', 0], ['달콤+간장', 0], ['매콤+간장', 0])),
      dish('새우강정', 14_900),
      dish('컵강정', 5_000),
    ],
  },
]
