import { describe, expect, it } from 'vitest'
import { applyChanges, changesBetween, conflictsOf, mergeEdits, withValue } from './changes.ts'

const base = { name: 'a', times: { idle: 30, whole: 120 }, hosts: ['one'], texts: { en: 'Hello' } }

describe('changesBetween', () => {
  it.each([
    ['no change when keys are reordered', { ...base, times: { whole: 120, idle: 30 } }, []],
    ['a nested value', { ...base, times: { idle: 31, whole: 120 } }, [['times.idle', 30, 31]]],
    ['a list as a whole', { ...base, hosts: ['one', 'two'] }, [['hosts', ['one'], ['one', 'two']]]],
    [
      'an added member',
      { ...base, texts: { en: 'Hello', fr: 'Bonjour' } },
      [['texts.fr', undefined, 'Bonjour']],
    ],
    ['a removed member', { ...base, texts: {} }, [['texts.en', 'Hello', undefined]]],
    ['an object replaced by null', { ...base, texts: null }, [['texts', { en: 'Hello' }, null]]],
  ])('finds %s', (_case, after, expected) => {
    const found = changesBetween(base, after).map(({ path, before, after }) => [
      path.join('.'),
      before,
      after,
    ])
    expect(found).toEqual(expected)
  })

  it('finds changes that apply to another document', () => {
    const mine = { ...base, times: { idle: 31, whole: 120 }, texts: {} }
    const other = { name: 'b', times: { idle: 5, whole: 6 }, texts: { en: 'Hi', fr: 'Salut' } }
    expect(applyChanges(changesBetween(base, mine), other)).toEqual({
      name: 'b',
      times: { idle: 31, whole: 6 },
      texts: { fr: 'Salut' },
    })
  })

  it('creates missing parent objects', () => {
    expect(withValue({}, ['dark', 'linkColor'], '#fff')).toEqual({ dark: { linkColor: '#fff' } })
  })
})

describe('merging two edits of a document', () => {
  it('keeps both edits of different members', () => {
    const mine = { ...base, name: 'mine' }
    const theirs = { ...base, times: { idle: 5, whole: 120 } }
    expect(conflictsOf({ base, mine, theirs })).toEqual([])
    expect(mergeEdits({ base, mine, theirs }, new Map())).toEqual({ ...theirs, name: 'mine' })
  })

  it('reports no conflict for equal edits', () => {
    const both = { ...base, name: 'same' }
    expect(conflictsOf({ base, mine: both, theirs: both })).toEqual([])
  })

  it.each(['mine', 'theirs'] as const)('takes the chosen side of a conflict: %s', (side) => {
    const mine = { ...base, name: 'mine', hosts: [] }
    const theirs = { ...base, name: 'theirs' }
    expect(conflictsOf({ base, mine, theirs })).toEqual([{ path: ['name'], mine: 'mine', theirs: 'theirs' }])
    expect(mergeEdits({ base, mine, theirs }, new Map([['name', side]]))).toEqual({
      ...base,
      name: side,
      hosts: [],
    })
  })

  it('reports one conflict for an edited member of a removed object', () => {
    const mine = { ...base, texts: { en: 'Hi' } }
    const theirs = { ...base, texts: null }
    const [conflict] = conflictsOf({ base, mine, theirs })
    expect(conflict).toEqual({ path: ['texts'], mine: { en: 'Hi' }, theirs: null })
    expect(mergeEdits({ base, mine, theirs }, new Map([['texts', 'mine']])).texts).toEqual({ en: 'Hi' })
    expect(mergeEdits({ base, mine, theirs }, new Map([['texts', 'theirs']])).texts).toBeNull()
  })
})
