import type { Finding, Place, StoredJourney } from '../../../api/journey-document.ts'
import type { Outcome } from '../../../api/node-types.ts'
import type { Exit } from '../model/connect.ts'
import { type Draft, startId } from '../model/draft.ts'
import type { DropTarget } from '../model/drop-target.ts'
import { sizeOfEnd } from '../model/geometry.ts'
import type { LitPath } from '../model/highlighted-path.ts'
import { type History, startHistory } from '../model/history.ts'
import { placeUnplaced } from '../model/layout.ts'
import type { Names } from '../model/node-summary.ts'
import type { TypeBook } from '../model/node-type-catalogue.ts'
import { facesOf, type NodeFace } from '../model/node-views.ts'
import { type KnownOutcomes, outcomesOf, toldOutcomes } from '../model/outcome-queries.ts'
import type { Placed } from '../model/positions.ts'

/** Who saved what is stored, and which revision it is. */
export type Saved = Pick<StoredJourney, '_rev' | 'savedAt' | 'savedBy' | 'saves' | 'isDefault'> & {
  draft: Draft
}

/** What stands before the editor and waits to be closed. */
export type Dialog =
  | { kind: 'keys' }
  | { kind: 'connect'; exit: Exit }
  | { kind: 'findings' }
  | { kind: 'conflict'; theirs: StoredJourney }
  /** Somebody deleted the journey while it was edited. */
  | { kind: 'gone' }
  | { kind: 'signed-out' }

/** How the last save went, as far as it is still worth telling. */
export type SaveState =
  | { kind: 'idle' }
  | { kind: 'saving' }
  | { kind: 'refused'; message: string; problems: readonly SaveProblem[] }

export type SaveProblem = { nodeId: string | undefined; attribute: string | undefined; message: string }

/** What the canvas can be told to do; it is there while the canvas is. */
export type CanvasControl = {
  fit(): void
  actualSize(): void
  /** Moves what is in view until a node is. */
  reveal(id: string): void
  /** The place in the middle of the view. */
  centre(): Place
  focus(): void
}

/** Everything of the editor that more than one part of it needs. */
export type EditorState = {
  realm: string
  name: string
  /** Nothing can be changed: a run that is looked at. */
  isReadOnly: boolean
  book: TypeBook
  names: Names
  saved: Saved
  history: History<Draft>
  placed: Placed
  known: KnownOutcomes
  /** The ways out that nodes had last, by id. */
  before: ReadonlyMap<string, readonly Outcome[]>
  faces: ReadonlyMap<string, NodeFace>
  /** Ids of nodes, also of those on pages, and of ends; the last is the one that the inspector shows. */
  selection: readonly string[]
  /** The way out that keys act on, or whose line is chosen. */
  exit: Exit | undefined
  /** Node types that were added last, newest first. */
  recent: readonly string[]
  findings: readonly Finding[]
  view: 'canvas' | 'outline'
  dialog: Dialog | undefined
  save: SaveState
  /** The run panel stands beside the canvas. */
  isRunShown: boolean
  /** On a phone, whether the settings are shown: choosing alone does not. */
  isInspectorOpen: boolean
  /** The server was not reached when it was asked last. */
  isOffline: boolean
  control: CanvasControl | undefined
  /** Where the node that is dragged would come to be. */
  drop: DropTarget | undefined
  /** The way of the run that is looked at. */
  lit: LitPath | undefined
}

export function draftOf({ tree, nodes, innerNodes }: Draft): Draft {
  return { tree, nodes, innerNodes }
}

export function savedOf(stored: StoredJourney): Saved {
  const { _rev, savedAt, savedBy, saves, isDefault } = stored
  return { _rev, savedAt, savedBy, saves, isDefault, draft: draftOf(stored) }
}

export type Opened = {
  realm: string
  stored: StoredJourney
  book: TypeBook
  names: Names
  isReadOnly?: boolean
  recent?: readonly string[]
}

/** The editor as it is when a journey was just read. */
export function openedState({
  realm,
  stored,
  book,
  names,
  isReadOnly = false,
  recent = [],
}: Opened): EditorState {
  const draft = draftOf(stored)
  const known: KnownOutcomes = toldOutcomes(draft, book)
  const before = new Map<string, readonly Outcome[]>()
  const faces = facesOf(
    { draft, book, names, outcomes: (id) => outcomesOf(draft, id, book, known, before) },
    new Map(),
  )
  return {
    realm,
    name: stored.tree._id,
    isReadOnly,
    book,
    names,
    saved: savedOf(stored),
    history: startHistory(draft),
    placed: placeUnplaced(draft, (id) => faces.get(id)?.size ?? sizeOfEnd(id === '' ? startId : id)),
    known,
    before,
    faces,
    selection: [],
    exit: undefined,
    recent,
    findings: stored._findings,
    view: 'canvas',
    dialog: undefined,
    save: { kind: 'idle' },
    isRunShown: false,
    isInspectorOpen: false,
    isOffline: false,
    control: undefined,
    drop: undefined,
    lit: undefined,
  }
}

/** The same state with the faces of its draft, and what they remember of their ways out. */
export function withFaces(state: EditorState): EditorState {
  const { book, names, known, before } = state
  const draft = state.history.present
  const faces = facesOf(
    { draft, book, names, outcomes: (id) => outcomesOf(draft, id, book, known, before) },
    state.faces,
  )
  return { ...state, faces }
}
