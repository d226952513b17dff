import type { Finding, Point, StoredJourney } from '../../../api/journey-document.ts'
import type { NodeType, Outcome } from '../../../api/node-types.ts'
import type { Connection, OutcomeRef } from '../model/connect.ts'
import type { Draft } from '../model/draft.ts'
import type { DropTarget } from '../model/drop-target.ts'
import type { Fragment } from '../model/fragment.ts'
import type { HighlightedPath } from '../model/highlighted-path.ts'
import type { Side } from '../model/merge.ts'
import type { ReferenceNames } from '../model/node-summary.ts'
import type { CanvasControl, Dialog, EditorState, SaveState } from './editor-state.ts'

/** What is changed, and how undo calls it. Changes of one gesture are one step. */
export type Change = {
  label: string
  apply(draft: Draft): Draft
  gesture?: string
  /** What is chosen afterwards. */
  select?: readonly string[]
}

export type EditActions = {
  change(change: Change): void
  endGesture(): void
  undo(): void
  redo(): void
  /** What the server said of ways out, by question. */
  addOutcomes(answers: ReadonlyMap<string, readonly Outcome[] | null>): void
  setFindings(findings: readonly Finding[]): void
  setSaveState(save: SaveState): void
  setOffline(isOffline: boolean): void
  /** A save went through: what is stored now, and what was sent. Changes since then stay. */
  applySaved(stored: StoredJourney, sent: Draft): void
  /** Somebody else saved: their journey with my changes in it, to be saved over theirs. */
  applyMerge(theirs: StoredJourney, choices: ReadonlyMap<string, Side>): void
}

/** Where a new node goes. */
export type InsertPosition =
  | { kind: 'after'; source: OutcomeRef }
  | { kind: 'free'; at: Point }
  | { kind: 'page'; pageId: string; gap?: number }
  | { kind: 'connection'; connection: Connection; at: Point }

export type NodeActions = {
  /** Adds a node of a type. Where nothing is said, behind the first free way out of what is chosen. */
  add(type: NodeType, where?: InsertPosition): void
  remove(ids: readonly string[]): void
  connectTo(source: OutcomeRef, target: string): void
  disconnectFrom(source: OutcomeRef): void
  move(positions: Readonly<Record<string, Point>>): void
  nudge(by: Point): void
  /** Puts a node that is there into a line. */
  insertIntoConnection(id: string, edge: Connection, at: Point): void
  moveToPage(id: string, pageId: string, gap?: number): void
  removeFromPage(id: string, at?: Point): void
  copy(ids: readonly string[]): Fragment | undefined
  paste(fragment: Fragment, at?: Point): void
  duplicate(ids: readonly string[], at?: Point): void
  tidyUp(): void
}

export type ViewActions = {
  select(ids: readonly string[]): void
  /** Adds to what is chosen, or takes out of it. */
  toggle(id: string): void
  /** Chooses a way out of the node that is chosen, or a line alone. */
  selectOutcome(source: OutcomeRef | undefined, ofSelection?: boolean): void
  showView(view: EditorState['view']): void
  openDialog(dialog: Dialog): void
  closeDialog(): void
  addRecentType(type: string): void
  showInspector(isOpen: boolean): void
  showRun(isShown: boolean): void
  setCanvasControl(control: CanvasControl | undefined): void
  setDropTarget(drop: DropTarget | undefined): void
  setHighlight(highlight: HighlightedPath | undefined): void
  /** Scripts have other names, or there are new ones. */
  setReferenceNames(names: ReferenceNames): void
}

/** The editor's state with all that can be done to it. */
export type Editor = EditorState & EditActions & NodeActions & ViewActions

export type SetEditor = (change: Partial<Editor> | ((editor: Editor) => Partial<Editor>)) => void
