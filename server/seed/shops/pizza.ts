import { dish, one, type Shop, soldOut, upTo } from '../dish.ts'

const size = one('사이즈', ['M', 0], ['L', 6_000])
const crust = upTo(1, '크러스트', ['치즈크러스트', 3_500], ['고구마무스', 3_500], ['씬', 0])
const toppings = upTo(3, '토핑 추가', ['치즈', 2_500], ['페퍼로니', 2_500], ['올리브', 1_500], ['할라피뇨', 1_000])
const drinks = upTo(2, '음료', ['콜라 500mL', 2_000], ['사이다 500mL', 2_000])

export const pizzaShops: readonly Shop[] = [
  {
    name: '화덕피자 오름',
    address: '서울특별시 강남구 언주로93길 22 1층',
    lat: 37.5011,
    lng: 127.0434,
    dishes: [
      dish('마르게리타', 16_900, toppings),
      dish('콰트로포르마지', 19_900, toppings),
      dish('디아볼라', 18_900, toppings),
      dish('루꼴라프로슈토', 21_900),
      dish('고르곤졸라', 17_900, upTo(1, '꿀', ['꿀 추가', 1_000])),
      dish('봉골레파스타', 16_500),
      dish('라구파스타', 16_900),
      dish('부라타샐러드', 15_900),
    ],
  },
  {
    name: '피자모퉁이 서초점',
    address: '서울특별시 서초구 서초대로73길 42',
    lat: 37.4973,
    lng: 127.0247,
    dishes: [
      dish('한 조각 페퍼로니', 5_900, drinks),
      dish('페퍼로니피자', 18_900, size, crust, toppings),
      dish('콤비네이션피자', 19_900, size, crust, toppings),
      dish('불고기피자', 20_900, size, crust),
      dish('포테이토피자', 20_900, size, crust),
      dish('하와이안피자', 19_900, size, crust),
      dish('치즈오븐스파게티', 8_900),
      dish('버팔로윙 8개', 9_900),
      dish('갈릭디핑소스', 700),
    ],
  },
  {
    name: '피자굽는마을 한티점',
    address: '서울특별시 강남구 선릉로69길 14 1층',
    lat: 37.4969,
    lng: 127.0521,
    dishes: [
      dish('고구마피자 1인', 8_900, drinks),
      dish('고구마피자', 17_900, size, toppings),
      dish('쉬림프골드피자', 23_900, size, crust),
      dish('스테이크피자', 24_900, size, crust),
      soldOut(dish('옥수수치즈피자', 18_900, size)),
      dish(
        '반반피자',
        21_900,
        one('왼쪽', ['고구마', 0], ['불고기', 0], ['페퍼로니', 0]),
        one('오른쪽', ['쉬림프', 2_000], ['스테이크', 2_000], ['치즈', 0]),
      ),
      dish('피클', 600),
    ],
  },
]
