import { expect } from 'chai'
import { dayAfter, wallTimeAt, weekdayOf } from '../../../clients/store/calendar.ts'
import { orderTimeAt } from '../../../clients/store/order-time.ts'
import { minutesUntilTomorrow, wishAt } from '../../../clients/store/pause.ts'
import { keptOf, topOf, weekOf } from '../../../clients/store/sales-week.ts'

const zone = 'Asia/Seoul'
const at = (iso: string): number => Date.parse(iso)
const HOURS = { open: '10:00', close: '22:00' }
const daily = Array.from({ length: 7 }, () => HOURS)

describe("a store's day", () => {
  it('is its zone’s: at 15:30 UTC it is tomorrow in Seoul', () => {
    expect(wallTimeAt(at('2026-11-25T14:59:00Z'), zone)).to.deep.equal({ day: '2026-11-25', minutes: 23 * 60 + 59 })
    expect(wallTimeAt(at('2026-11-25T15:30:00Z'), zone)).to.deep.equal({ day: '2026-11-26', minutes: 30 })
    expect([dayAfter('2026-12-31', 1), dayAfter('2026-03-01', -1), weekdayOf('2026-11-25')]).to.deep.equal(['2027-01-01', '2026-02-28', 3])
  })

  it('is paused until the hours of tomorrow begin, or of the day after when it is closed then', () => {
    const now = at('2026-11-25T09:30:00Z') // Wednesday, 18:30 in Seoul
    expect(minutesUntilTomorrow({ zone, hours: daily, holidays: [] }, now)).to.equal(5.5 * 60 + 10 * 60)
    expect(minutesUntilTomorrow({ zone, hours: daily, holidays: ['2026-11-26'] }, now)).to.equal(15.5 * 60 + 24 * 60)
    expect(minutesUntilTomorrow({ zone, hours: daily.with(4, { open: '00:00', close: '00:00' }), holidays: [] }, now)).to.equal(5.5 * 60)
    const away = ['2026-11-26', '2026-11-27']
    expect(minutesUntilTomorrow({ zone, hours: daily, holidays: away }, now), 'longer than a pause may be').to.equal(undefined)
  })

  it('is open again when a pause has run out, before anybody says so', () => {
    const pausedUntil = '2026-11-25T10:00:00.000Z'
    expect(wishAt({ status: 'paused', pausedUntil }, at(pausedUntil) - 1)).to.equal('paused')
    expect(wishAt({ status: 'paused', pausedUntil }, at(pausedUntil))).to.equal('open')
    expect(wishAt({ status: 'closed' }, at(pausedUntil))).to.equal('closed')
  })

  it('is the last of the seven in the chart, whose days without an order count nothing', () => {
    const items = [
      { day: '2026-11-23', orders: 2, amount: 30_000, refunded: 12_000 },
      { day: '2026-11-25', orders: 1, amount: 9_500, refunded: 0 },
    ]
    const week = weekOf(items, '2026-11-25')
    expect(week.map(({ day }) => day.slice(-2))).to.deep.equal(['19', '20', '21', '22', '23', '24', '25'])
    expect(week.map(keptOf)).to.deep.equal([0, 0, 0, 0, 18_000, 0, 9_500])
    expect([topOf(week), topOf(weekOf([], '2026-11-25'))]).to.deep.equal([20_000, 1])
  })
})

describe('the time on a card', () => {
  const order = { placedAt: '2026-11-25T09:00:00.000Z', prepReadyAt: '2026-11-25T09:20:00.000Z' }
  const told = (time: string, column: 'new' | 'cooking' | 'ready' = 'cooking') => {
    const { kind, minutes } = orderTimeAt(at(`2026-11-25T09:${time}Z`), column, order)
    return `${kind} ${minutes}`
  }

  it('counts down to what was promised, and then says that it is late', () => {
    expect(['05:00', '19:59', '20:00', '23:10'].map(time => told(time))).to.deep.equal(['left 15', 'left 0', 'late 0', 'late 3'])
  })

  it('counts from the placing where nobody cooks, and never below nothing', () => {
    expect([told('07:30', 'new'), told('45:00', 'ready')]).to.deep.equal(['since 7', 'since 45'])
    expect(orderTimeAt(at('2026-11-25T08:59:00Z'), 'new', order)).to.deep.equal({ kind: 'since', minutes: 0 })
  })
})
