import { dish, one, type Shop, soldOut, upTo } from '../dish.ts'

const size = one('사이즈', ['소', 0], ['중', 7_000], ['대', 14_000])
const heat = one('맵기', ['보통맛', 0], ['매운맛', 0], ['불맛', 0])
const wraps = upTo(4, '추가', ['막국수', 7_000], ['쌈채소', 2_000], ['마늘·고추', 1_000], ['주먹밥', 3_500])

export const jokbalShops: readonly Shop[] = [
  {
    name: '논현장충족발',
    address: '서울특별시 강남구 학동로6길 15 1층',
    lat: 37.5107,
    lng: 127.0241,
    dishes: [
      dish('1인 족발', 14_900, wraps),
      dish('앞발족발', 36_000, size, wraps),
      dish('불족발', 38_000, size, heat, wraps),
      dish('냉채족발', 39_000, size),
      dish('족발·보쌈 반반', 41_000, size, wraps),
      dish('쟁반막국수', 13_000),
      dish('파전', 14_000),
    ],
  },
  {
    name: '보쌈명가 개나리',
    address: '서울특별시 강남구 언주로70길 17 1층',
    lat: 37.4962,
    lng: 127.0458,
    dishes: [
      dish('1인 보쌈정식', 13_900, wraps),
      dish('마늘보쌈', 35_000, size, wraps),
      dish('굴보쌈', 42_000, size),
      soldOut(dish('홍어삼합', 58_000)),
      dish('김치보쌈', 34_000, size),
      dish('순두부', 6_000),
      dish('비빔막국수', 9_500),
    ],
  },
  {
    name: '불곱창 야식당',
    address: '서울특별시 강남구 학동로20길 8 1층',
    lat: 37.5131,
    lng: 127.0309,
    dishes: [
      dish('야채곱창 1인', 13_500, upTo(2, '사리', ['당면', 2_000], ['볶음밥', 3_000], ['치즈', 3_000])),
      dish('소곱창구이', 27_000, size),
      dish('불닭발', 18_000, heat, upTo(2, '추가', ['주먹밥', 3_500], ['계란찜', 5_000])),
      dish('무뼈닭발', 19_000, heat),
      dish('오돌뼈', 17_000, heat),
      dish('계란찜', 6_000),
      dish('날치알주먹밥', 5_000),
      dish('콩나물국', 3_000),
    ],
  },
]
