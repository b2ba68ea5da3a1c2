import { dish, one, type Shop, soldOut, upTo } from '../dish.ts'

const large = upTo(1, '곱빼기', ['곱빼기', 1_500])
const heat = upTo(1, '맵기', ['덜 맵게', 0], ['더 맵게', 0], ['청양고추 추가', 500])
const size = one('사이즈', ['소', 0], ['중', 8_000], ['대', 15_000])

export const chineseShops: readonly Shop[] = [
  {
    name: '만리성 강남',
    address: '서울특별시 강남구 강남대로98길 20 1층',
    lat: 37.4999,
    lng: 127.0287,
    dishes: [
      dish('짜장면', 7_500, large),
      dish('간짜장', 8_500, large),
      dish('짬뽕', 9_500, large, heat),
      dish('삼선짬뽕', 12_000, large, heat),
      dish('볶음밥', 9_500),
      dish('잡채밥', 10_500),
      dish('탕수육', 18_000, size, one('소스', ['부어서', 0], ['따로', 0])),
      dish('깐풍기', 24_000, size, heat),
      dish('군만두', 7_000),
      dish('짬짜면', 10_500),
    ],
  },
  {
    name: '홍복루',
    address: '서울특별시 강남구 삼성로85길 26 2층',
    lat: 37.5057,
    lng: 127.0573,
    dishes: [
      dish('유니짜장', 9_000, large),
      dish('차돌짬뽕', 12_500, large, heat),
      dish('백짬뽕', 11_500, large),
      dish('마파두부밥', 10_500, heat),
      dish('찹쌀탕수육', 21_000, size),
      dish('유린기', 26_000, size),
      soldOut(dish('동파육', 42_000)),
      dish('꽃빵 4개', 4_000),
    ],
  },
  {
    name: '마라의방',
    address: '서울특별시 서초구 강남대로61길 17 1층',
    lat: 37.4925,
    lng: 127.0283,
    dishes: [
      dish(
        '1인 마라탕',
        10_900,
        upTo(5, '토핑 추가', ['소고기', 3_500], ['양고기', 4_000], ['분모자', 2_000], ['중국당면', 1_500], ['목이버섯', 1_500]),
      ),
      dish('마라샹궈', 17_900, one('맵기', ['0단계', 0], ['1단계', 0], ['2단계', 0], ['3단계', 0])),
      dish('꿔바로우', 16_000, size),
      dish('마라룽샤', 32_000),
      dish('지삼선', 15_000),
      dish('계란볶음밥', 7_000),
      dish('빙홍차', 2_500),
    ],
  },
]
