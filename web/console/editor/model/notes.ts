import * as z from 'zod/mini'
import { isJsonObject, isSameJson, type Json, type JsonObject } from '../../../api/json.ts'
import { type Draft, isEnd, memberOf, startId, withTree } from './draft.ts'

export const noteColours = ['yellow', 'blue', 'green', 'red'] as const
export const noteSizes = {
  small: { width: 160, height: 96 },
  medium: { width: 240, height: 144 },
  large: { width: 320, height: 240 },
} as const
export const noteLength = 1000

const side = z.catch(z.number().check(z.minimum(64), z.maximum(1200)), 160)

export const noteSchema = z.object({
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
const member = 'sidegateNotes'

/** Notes beyond these are kept in the document, but not shown. */
const maxNotes = 200

type Notes = Readonly<Record<string, Note>>
type UiConfig = NonNullable<Draft['tree']['uiConfig']>

const none: Notes = {}
const parsed = new WeakMap<UiConfig, Notes>()
const shown = new WeakMap<Draft, Notes>()

/** The notes of a journey, by id. The document stores them as a JSON text. */
export function notesOf(draft: Draft): Notes {
  const notes = shown.get(draft) ?? readNotes(draft)
  shown.set(draft, notes)
  return notes
}

function readNotes(draft: Draft): Notes {
  const { uiConfig } = draft.tree
  if (uiConfig === undefined) return none
  const all = parsed.get(uiConfig) ?? parseNotes(uiConfig)
  parsed.set(uiConfig, all)
  const own = Object.entries(all).filter(([id]) => !isTaken(draft, id))
  return Object.fromEntries(own.slice(0, maxNotes))
}

function parseNotes(uiConfig: UiConfig): Notes {
  return Object.fromEntries(
    Object.entries(storedNotes(uiConfig)).flatMap(([id, note]) => {
      const { data } = noteSchema.safeParse(note)
      return data === undefined ? [] : [[id, data] as const]
    }),
  )
}

/** The notes as stored, which may be malformed in files from elsewhere. */
function storedNotes(uiConfig: UiConfig | undefined): JsonObject {
  const text = uiConfig?.[member]
  if (typeof text !== 'string') return {}
  try {
    const notes: unknown = JSON.parse(text)
    return isJsonObject(notes) ? notes : {}
  } catch {
    return {}
  }
}

/** Whether the id belongs to something else: a note would hide it, or be deleted in its place. */
function isTaken({ tree, nodes, innerNodes }: Draft, id: string): boolean {
  return isEnd(id) || id === startId || [tree.nodes, nodes, innerNodes].some((all) => Object.hasOwn(all, id))
}

export function noteOf(draft: Draft, id: string): Note | undefined {
  return memberOf(notesOf(draft), id)
}

export function hasRoomForNotes(draft: Draft): boolean {
  return Object.keys(notesOf(draft)).length < maxNotes
}

/** Adds notes, as many as there is room for. */
export function addNotes(draft: Draft, notes: Notes): Draft {
  const room = maxNotes - Object.keys(notesOf(draft)).length
  return withChanges(draft, Object.fromEntries(Object.entries(notes).slice(0, Math.max(room, 0))))
}

export function changeNote(draft: Draft, id: string, change: Partial<Note>): Draft {
  return noteOf(draft, id) === undefined ? draft : withChanges(draft, { [id]: change })
}

export function removeNote(draft: Draft, id: string): Draft {
  return noteOf(draft, id) === undefined ? draft : withChanges(draft, { [id]: undefined })
}

/** Members of notes that this editor doesn't know stay. */
function withChanges(draft: Draft, changes: Readonly<Record<string, Partial<Note> | undefined>>): Draft {
  const notes = new Map(Object.entries(storedNotes(draft.tree.uiConfig)))
  for (const [id, change] of Object.entries(changes)) {
    const before = notes.get(id)
    if (change === undefined) notes.delete(id)
    else notes.set(id, { ...(isJsonObject(before) && before), ...change })
  }
  return withStored(draft, Object.fromEntries(notes))
}

function withStored(draft: Draft, notes: JsonObject): Draft {
  const { [member]: _before, ...others } = draft.tree.uiConfig ?? {}
  const isEmpty = Object.keys(notes).length === 0
  return withTree(draft, { uiConfig: isEmpty ? others : { ...others, [member]: JSON.stringify(notes) } })
}

/** The journey without its notes, for comparisons of everything else. */
export function withoutNotes(draft: Draft): Draft {
  return draft.tree.uiConfig?.[member] === undefined ? draft : withStored(draft, {})
}

/** Three-way merge: notes of both sides stay. If both changed a note, mine wins; a changed note survives its deletion. */
export function mergeNotes(merged: Draft, base: Draft, mine: Draft, theirs: Draft): Draft {
  const stored = ({ tree }: Draft) => storedNotes(tree.uiConfig)
  const [was, own, other] = [stored(base), stored(mine), stored(theirs)]
  const isSame = (one: Json | undefined, two: Json | undefined) =>
    one === undefined || two === undefined ? one === two : isSameJson(one, two)
  const notes = [...new Set([...Object.keys(other), ...Object.keys(own)])].flatMap((id) => {
    const [before, here, there] = [memberOf(was, id), memberOf(own, id), memberOf(other, id)]
    const note = isSame(here, before) ? there : (here ?? (isSame(there, before) ? undefined : there))
    return note === undefined ? [] : [[id, note] as const]
  })
  return notes.length === 0 ? withoutNotes(merged) : withStored(merged, Object.fromEntries(notes))
}
