import type { Finding, Point, StoredJourney } from '../../../api/journey-document.ts'
import type { WorkingCopy } from '../../../api/journey-drafts.ts'
import type { Outcome } from '../../../api/node-types.ts'
import type { CanvasCounts } from '../model/canvas-counts.ts'
import type { ChangeMarks } from '../model/change-marks.ts'
import type { OutcomeRef } from '../model/connect.ts'
import { type Draft, isInJourney, startId } from '../model/draft.ts'
import type { DropTarget } from '../model/drop-target.ts'
import { sizeOfEnd } from '../model/geometry.ts'
import type { HighlightedPath } from '../model/highlighted-path.ts'
import { type History, startHistory } from '../model/history.ts'
import { layOutMissing } from '../model/layout.ts'
import type { ReferenceNames } from '../model/node-summary.ts'
import type { NodeTypeCatalogue } from '../model/node-type-catalogue.ts'
import { type CanvasNodeView, nodeViewsOf } from '../model/node-views.ts'
import { noteOf } from '../model/notes.ts'
import { currentOutcomes, type KnownOutcomes, storedOutcomes } from '../model/outcome-queries.ts'
import { childOf } from '../model/page-children.ts'
import type { AutoPositions } from '../model/positions.ts'

/** The stored state that the editor was opened with, or saved last: the draft, or the published journey if there is none. */
export type Saved = {
  draft: Draft
  savedAt: number | null
  savedBy: string | null
  /** Revision of the stored draft; undefined if there is none. */
  revision: string | undefined
  /** As of `DraftPrecondition`, for the next save. */
  base: string | null | undefined
  /** Undefined if the journey was never published. */
  published: Pick<StoredJourney, '_rev' | 'savedAt' | 'savedBy' | 'saves'> | undefined
  /** Whether the published journey changed since the draft was begun. */
  isBehind: boolean
  isDefault: boolean
}

/** Another state of the journey was stored first. */
export type Conflict = {
  theirs: Draft
  savedBy: string | null
  savedAt: number | null
  /** The state that both sides were made from. */
  base: Draft
  /** The stored state after both sides are merged. */
  next: Saved
  /** Whether their state is the published journey and mine is the stored draft. */
  isPublished: boolean
}

/** Changes of a journey that were not saved, and the stored state that they were made from. */
export type UnsavedChanges = {
  parts: Draft
  saved: Saved
  /** Whether secrets were typed. The browser doesn't keep them. */
  hadSecrets: boolean
}

/** The open dialog. */
export type Dialog =
  | { kind: 'keys' }
  | { kind: 'connect'; source: OutcomeRef }
  | { kind: 'findings' }
  | { kind: 'history' }
  | { kind: 'conflict'; conflict: Conflict }
  | { kind: 'publish' }
  | { kind: 'discard' }
  /** This browser kept changes that were not saved. */
  | { kind: 'restore'; at: number; unsaved: UnsavedChanges }
  /** The journey was deleted while it was open. */
  | { kind: 'deleted' }
  | { kind: 'signed-out' }

/** Result of the last save. */
export type SaveState =
  | { kind: 'idle' }
  | { kind: 'saving' }
  | { kind: 'refused'; message: string; problems: readonly SaveProblem[] }

export type SaveProblem = { nodeId: string | undefined; attribute: string | undefined; message: string }

/** Canvas functions for the rest of the editor. Undefined while no canvas is shown. */
export type CanvasControl = {
  fit(): void
  actualSize(): void
  /** Scrolls a node into view. */
  reveal(id: string): void
  /** Scrolls a node to the centre. */
  centreOn(id: string): void
  /** The centre of the visible area. */
  centre(): Point
  focus(): void
}

/** State that several parts of the editor share. */
export type EditorState = {
  realm: string
  name: string
  /** True for recorded runs. */
  isReadOnly: boolean
  catalogue: NodeTypeCatalogue
  referenceNames: ReferenceNames
  saved: Saved
  history: History<Draft>
  autoPositions: AutoPositions
  knownOutcomes: KnownOutcomes
  /** Last known outcomes by node id. */
  previousOutcomes: ReadonlyMap<string, readonly Outcome[]>
  nodeViews: ReadonlyMap<string, CanvasNodeView>
  /** Ids of selected nodes (also on pages) and ends. The inspector shows the last. */
  selection: readonly string[]
  /** The node that the editor was opened at: the outline begins there. */
  openedAt: string | undefined
  /** The node of a link that the journey doesn't contain. */
  missingNode: string | undefined
  /** The outcome that keys act on, or whose connection is selected. */
  selectedOutcome: OutcomeRef | undefined
  /** Type ids, newest first. */
  recentTypes: readonly string[]
  findings: readonly Finding[]
  view: 'canvas' | 'outline'
  dialog: Dialog | undefined
  saveState: SaveState
  isRunShown: boolean
  /** On phones the settings open in a drawer: selecting a node doesn't open it. */
  isInspectorOpen: boolean
  /** The last request didn't reach the server. */
  isOffline: boolean
  /** The browser could not keep the unsaved changes. */
  isUnkept: boolean
  canvasControl: CanvasControl | undefined
  dropTarget: DropTarget | undefined
  /** The selected run, up to its selected step. */
  highlight: HighlightedPath | undefined
  isCountsShown: boolean
  /** How many sign-ins took each connection; undefined unless the canvas shows it. */
  counts: CanvasCounts | undefined
  /** Differences from another version; undefined unless versions are compared. */
  marks: ChangeMarks | undefined
}

export function draftOf({ tree, nodes, innerNodes }: Draft): Draft {
  return { tree, nodes, innerNodes }
}

export function savedOf({ draft, published }: WorkingCopy): Saved {
  const stored = draft ?? published
  if (stored === null) throw new Error('a working copy has a draft or a published journey')
  return {
    draft: draftOf(stored),
    savedAt: stored.savedAt,
    savedBy: stored.savedBy,
    revision: draft?._rev,
    base: draft === null ? published?._rev : undefined,
    published: published ?? undefined,
    isBehind: draft?.isBehind ?? false,
    isDefault: published?.isDefault ?? false,
  }
}

/** The findings of the draft, or of the published journey if there is none. */
export function findingsOf({ draft, published }: WorkingCopy): readonly Finding[] {
  return (draft ?? published)?._findings ?? []
}

const noFindings: readonly Finding[] = []

/** A journey without nodes was just begun: that it can't run yet is no finding. */
export function shownFindings({ findings, nodeViews }: EditorState): readonly Finding[] {
  return nodeViews.size === 0 ? noFindings : findings
}

export type OpenedJourney = {
  realm: string
  stored: WorkingCopy
  catalogue: NodeTypeCatalogue
  referenceNames: ReferenceNames
  isReadOnly?: boolean
  recentTypes?: readonly string[]
  marks?: ChangeMarks
  /** Id of a node to select. */
  node?: string | undefined
}

/** Nothing is selected, and no panel or dialog is open. */
const closedViews = {
  selectedOutcome: undefined,
  view: 'canvas',
  dialog: undefined,
  saveState: { kind: 'idle' },
  isRunShown: false,
  isInspectorOpen: false,
  isOffline: false,
  isUnkept: false,
  canvasControl: undefined,
  dropTarget: undefined,
  highlight: undefined,
  isCountsShown: false,
  counts: undefined,
} satisfies Partial<EditorState>

/** The state of the editor for a journey that was just loaded. */
export function initialState({
  realm,
  stored,
  catalogue,
  referenceNames,
  isReadOnly = false,
  recentTypes = [],
  marks,
  node,
}: OpenedJourney): EditorState {
  const saved = savedOf(stored)
  const { draft } = saved
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
  const sizeOf = (id: string) => nodeViews.get(id)?.size ?? sizeOfEnd(id === '' ? startId : id)
  return {
    realm,
    name: stored._id,
    isReadOnly,
    catalogue,
    referenceNames,
    saved,
    history: startHistory(draft),
    autoPositions: layOutMissing(draft, sizeOf),
    knownOutcomes,
    previousOutcomes,
    nodeViews,
    ...closedViews,
    ...selectionFromLink(draft, node),
    recentTypes,
    findings: findingsOf(stored),
    marks,
  }
}

/** Selects the node of a link, if the journey contains it. */
function selectionFromLink(
  draft: Draft,
  node: string | undefined,
): Pick<EditorState, 'selection' | 'openedAt' | 'missingNode'> {
  if (node === undefined) return { selection: [], openedAt: undefined, missingNode: undefined }
  return isSelectable(draft, node)
    ? { selection: [node], openedAt: node, missingNode: undefined }
    : { selection: [], openedAt: undefined, missingNode: node }
}

/** Whether the id belongs to a node, also on a page, to an end of the journey or to a note. */
export function isSelectable(draft: Draft, id: string): boolean {
  return (
    id === startId ||
    isInJourney(draft, id) ||
    childOf(draft, id) !== undefined ||
    noteOf(draft, id) !== undefined
  )
}

/** Updates the node views after the draft or what is known about it changed. */
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
