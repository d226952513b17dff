import { targetOf } from '../model/connect.ts'
import { notesOf } from '../model/notes.ts'
import { childOf } from '../model/page-children.ts'
import { isRemovable } from '../model/remove-nodes.ts'
import { focusInPanel, togglePanel } from '../panels.ts'
import { askToPublish } from '../saving/publish-now.ts'
import { saveNow } from '../saving/save-now.ts'
import type { EditorStore } from '../store/editor-store.ts'
import { addNote } from './add-note.ts'

export type Shortcut = {
  /** As listed under "Keyboard shortcuts". */
  keys: string
  description: string
  matches(press: KeyboardEvent): boolean
  run(store: EditorStore, press: KeyboardEvent): void
  /** Also works while typing in a field. */
  isEverywhere?: boolean
}

const control = (press: KeyboardEvent) => press.ctrlKey || press.metaKey
const plain = (key: string) => (press: KeyboardEvent) =>
  !control(press) && !press.altKey && press.key.toLowerCase() === key
const withControl = (key: string) => (press: KeyboardEvent) =>
  control(press) && !press.shiftKey && !press.altKey && press.key.toLowerCase() === key

const arrows: Readonly<Record<string, { x: number; y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** All shortcuts except canvas navigation and the browser's clipboard keys. */
export const shortcuts: readonly Shortcut[] = [
  {
    keys: 'Ctrl S',
    description: 'Save the draft',
    isEverywhere: true,
    matches: withControl('s'),
    run: (store) => void saveNow(store),
  },
  {
    keys: 'Ctrl Shift P',
    description: 'Publish',
    isEverywhere: true,
    matches: (press) => control(press) && press.shiftKey && !press.altKey && press.key.toLowerCase() === 'p',
    run: (store) => void askToPublish(store),
  },
  {
    keys: 'Ctrl Enter',
    description: 'Run',
    isEverywhere: true,
    matches: withControl('enter'),
    run: (store) => store.getState().showRun(true),
  },
  { keys: 'Ctrl Z', description: 'Undo', matches: withControl('z'), run: (store) => store.getState().undo() },
  {
    keys: 'Ctrl Shift Z',
    description: 'Redo',
    matches: (press) =>
      (control(press) && press.shiftKey && press.key.toLowerCase() === 'z') || withControl('y')(press),
    run: (store) => store.getState().redo(),
  },
  {
    keys: 'Ctrl D',
    description: 'Duplicate',
    matches: withControl('d'),
    run: (store) => store.getState().duplicate(store.getState().selection),
  },
  {
    keys: '/',
    description: 'Find a node type',
    matches: (press) => !control(press) && press.key === '/',
    run: () => focusInPanel('types', '[data-palette-find]'),
  },
  { keys: 'C', description: 'Connect the selected outcome', matches: plain('c'), run: startConnecting },
  { keys: 'D', description: 'Disconnect the selected outcome', matches: plain('d'), run: disconnectSelected },
  { keys: 'N', description: 'Add a note', matches: plain('n'), run: addNote },
  {
    keys: 'Alt + arrows',
    description: 'Move by 8 pixels, or 40 with Shift',
    matches: (press) => press.altKey && !control(press) && Object.hasOwn(arrows, press.key),
    run: (store, press) => {
      const { x, y } = arrows[press.key] ?? { x: 0, y: 0 }
      const far = press.shiftKey ? 40 : 8
      store.getState().nudge({ x: x * far, y: y * far })
    },
  },
  {
    keys: 'Delete',
    description: 'Delete the selection',
    matches: (press) => !control(press) && (press.key === 'Delete' || press.key === 'Backspace'),
    run: removeSelected,
  },
  {
    keys: 'Ctrl A',
    description: 'Select all nodes and notes',
    matches: withControl('a'),
    run: (store) => {
      const { present } = store.getState().history
      store.getState().select([...Object.keys(present.tree.nodes), ...Object.keys(notesOf(present))])
    },
  },
  {
    keys: 'F',
    description: 'Fit to view',
    matches: plain('f'),
    run: (store) => store.getState().canvasControl?.fit(),
  },
  {
    keys: '1',
    description: 'Zoom to 100 %',
    matches: plain('1'),
    run: (store) => store.getState().canvasControl?.actualSize(),
  },
  {
    keys: 'T',
    description: 'Arrange nodes',
    matches: plain('t'),
    run: (store) => {
      store.getState().arrangeNodes()
      store.getState().canvasControl?.fit()
    },
  },
  {
    keys: 'O',
    description: 'Switch between canvas and outline',
    matches: plain('o'),
    run: (store) => store.getState().showView(store.getState().view === 'canvas' ? 'outline' : 'canvas'),
  },
  {
    keys: 'L',
    description: 'Show or hide the node list',
    matches: plain('l'),
    run: () => togglePanel('types'),
  },
  {
    keys: 'S',
    description: 'Show or hide the settings or the run',
    matches: plain('s'),
    run: (store) => togglePanel(store.getState().isRunShown ? 'run' : 'settings'),
  },
  {
    keys: '?',
    description: 'Show keyboard shortcuts',
    matches: (press) => !control(press) && press.key === '?',
    run: (store) => store.getState().openDialog({ kind: 'keys' }),
  },
  {
    keys: 'F8',
    description: 'Go to the next finding',
    isEverywhere: true,
    matches: (press) => press.key === 'F8',
    run: nextFinding,
  },
  {
    keys: 'Esc',
    description: 'Clear the selection and focus the canvas',
    matches: plain('escape'),
    run: (store) => {
      store.getState().select([])
      store.getState().canvasControl?.focus()
    },
  },
]

/** Keys that are handled elsewhere, for the list of shortcuts. */
export const otherShortcuts: readonly (readonly [keys: string, words: string])[] = [
  ['Tab', 'Next node in path order'],
  ['↑ ↓', 'Select an outcome'],
  ['→ ←', 'Follow the outcome, or go back'],
  ['Enter', 'In the list of node types: add after the selected node'],
  ['Shift Enter', 'In the list of node types: add to the selected page'],
  ['Double click', 'Show the settings of a node'],
  ['Shift + click', 'Add to the selection, or take away'],
  ['Shift + drag', 'Select with a box'],
  ['Ctrl C, X, V', 'Copy, cut and paste, also between journeys'],
  ['[ ]', 'In a run: previous or next step'],
  ['{ }', 'In a run: previous or next request'],
  ['F6', 'Next region: node types, canvas, settings, run'],
]

function startConnecting(store: EditorStore): void {
  const { selection, selectedOutcome, nodeViews, history, openDialog } = store.getState()
  const selected = selection.at(-1)
  const from = selected && (childOf(history.present, selected)?.pageId ?? selected)
  const outcome =
    nodeViews.get(from ?? '')?.outcomes.find(({ target }) => target === undefined) ??
    nodeViews.get(from ?? '')?.outcomes[0]
  const chosen = selectedOutcome ?? (from === 'startNode' ? { from, outcome: '' } : undefined)
  if (chosen !== undefined) openDialog({ kind: 'connect', source: chosen })
  else if (from !== undefined && outcome !== undefined)
    openDialog({ kind: 'connect', source: { from, outcome: outcome.id } })
}

function disconnectSelected(store: EditorStore): void {
  const { selectedOutcome, selection, history, disconnectFrom } = store.getState()
  const from = selection.at(-1)
  const chosen = selectedOutcome ?? (from === 'startNode' ? { from, outcome: '' } : undefined)
  if (chosen !== undefined && targetOf(history.present, chosen) !== undefined) disconnectFrom(chosen)
}

/** Deletes the selected nodes, or a connection that is selected on its own. */
function removeSelected(store: EditorStore): void {
  const { selectedOutcome, selection, history, remove, disconnectFrom } = store.getState()
  if (selection.length === 0 && selectedOutcome !== undefined) disconnectFrom(selectedOutcome)
  else remove(selection.filter((id) => isRemovable(history.present, id)))
}

/** Selects the next node with findings, then starts over. */
function nextFinding(store: EditorStore): void {
  const { findings, selection, select, canvasControl } = store.getState()
  const ids = [...new Set(findings.flatMap(({ nodeId }) => nodeId ?? []))]
  const next = ids[(ids.indexOf(selection.at(-1) ?? '') + 1) % ids.length]
  if (next === undefined) return
  select([next])
  canvasControl?.reveal(next)
}
