import { describe, expect, it } from 'vitest'
import { isSameJson } from '../../api/json.ts'
import { conflictsOf, mergeEdits, type Side } from '../saving/changes.ts'
import { documentOf, newDraft, newProperty } from './draft.ts'
import { inMergedOrder, withCommonOrder } from './property-order.ts'

/** A node type whose properties have these names, in this order. */
const typeWith = (names: string, description = '') =>
  documentOf({
    ...newDraft('abc'),
    description,
    properties: names.split(' ').map((name) => ({ ...newProperty(name), name })),
  })

function merge(names: { base: string; mine: string; theirs: string }, side?: Side) {
  const { base, mine, theirs } = names
  const versions = withCommonOrder({
    base: typeWith(base),
    mine: typeWith(mine),
    theirs: typeWith(theirs, 'Theirs'),
  })
  const choices = new Map(side === undefined ? [] : [['order', side] as const])
  const { properties, ...rest } = inMergedOrder(mergeEdits(versions, choices), versions)
  expect(rest).not.toHaveProperty('order')
  return {
    conflicts: conflictsOf(versions).map(({ path }) => path.join('.')),
    order: Object.keys(properties ?? {}).join(' '),
  }
}

describe('the order of properties', () => {
  it('is a difference between two types', () => {
    expect(isSameJson(typeWith('a b'), typeWith('b a'))).toBe(false)
  })

  it.each([
    ['moved here', { base: 'a b c', mine: 'c a b', theirs: 'a b c' }, 'c a b'],
    ['moved by another person', { base: 'a b c', mine: 'a b c', theirs: 'c a b' }, 'c a b'],
    [
      'moved here, with one that another person added',
      { base: 'a b', mine: 'b a', theirs: 'a x b' },
      'b a x',
    ],
    ['moved by another person, with one added here', { base: 'a b', mine: 'a x b', theirs: 'b a' }, 'b a x'],
    ['moved here, without a removed one', { base: 'a b c', mine: 'c b a', theirs: 'a c' }, 'c a'],
    ['with a property that each person added', { base: 'a', mine: 'a x', theirs: 'a y' }, 'a y x'],
  ])('is kept: %s', (_case, names, order) => {
    expect(merge(names)).toEqual({ conflicts: [], order })
  })

  it.each([
    ['mine', 'b a c'],
    ['theirs', 'c a b'],
  ] as const)('is chosen where both moved: %s', (side, order) => {
    const names = { base: 'a b c', mine: 'b a c', theirs: 'c a b' }
    expect(merge(names, side)).toEqual({ conflicts: ['order'], order })
  })
})
