import { describe, expect, it } from 'vitest'
import { applyChanges, changesBetween, conflictsOf, mergeEdits, withValue } from './changes.ts'

const base = { name: 'a', times: { idle: 30, whole: 120 }, hosts: ['one'], texts: { en: 'Hello' } }

describe('what is different', () => {
  it.each([
    ['nothing', { ...base, times: { whole: 120, idle: 30 } }, []],
    ['a value inside', { ...base, times: { idle: 31, whole: 120 } }, [['times.idle', 30, 31]]],
    ['a list as a whole', { ...base, hosts: ['one', 'two'] }, [['hosts', ['one'], ['one', 'two']]]],
    [
      'something new',
      { ...base, texts: { en: 'Hello', fr: 'Bonjour' } },
      [['texts.fr', undefined, 'Bonjour']],
    ],
    ['something gone', { ...base, texts: {} }, [['texts.en', 'Hello', undefined]]],
    ['an object that is none any more', { ...base, texts: null }, [['texts', { en: 'Hello' }, null]]],
  ])('is %s', (_what, after, expected) => {
    const found = changesBetween(base, after).map(({ path, was, is }) => [path.join('.'), was, is])
    expect(found).toEqual(expected)
  })

  it('can be done once more elsewhere', () => {
    const mine = { ...base, times: { idle: 31, whole: 120 }, texts: {} }
    const other = { name: 'b', times: { idle: 5, whole: 6 }, texts: { en: 'Hi', fr: 'Salut' } }
    expect(applyChanges(changesBetween(base, mine), other)).toEqual({
      name: 'b',
      times: { idle: 31, whole: 6 },
      texts: { fr: 'Salut' },
    })
  })

  it('makes room for what has no place yet', () => {
    expect(withValue({}, ['dark', 'linkColor'], '#fff')).toEqual({ dark: { linkColor: '#fff' } })
  })
})

describe('two who change the same document', () => {
  it('both keep what they did where it is not the same', () => {
    const mine = { ...base, name: 'mine' }
    const theirs = { ...base, times: { idle: 5, whole: 120 } }
    expect(conflictsOf({ base, mine, theirs })).toEqual([])
    expect(mergeEdits({ base, mine, theirs }, new Map())).toEqual({ ...theirs, name: 'mine' })
  })

  it('agree when they did the same', () => {
    const both = { ...base, name: 'same' }
    expect(conflictsOf({ base, mine: both, theirs: both })).toEqual([])
  })

  it.each(['mine', 'theirs'] as const)('choose where both changed one value: %s', (side) => {
    const mine = { ...base, name: 'mine', hosts: [] }
    const theirs = { ...base, name: 'theirs' }
    expect(conflictsOf({ base, mine, theirs })).toEqual([{ path: ['name'], mine: 'mine', theirs: 'theirs' }])
    expect(mergeEdits({ base, mine, theirs }, new Map([['name', side]]))).toEqual({
      ...base,
      name: side,
      hosts: [],
    })
  })

  it('choose between a value inside and the whole that was taken away', () => {
    const mine = { ...base, texts: { en: 'Hi' } }
    const theirs = { ...base, texts: null }
    const [conflict] = conflictsOf({ base, mine, theirs })
    expect(conflict).toEqual({ path: ['texts'], mine: { en: 'Hi' }, theirs: null })
    expect(mergeEdits({ base, mine, theirs }, new Map([['texts', 'mine']])).texts).toEqual({ en: 'Hi' })
    expect(mergeEdits({ base, mine, theirs }, new Map([['texts', 'theirs']])).texts).toBeNull()
  })
})
