import { expect, it } from 'vitest'
import { choiceNotes } from './choice-notes.ts'

const choices = ['Their own device', 'Neither: ask their manager', 'Nothing']

it('finds the remark of each choice in the description of a page', () => {
  const description =
    'Pick the first one that works.\nTheir own device: Strong.\nNeither: ask their manager: Weak: they only vouch.'
  expect(choiceNotes(description, choices)).toEqual({
    notes: ['Strong.', 'Weak: they only vouch.', undefined],
    rest: 'Pick the first one that works.',
  })
})

it('leaves other descriptions alone', () => {
  expect(choiceNotes('Note: pick one.\nOr none.', choices).rest).toBe('Note: pick one. Or none.')
  expect(choiceNotes(undefined, choices)).toEqual({ notes: [undefined, undefined, undefined], rest: '' })
})
