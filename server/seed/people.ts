/** Someone with a demo account. Telephone numbers begin with 010 0000, which nobody has. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly phone: string
}

const CUSTOMERS = [
  '김하늘',
  '이서준',
  '박지우',
  '최민서',
  '정도윤',
  '강예은',
  '조현우',
  '윤서연',
  '장시우',
  '임수아',
  '한지호',
  '오유진',
  '서준영',
  '신다은',
  '권태민',
  '황소율',
  '안재현',
  '송나연',
  '류건우',
  '홍채원',
]
const RIDERS = ['고은찬', '문성호', '배지훈', '백승아', '양동현', '손미래', '허준서', '남기태', '노윤아', '하진우']

/** `customer-1…20`, 01000000001…01000000020. */
export const customers: readonly Person[] = CUSTOMERS.map((name, index) => ({
  id: `customer-${index + 1}`,
  name,
  phone: `010${String(index + 1).padStart(8, '0')}`,
}))

/** `rider-1…10`, 01000001001…01000001010. */
export const riders: readonly Person[] = RIDERS.map((name, index) => ({
  id: `rider-${index + 1}`,
  name,
  phone: `010${String(index + 1_001).padStart(8, '0')}`,
}))

export const ops: readonly Omit<Person, 'phone'>[] = [{ id: 'ops-1', name: '차운영' }]
