import type { Finding, Place, StoredJourney } from '../../../api/journey-document.ts'
import type { NodeType, Outcome } from '../../../api/node-types.ts'
import type { Edge, Exit } from '../model/connect.ts'
import type { Draft } from '../model/draft.ts'
import type { DropTarget } from '../model/drop-target.ts'
import type { Fragment } from '../model/fragment.ts'
import type { LitPath } from '../model/highlighted-path.ts'
import type { Side } from '../model/merge.ts'
import type { Names } from '../model/node-summary.ts'
import type { CanvasControl, Dialog, EditorState, SaveState } from './editor-state.ts'

/** What is changed, and how undo calls it. Changes of one gesture are one step. */
export type Change = {
  label: string
  make(draft: Draft): Draft
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
  learnOutcomes(answers: ReadonlyMap<string, readonly Outcome[] | null>): void
  tellFindings(findings: readonly Finding[]): void
  setSave(save: SaveState): void
  setOffline(isOffline: boolean): void
  /** A save went through: what is stored now, and what was sent. Changes since then stay. */
  takeSaved(stored: StoredJourney, sent: Draft): void
  /** Somebody else saved: their journey with my changes in it, to be saved over theirs. */
  takeMerged(theirs: StoredJourney, choices: ReadonlyMap<string, Side>): void
}

/** Where a new node goes. */
export type Where =
  | { kind: 'behind'; exit: Exit }
  | { kind: 'free'; at: Place }
  | { kind: 'page'; pageId: string; gap?: number }
  | { kind: 'edge'; edge: Edge; at: Place }

export type NodeActions = {
  /** Adds a node of a type. Where nothing is said, behind the first free way out of what is chosen. */
  add(type: NodeType, where?: Where): void
  remove(ids: readonly string[]): void
  connectTo(exit: Exit, target: string): void
  disconnectFrom(exit: Exit): void
  move(places: Readonly<Record<string, Place>>): void
  nudge(by: Place): void
  /** Puts a node that is there into a line. */
  spliceIn(id: string, edge: Edge, at: Place): void
  putOnPage(id: string, pageId: string, gap?: number): void
  takeOff(id: string, at?: Place): void
  copy(ids: readonly string[]): Fragment | undefined
  paste(fragment: Fragment, at?: Place): void
  duplicate(ids: readonly string[], at?: Place): void
  tidyUp(): void
}

export type ViewActions = {
  select(ids: readonly string[]): void
  /** Adds to what is chosen, or takes out of it. */
  toggle(id: string): void
  /** Chooses a way out of the node that is chosen, or a line alone. */
  chooseExit(exit: Exit | undefined, ofSelection?: boolean): void
  show(view: EditorState['view']): void
  open(dialog: Dialog): void
  close(): void
  noteRecent(type: string): void
  showInspector(isOpen: boolean): void
  showRun(isShown: boolean): void
  setControl(control: CanvasControl | undefined): void
  setDrop(drop: DropTarget | undefined): void
  setLit(lit: LitPath | undefined): void
  /** Scripts have other names, or there are new ones. */
  setNames(names: Names): void
}

/** The editor's state with all that can be done to it. */
export type Editor = EditorState & EditActions & NodeActions & ViewActions

export type Write = (change: Partial<Editor> | ((editor: Editor) => Partial<Editor>)) => void
