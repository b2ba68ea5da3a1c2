import { dish, one, type Shop, soldOut, upTo } from '../dish.ts'

const heat = one('맵기', ['순한맛', 0], ['보통맛', 0], ['매운맛', 0], ['아주 매운맛', 500])
const toppings = upTo(4, '토핑 추가', ['모짜렐라치즈', 2_000], ['라면사리', 1_500], ['삶은 달걀', 1_000], ['어묵', 1_500], ['당면', 1_500])

export const snackShops: readonly Shop[] = [
  {
    name: '골목분식 역삼점',
    address: '서울특별시 강남구 테헤란로20길 18 1층',
    lat: 37.4984,
    lng: 127.0352,
    dishes: [
      dish('야채김밥', 4_000),
      dish('국물떡볶이', 6_500, heat, toppings),
      dish('로제떡볶이', 8_900, heat, toppings),
      dish('찰순대', 5_500, one('내장', ['순대만', 0], ['내장 섞어서', 0])),
      dish('모둠튀김', 6_000),
      dish('참치김밥', 5_000),
      dish('라볶이', 7_500, heat),
      dish('꼬치어묵 4개', 4_000),
      dish('쿨피스', 2_000),
    ],
  },
  {
    name: '대치동할매떡볶이',
    address: '서울특별시 강남구 도곡로 408 1층',
    lat: 37.4984,
    lng: 127.0597,
    dishes: [
      dish('할매쌀떡볶이', 6_000, toppings),
      dish('밀떡볶이', 5_500, toppings),
      dish('짜장떡볶이', 6_500, toppings),
      dish('즉석떡볶이 2인', 16_000, heat, toppings),
      dish('김말이 5개', 4_000),
      dish('오징어튀김 5개', 5_000),
      soldOut(dish('못난이만두', 4_000)),
      dish('주먹밥', 3_500),
    ],
  },
  {
    name: '서초김밥연구소',
    address: '서울특별시 서초구 서초대로50길 21',
    lat: 37.4923,
    lng: 127.0123,
    dishes: [
      dish('연구소김밥', 4_500, upTo(2, '바꾸기', ['현미밥', 700], ['밥 적게', 0])),
      dish('매운멸추김밥', 5_500),
      dish('돈까스김밥', 6_000),
      dish('묵은지참치김밥', 6_000),
      dish('키토김밥', 7_500),
      dish('잔치국수', 7_000, upTo(1, '곱빼기', ['곱빼기', 1_000])),
      dish('비빔쫄면', 7_500, heat),
      dish('떡만둣국', 8_500),
    ],
  },
]
