import * as z from 'zod/mini'
import { isSameJson } from '../../../api/json.ts'
import { type Draft, memberOf, omit, withTree } from './draft.ts'

export const noteColours = ['yellow', 'blue', 'green', 'red'] as const
export const noteSizes = {
  small: { width: 160, height: 96 },
  medium: { width: 240, height: 144 },
  large: { width: 320, height: 240 },
} as const
export const noteLength = 1000

const side = z.catch(z.number().check(z.minimum(64), z.maximum(1200)), 160)

const noteSchema = z.object({
  // Longer texts can only come from other programs.
  text: z.pipe(
    z.string(),
    z.transform((text) => text.slice(0, noteLength)),
  ),
  x: z.number(),
  y: z.number(),
  width: side,
  height: side,
  colour: z.catch(z.enum(noteColours), 'yellow'),
})

/** A short plain text on the canvas. It never changes what the journey does. */
export type Note = z.infer<typeof noteSchema>

/** Other programs keep members of `uiConfig` that they don't know. */
const member = 'notes'

const parsed = new WeakMap<object, Readonly<Record<string, Note>>>()
const none: Readonly<Record<string, Note>> = {}

/** The notes of a journey, by id. The document stores them as a JSON text. */
export function notesOf({ tree: { uiConfig } }: Pick<Draft, 'tree'>): Readonly<Record<string, Note>> {
  if (uiConfig === undefined) return none
  const notes = parsed.get(uiConfig) ?? readNotes(uiConfig[member])
  parsed.set(uiConfig, notes)
  return notes
}

function readNotes(text: unknown): Readonly<Record<string, Note>> {
  if (typeof text !== 'string') return none
  try {
    const all = z.record(z.string(), z.unknown()).parse(JSON.parse(text))
    return Object.fromEntries(
      Object.entries(all).flatMap(([id, note]) => {
        const { data } = noteSchema.safeParse(note)
        return data === undefined ? [] : [[id, data] as const]
      }),
    )
  } catch {
    return none
  }
}

export function noteOf(draft: Draft, id: string): Note | undefined {
  return memberOf(notesOf(draft), id)
}

/** Adds or changes a note. */
export function withNote(draft: Draft, id: string, note: Note): Draft {
  return withNotes(draft, { ...notesOf(draft), [id]: note })
}

export function changeNote(draft: Draft, id: string, change: Partial<Note>): Draft {
  const note = noteOf(draft, id)
  return note === undefined ? draft : withNote(draft, id, { ...note, ...change })
}

export function removeNote(draft: Draft, id: string): Draft {
  return noteOf(draft, id) === undefined ? draft : withNotes(draft, omit(notesOf(draft), new Set([id])))
}

function withNotes(draft: Draft, notes: Readonly<Record<string, Note>>): Draft {
  const { [member]: _before, ...others } = draft.tree.uiConfig ?? {}
  const isEmpty = Object.keys(notes).length === 0
  return withTree(draft, {
    uiConfig: isEmpty ? others : { ...others, [member]: JSON.stringify(notes) },
  })
}

/** The journey without its notes, for comparisons of everything else. */
export function withoutNotes(draft: Draft): Draft {
  return Object.keys(notesOf(draft)).length === 0 ? draft : withNotes(draft, {})
}

/** Three-way merge: notes of both sides stay. If both changed a note, mine wins; a changed note survives its deletion. */
export function mergeNotes(merged: Draft, base: Draft, mine: Draft, theirs: Draft): Draft {
  const [was, own, other] = [notesOf(base), notesOf(mine), notesOf(theirs)]
  const isSame = (one: Note | undefined, two: Note | undefined) =>
    one === undefined || two === undefined ? one === two : isSameJson(one, two)
  const notes = [...new Set([...Object.keys(other), ...Object.keys(own)])].flatMap((id) => {
    const [before, here, there] = [memberOf(was, id), memberOf(own, id), memberOf(other, id)]
    const note = isSame(here, before) ? there : (here ?? (isSame(there, before) ? undefined : there))
    return note === undefined ? [] : [[id, note] as const]
  })
  const isEmpty = notes.length === 0 && Object.keys(notesOf(merged)).length === 0
  return isEmpty ? merged : withNotes(merged, Object.fromEntries(notes))
}
