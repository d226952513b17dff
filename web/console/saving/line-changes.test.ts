import { describe, expect, it } from 'vitest'
import { lineChanges } from './line-changes.ts'

describe('the changed lines of a text', () => {
  it('are counted and shown with the lines around them', () => {
    expect(lineChanges('one\ntwo\nthree\n', 'one\n2\nthree\nfour\n')).toEqual({
      added: 2,
      removed: 1,
      hunks: [{ before: 1, after: 1, lines: [' one', '-two', '+2', ' three', '+four'] }],
    })
  })

  it('ignore whether the last line ends', () => {
    expect(lineChanges('one\ntwo', 'one\ntwo\n')).toEqual({ added: 0, removed: 0, hunks: [] })
  })

  it('are those of an empty text if there was none', () => {
    expect(lineChanges(undefined, 'a\nb')).toMatchObject({ added: 2, removed: 0 })
  })

  it('exist only for texts of several lines', () => {
    expect(lineChanges('one', 'two')).toBeUndefined()
    expect(lineChanges(['a\nb'], 'a\nb')).toBeUndefined()
  })

  it('are only counted if too many differ', () => {
    const numbered = (word: string) => Array.from({ length: 1500 }, (_, at) => `${word} ${at}`).join('\n')
    expect(lineChanges(numbered('old'), numbered('new'))).toEqual({ added: 1500, removed: 1500 })
  })
})
