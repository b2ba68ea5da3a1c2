import fc from 'fast-check'
import type { MenuChoice, MenuItem, OptionGroup, Wanted } from '../../machines/price.ts'

/** Menus and wishes at random, for properties: most wishes fit their menu, and the amounts reach up to where a total may not go. */

const won = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 60_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 30_000_000 }) },
)
const sometimes = fc.integer({ min: 0, max: 9 }).map(n => n === 0)

const choices = (group: number): fc.Arbitrary<MenuChoice[]> =>
  fc.array(fc.record({ price: won, soldOut: fc.option(sometimes, { nil: undefined }) }), { minLength: 1, maxLength: 4 }).map(made =>
    made.map(({ price, soldOut }, i) => ({
      id: `o${group}-c${i}`,
      name: `choice ${i}`,
      price,
      ...(soldOut === undefined ? {} : { soldOut }),
    })),
  )

const group = (index: number): fc.Arbitrary<OptionGroup> =>
  choices(index).chain(made =>
    fc
      .integer({ min: 1, max: made.length })
      .chain(max => fc.integer({ min: 0, max }).map(min => ({ id: `o${index}`, name: `group ${index}`, choices: made, min, max }))),
  )

export const menu: fc.Arbitrary<MenuItem[]> = fc
  .array(fc.record({ price: won, soldOut: sometimes, options: fc.tuple(group(0), group(1)).chain(groups => fc.subarray(groups)) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map(items => items.map((item, i) => ({ id: `m-${i}`, name: `dish ${i}`, ...item })))

/** A wish for one dish: of each group as many choices as it asks for, now and then one too few or too many. */
const wish = (item: MenuItem): fc.Arbitrary<Wanted> =>
  fc
    .tuple(
      fc.integer({ min: 1, max: 99 }),
      fc.tuple(
        ...item.options.map(({ choices, min, max }) =>
          fc.shuffledSubarray(
            choices.map(({ id }) => id),
            { minLength: min, maxLength: max },
          ),
        ),
      ),
      fc.constantFrom('fits', 'fits', 'fits', 'fits', 'fits', 'none', 'strange', 'twice'),
    )
    .map(([quantity, taken, how]) => {
      const ids = taken.flat()
      switch (how) {
        case 'none':
          return { menuId: item.id, quantity }
        case 'strange':
          return { menuId: item.id, quantity, choices: [...ids, 'nothing'] }
        case 'twice':
          return { menuId: item.id, quantity, choices: [...ids, ...ids] }
        default:
          return { menuId: item.id, quantity, choices: ids }
      }
    })

/** A menu, and what somebody wants of it. */
export const wanting: fc.Arbitrary<{ readonly items: readonly MenuItem[]; readonly wanted: readonly Wanted[] }> = menu.chain(items =>
  fc
    .array(
      fc.oneof(
        { weight: 19, arbitrary: fc.constantFrom(...items).chain(wish) },
        { weight: 1, arbitrary: fc.constant({ menuId: 'm-9', quantity: 1 }) },
      ),
      {
        minLength: 1,
        maxLength: 5,
      },
    )
    .map(wanted => ({ items, wanted })),
)
