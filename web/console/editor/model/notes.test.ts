import { expect, it } from 'vitest'
import { countChanges } from './change-count.ts'
import { type Draft, emptyDraft, failureId, startId, successId, withTree } from './draft.ts'
import { merge } from './merge.ts'
import { addNotes, changeNote, type Note, noteLength, noteOf, notesOf, removeNote } from './notes.ts'
import { moveBy } from './positions.ts'
import { isRemovable, removeNodes } from './remove-nodes.ts'
import { selectionText } from './selection-text.ts'
import { smallJourney } from './small-journey.fixture.ts'

const note: Note = { text: 'Ask legal', x: 8, y: 16, width: 160, height: 96, colour: 'blue' }
const empty = withTree(emptyDraft('Login'), { uiConfig: { categories: '["A"]', annotations: '{}' } })
const noted = addNotes(empty, { n: note })
const stored = (notes: unknown) => withTree(empty, { uiConfig: { sidegateNotes: JSON.stringify(notes) } })
const texts = (draft: Draft) => Object.values(notesOf(draft)).map(({ text }) => text)

it('stores notes as a text beside the members of other programs, and nothing without notes', () => {
  expect(noted.tree.uiConfig).toEqual({
    categories: '["A"]',
    annotations: '{}',
    sidegateNotes: JSON.stringify({ n: note }),
  })
  expect(removeNote(noted, 'n').tree.uiConfig).toEqual(empty.tree.uiConfig)
})

it.each([
  ['no JSON', 'no JSON', []],
  ['a list', '[1]', []],
  ['a note without a place', JSON.stringify({ a: { text: 'x' }, b: note }), ['Ask legal']],
])('reads %s of another program', (_what, sidegateNotes, expected) => {
  expect(texts(withTree(empty, { uiConfig: { sidegateNotes } }))).toEqual(expected)
})

it('bounds texts, sizes and colours of another program', () => {
  const odd = { ...note, text: 'x'.repeat(5000), width: 1e9, height: -1, colour: 'url(x)' }
  const read = notesOf(stored({ odd })).odd
  expect(read).toMatchObject({ width: 160, height: 160, colour: 'yellow' })
  expect(read?.text).toHaveLength(noteLength)
})

it.each([startId, successId, failureId, 'decide', 'page', 'password'])(
  'leaves out a note with the id of something else: %s',
  (id) => {
    const journey = smallJourney()
    const uiConfig = { sidegateNotes: JSON.stringify({ [id]: note, n: note }) }
    const draft = withTree(journey, { uiConfig })
    expect(Object.keys(notesOf(draft))).toEqual(['n'])
    // Deletes the node, not the note.
    expect(removeNodes(draft, [id]).tree.uiConfig).toEqual(uiConfig)
  },
)

it('keeps what it does not understand when it changes one note', () => {
  const long = { ...note, text: 'x'.repeat(noteLength + 1), by: 'somebody' }
  const draft = changeNote(stored({ odd: 7, long, n: note }), 'long', { x: 800 })
  expect(draft).toEqual(stored({ odd: 7, long: { ...long, x: 800 }, n: note }))
  expect(removeNote(draft, 'n')).toEqual(stored({ odd: 7, long: { ...long, x: 800 } }))
})

it('shows and adds at most 200 notes', () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`n${at}`, note]))
  expect(Object.keys(notesOf(stored(many(300))))).toHaveLength(200)
  expect(addNotes(stored(many(200)), { more: note })).toEqual(stored(many(200)))
})

it('moves and deletes notes as it does nodes, as one change', () => {
  expect(noteOf(moveBy(noted, {}, ['n'], { x: 8, y: 0 }), 'n')).toEqual({ ...note, x: 16 })
  expect(isRemovable(noted, 'n')).toBe(true)
  expect(notesOf(removeNodes(noted, ['n']))).toEqual({})
  expect(countChanges(empty, noted)).toBe(1)
})

it.each([
  [['decide', 'wait'], '2 nodes'],
  [['decide', 'n'], '1 node and 1 note'],
  [['n', 'other'], '2 notes'],
])('counts notes apart from nodes: %s', (ids, expected) => {
  expect(selectionText(addNotes(smallJourney(), { n: note, other: note }), ids)).toBe(expected)
})

it('merges the notes of both sides without a conflict', () => {
  const mine = addNotes(changeNote(noted, 'n', { text: 'Mine' }), { a: { ...note, text: 'A' } })
  const theirs = addNotes(removeNote(noted, 'n'), { b: { ...note, text: 'B' } })
  const { draft, conflicts } = merge(noted, mine, theirs)
  expect(conflicts).toEqual([])
  expect(texts(draft).toSorted()).toEqual(['A', 'B', 'Mine'])
  expect(draft.tree.uiConfig).toMatchObject({ categories: '["A"]', annotations: '{}' })
  expect(texts(merge(noted, noted, theirs).draft)).toEqual(['B'])
})
