import type { Finding, Point, StoredJourney } from '../../../api/journey-document.ts'
import type { Outcome } from '../../../api/node-types.ts'
import type { OutcomeRef } from '../model/connect.ts'
import { type Draft, startId } from '../model/draft.ts'
import type { DropTarget } from '../model/drop-target.ts'
import { sizeOfEnd } from '../model/geometry.ts'
import type { HighlightedPath } from '../model/highlighted-path.ts'
import { type History, startHistory } from '../model/history.ts'
import { layOutMissing } from '../model/layout.ts'
import type { ReferenceNames } from '../model/node-summary.ts'
import type { NodeTypeCatalogue } from '../model/node-type-catalogue.ts'
import { type CanvasNodeView, nodeViewsOf } from '../model/node-views.ts'
import { currentOutcomes, type KnownOutcomes, storedOutcomes } from '../model/outcome-queries.ts'
import type { AutoPositions } from '../model/positions.ts'

/** Who saved what is stored, and which revision it is. */
export type Saved = Pick<StoredJourney, '_rev' | 'savedAt' | 'savedBy' | 'saves' | 'isDefault'> & {
  draft: Draft
}

/** What stands before the editor and waits to be closed. */
export type Dialog =
  | { kind: 'keys' }
  | { kind: 'connect'; source: OutcomeRef }
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
  centre(): Point
  focus(): void
}

/** Everything of the editor that more than one part of it needs. */
export type EditorState = {
  realm: string
  name: string
  /** Nothing can be changed: a run that is looked at. */
  isReadOnly: boolean
  catalogue: NodeTypeCatalogue
  referenceNames: ReferenceNames
  saved: Saved
  history: History<Draft>
  autoPositions: AutoPositions
  knownOutcomes: KnownOutcomes
  /** The ways out that nodes had last, by id. */
  previousOutcomes: ReadonlyMap<string, readonly Outcome[]>
  nodeViews: ReadonlyMap<string, CanvasNodeView>
  /** Ids of nodes, also of those on pages, and of ends; the last is the one that the inspector shows. */
  selection: readonly string[]
  /** The way out that keys act on, or whose line is chosen. */
  selectedOutcome: OutcomeRef | undefined
  /** Node types that were added last, newest first. */
  recentTypes: readonly string[]
  findings: readonly Finding[]
  view: 'canvas' | 'outline'
  dialog: Dialog | undefined
  saveState: SaveState
  /** The run panel stands beside the canvas. */
  isRunShown: boolean
  /** On a phone, whether the settings are shown: choosing alone does not. */
  isInspectorOpen: boolean
  /** The server was not reached when it was asked last. */
  isOffline: boolean
  canvasControl: CanvasControl | undefined
  /** Where the node that is dragged would come to be. */
  dropTarget: DropTarget | undefined
  /** The way of the run that is looked at. */
  highlight: HighlightedPath | undefined
}

export function draftOf({ tree, nodes, innerNodes }: Draft): Draft {
  return { tree, nodes, innerNodes }
}

export function savedOf(stored: StoredJourney): Saved {
  const { _rev, savedAt, savedBy, saves, isDefault } = stored
  return { _rev, savedAt, savedBy, saves, isDefault, draft: draftOf(stored) }
}

export type OpenedJourney = {
  realm: string
  stored: StoredJourney
  catalogue: NodeTypeCatalogue
  referenceNames: ReferenceNames
  isReadOnly?: boolean
  recentTypes?: readonly string[]
}

/** The editor as it is when a journey was just read. */
export function initialState({
  realm,
  stored,
  catalogue,
  referenceNames,
  isReadOnly = false,
  recentTypes = [],
}: OpenedJourney): EditorState {
  const draft = draftOf(stored)
  const knownOutcomes: KnownOutcomes = storedOutcomes(draft, catalogue)
  const previousOutcomes = new Map<string, readonly Outcome[]>()
  const nodeViews = nodeViewsOf(
    {
      draft,
      catalogue,
      referenceNames,
      outcomesFor: (id) => currentOutcomes(draft, id, catalogue, knownOutcomes, previousOutcomes),
    },
    new Map(),
  )
  return {
    realm,
    name: stored.tree._id,
    isReadOnly,
    catalogue,
    referenceNames,
    saved: savedOf(stored),
    history: startHistory(draft),
    autoPositions: layOutMissing(
      draft,
      (id) => nodeViews.get(id)?.size ?? sizeOfEnd(id === '' ? startId : id),
    ),
    knownOutcomes,
    previousOutcomes,
    nodeViews,
    selection: [],
    selectedOutcome: undefined,
    recentTypes,
    findings: stored._findings,
    view: 'canvas',
    dialog: undefined,
    saveState: { kind: 'idle' },
    isRunShown: false,
    isInspectorOpen: false,
    isOffline: false,
    canvasControl: undefined,
    dropTarget: undefined,
    highlight: undefined,
  }
}

/** The same state with the faces of its draft, and what they remember of their ways out. */
export function withNodeViews(state: EditorState): EditorState {
  const { catalogue, referenceNames, knownOutcomes, previousOutcomes } = state
  const draft = state.history.present
  const nodeViews = nodeViewsOf(
    {
      draft,
      catalogue,
      referenceNames,
      outcomesFor: (id) => currentOutcomes(draft, id, catalogue, knownOutcomes, previousOutcomes),
    },
    state.nodeViews,
  )
  return { ...state, nodeViews }
}
