import type { Finding, Point } from '../../../api/journey-document.ts'
import type { WorkingCopy } from '../../../api/journey-drafts.ts'
import type { NodeType, Outcome } from '../../../api/node-types.ts'
import type { Edge } from '../model/align.ts'
import type { CanvasCounts } from '../model/canvas-counts.ts'
import type { Connection, OutcomeRef } from '../model/connect.ts'
import type { Draft } from '../model/draft.ts'
import type { DropTarget } from '../model/drop-target.ts'
import type { Fragment } from '../model/fragment.ts'
import type { HighlightedPath } from '../model/highlighted-path.ts'
import type { Side } from '../model/merge.ts'
import type { ReferenceNames } from '../model/node-summary.ts'
import type {
  CanvasControl,
  Conflict,
  Dialog,
  EditorState,
  SaveState,
  UnsavedChanges,
} from './editor-state.ts'

/** A change to the draft. `label` names the undo step; changes of one gesture share a step. */
export type Change = {
  label: string
  apply(draft: Draft): Draft
  gesture?: string
  /** Ids to select afterwards. */
  select?: readonly string[]
}

export type EditActions = {
  change(change: Change): void
  endGesture(): void
  undo(): void
  redo(): void
  /** Adds outcomes that the server returned, by query key. */
  addOutcomes(answers: ReadonlyMap<string, readonly Outcome[] | null>): void
  setFindings(findings: readonly Finding[]): void
  setSaveState(saveState: SaveState): void
  /** Drops the problems of a setting that a refused save reported, because it has changed. */
  dropProblems(nodeId: string, attribute: string): void
  setOffline(isOffline: boolean): void
  setUnkept(isUnkept: boolean): void
  /** Takes over the document that the server stored. Changes made since `sent` stay. */
  applySaved(stored: WorkingCopy, sent: Draft): void
  /** Merges my changes into a state that was stored first. */
  applyMerge(conflict: Conflict, choices: ReadonlyMap<string, Side>): void
  /** Takes over a stored state after the draft was discarded. It can be undone. */
  applyDiscarded(stored: WorkingCopy): void
  /** Shows a restored journey, which can be undone. A draft stays as it is. */
  applyRestored(stored: WorkingCopy): void
  /** The next save stores a journey that was deleted again. */
  forgetStored(): void
  /** Takes over changes that this browser kept, and the stored state that they were made from. */
  restore(unsaved: UnsavedChanges): void
}

export type InsertPosition =
  | { kind: 'after'; source: OutcomeRef }
  | { kind: 'free'; at: Point }
  | { kind: 'page'; pageId: string; gap?: number }
  | { kind: 'connection'; connection: Connection; at: Point }

export type NodeActions = {
  /** Adds a node; by default after the first unconnected outcome of the selected node. */
  add(type: NodeType, insertAt?: InsertPosition): void
  /** Adds an empty note in the middle of the visible canvas, and selects it. */
  addNote(): void
  remove(ids: readonly string[]): void
  connectTo(source: OutcomeRef, target: string): void
  disconnectFrom(source: OutcomeRef): void
  move(positions: Readonly<Record<string, Point>>): void
  nudge(by: Point): void
  align(ids: readonly string[], edge: Edge): void
  /** Inserts an existing node into a connection. */
  insertIntoConnection(id: string, connection: Connection, at: Point): void
  moveToPage(id: string, pageId: string, gap?: number): void
  removeFromPage(id: string, at?: Point): void
  copy(ids: readonly string[]): Fragment | undefined
  paste(fragment: Fragment, at?: Point): void
  duplicate(ids: readonly string[], at?: Point): void
  arrangeNodes(): void
}

export type ViewActions = {
  select(ids: readonly string[]): void
  /** Adds a node to the selection, or removes it. */
  toggle(id: string): void
  /** Selects the node of a link and scrolls it to the centre, or reports that it is missing. */
  goToNode(id: string): void
  closeMissingNode(): void
  /** Selects an outcome of the selected node, or a connection on its own. */
  selectOutcome(source: OutcomeRef | undefined, ofSelection?: boolean): void
  showView(view: EditorState['view']): void
  openDialog(dialog: Dialog): void
  closeDialog(): void
  addRecentType(type: string): void
  showInspector(isOpen: boolean): void
  showRun(isShown: boolean): void
  setCanvasControl(control: CanvasControl | undefined): void
  setDropTarget(dropTarget: DropTarget | undefined): void
  setHighlight(highlight: HighlightedPath | undefined): void
  showCounts(isShown: boolean): void
  setCounts(counts: CanvasCounts | undefined): void
  setReferenceNames(names: ReferenceNames): void
}

export type Editor = EditorState & EditActions & NodeActions & ViewActions

export type SetEditor = (change: Partial<Editor> | ((editor: Editor) => Partial<Editor>)) => void
