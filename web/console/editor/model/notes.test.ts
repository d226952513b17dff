import { expect, it } from 'vitest'
import { countChanges } from './change-count.ts'
import { type Draft, emptyDraft, withTree } from './draft.ts'
import { merge } from './merge.ts'
import { changeNote, type Note, noteLength, noteOf, notesOf, removeNote, withNote } from './notes.ts'
import { moveBy } from './positions.ts'
import { isRemovable, removeNodes } from './remove-nodes.ts'

const note: Note = { text: 'Ask legal', x: 8, y: 16, width: 160, height: 96, colour: 'blue' }
const empty = withTree(emptyDraft('Login'), { uiConfig: { categories: '["A"]', annotations: '{}' } })
const noted = withNote(empty, 'n', note)
const texts = (draft: Draft) => Object.values(notesOf(draft)).map(({ text }) => text)

it('stores notes as a text beside the members of other programs, and nothing without notes', () => {
  expect(noted.tree.uiConfig).toEqual({
    categories: '["A"]',
    annotations: '{}',
    notes: JSON.stringify({ n: note }),
  })
  expect(removeNote(noted, 'n').tree.uiConfig).toEqual(empty.tree.uiConfig)
})

it.each([
  ['no JSON', 'no JSON', []],
  ['a list', '[1]', []],
  ['a note without a place', JSON.stringify({ a: { text: 'x' }, b: note }), ['Ask legal']],
])('reads %s of another program', (_what, notes, expected) => {
  expect(texts(withTree(empty, { uiConfig: { notes } }))).toEqual(expected)
})

it('bounds texts, sizes and colours of another program', () => {
  const odd = { ...note, text: 'x'.repeat(5000), width: 1e9, height: -1, colour: 'url(x)' }
  const read = notesOf(withTree(empty, { uiConfig: { notes: JSON.stringify({ odd }) } })).odd
  expect(read).toMatchObject({ width: 160, height: 160, colour: 'yellow' })
  expect(read?.text).toHaveLength(noteLength)
})

it('moves and deletes notes as it does nodes, as one change', () => {
  expect(noteOf(moveBy(noted, {}, ['n'], { x: 8, y: 0 }), 'n')).toEqual({ ...note, x: 16 })
  expect(isRemovable(noted, 'n')).toBe(true)
  expect(notesOf(removeNodes(noted, ['n']))).toEqual({})
  expect(countChanges(empty, noted)).toBe(1)
})

it('merges the notes of both sides without a conflict', () => {
  const mine = withNote(changeNote(noted, 'n', { text: 'Mine' }), 'a', { ...note, text: 'A' })
  const theirs = withNote(removeNote(noted, 'n'), 'b', { ...note, text: 'B' })
  const { draft, conflicts } = merge(noted, mine, theirs)
  expect(conflicts).toEqual([])
  expect(texts(draft).toSorted()).toEqual(['A', 'B', 'Mine'])
  expect(draft.tree.uiConfig).toMatchObject({ categories: '["A"]', annotations: '{}' })
  expect(texts(merge(noted, noted, theirs).draft)).toEqual(['B'])
})
