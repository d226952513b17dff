import { targetOf } from '../model/connect.ts'
import { isRemovable } from '../model/remove-nodes.ts'
import { saveNow } from '../saving/save-now.ts'
import type { EditorStore } from '../store/editor-store.ts'

/** Something that a key does. */
export type Command = {
  /** As "All keys" writes them. */
  keys: string
  words: string
  /** True when a key press is meant for it. */
  fits(press: KeyboardEvent): boolean
  run(store: EditorStore, press: KeyboardEvent): void
  /** It works while somebody types in a field, too. */
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

/** Every key of the editor but those that walk over the canvas and those of the browser's clipboard. */
export const commands: readonly Command[] = [
  {
    keys: 'Ctrl S',
    words: 'Save',
    isEverywhere: true,
    fits: withControl('s'),
    run: (store) => void saveNow(store),
  },
  {
    keys: 'Ctrl Enter',
    words: 'Run',
    isEverywhere: true,
    fits: withControl('enter'),
    run: (store) => store.getState().showRun(true),
  },
  { keys: 'Ctrl Z', words: 'Undo', fits: withControl('z'), run: (store) => store.getState().undo() },
  {
    keys: 'Ctrl Shift Z',
    words: 'Redo',
    fits: (press) =>
      (control(press) && press.shiftKey && press.key.toLowerCase() === 'z') || withControl('y')(press),
    run: (store) => store.getState().redo(),
  },
  {
    keys: 'Ctrl D',
    words: 'Duplicate',
    fits: withControl('d'),
    run: (store) => store.getState().duplicate(store.getState().selection),
  },
  {
    keys: '/',
    words: 'Find a node type',
    fits: (press) => !control(press) && press.key === '/',
    run: () => document.querySelector<HTMLElement>('[data-palette-find]')?.focus(),
  },
  { keys: 'C', words: 'Connect the chosen way out', fits: plain('c'), run: startConnecting },
  { keys: 'D', words: 'Disconnect it', fits: plain('d'), run: disconnectChosen },
  {
    keys: 'Alt and arrows',
    words: 'Move by 8 pixels, with Shift by 40',
    fits: (press) => press.altKey && !control(press) && Object.hasOwn(arrows, press.key),
    run: (store, press) => {
      const { x, y } = arrows[press.key] ?? { x: 0, y: 0 }
      const far = press.shiftKey ? 40 : 8
      store.getState().nudge({ x: x * far, y: y * far })
    },
  },
  {
    keys: 'Delete',
    words: 'Delete what is chosen',
    fits: (press) => !control(press) && (press.key === 'Delete' || press.key === 'Backspace'),
    run: removeChosen,
  },
  { keys: 'F', words: 'Fit into view', fits: plain('f'), run: (store) => store.getState().control?.fit() },
  { keys: '1', words: '100 %', fits: plain('1'), run: (store) => store.getState().control?.actualSize() },
  {
    keys: 'T',
    words: 'Tidy up',
    fits: plain('t'),
    run: (store) => {
      store.getState().tidyUp()
      store.getState().control?.fit()
    },
  },
  {
    keys: 'O',
    words: 'Outline, and back',
    fits: plain('o'),
    run: (store) => store.getState().show(store.getState().view === 'canvas' ? 'outline' : 'canvas'),
  },
  {
    keys: '?',
    words: 'All keys',
    fits: (press) => !control(press) && press.key === '?',
    run: (store) => store.getState().open({ kind: 'keys' }),
  },
  {
    keys: 'F8',
    words: 'Next finding',
    isEverywhere: true,
    fits: (press) => press.key === 'F8',
    run: nextFinding,
  },
  {
    keys: 'Esc',
    words: 'Back to the canvas; nothing chosen',
    fits: plain('escape'),
    run: (store) => {
      store.getState().select([])
      store.getState().control?.focus()
    },
  },
]

/** What else "All keys" tells. */
export const otherKeys: readonly (readonly [keys: string, words: string])[] = [
  ['Tab', 'Next node, in the order of the paths'],
  ['↑ ↓', 'Choose a way out'],
  ['→ ←', 'Follow it, and back'],
  ['Enter', 'In the list of node types: add behind what is chosen'],
  ['Shift Enter', 'There: add onto the chosen page'],
  ['Ctrl C, X, V', 'Copy, cut, paste, also into other journeys'],
  ['[ ]', 'In a run: step back, on'],
  ['{ }', 'In a run: request back, on'],
  ['F6', 'Next part: node types, canvas, settings, run'],
]

function startConnecting(store: EditorStore): void {
  const { selection, exit, faces, open } = store.getState()
  const from = selection.at(-1)
  const way =
    faces.get(from ?? '')?.ways.find(({ target }) => target === undefined) ?? faces.get(from ?? '')?.ways[0]
  const chosen = exit ?? (from === 'startNode' ? { from, outcome: '' } : undefined)
  if (chosen !== undefined) open({ kind: 'connect', exit: chosen })
  else if (from !== undefined && way !== undefined) open({ kind: 'connect', exit: { from, outcome: way.id } })
}

function disconnectChosen(store: EditorStore): void {
  const { exit, selection, history, disconnectFrom } = store.getState()
  const from = selection.at(-1)
  const chosen = exit ?? (from === 'startNode' ? { from, outcome: '' } : undefined)
  if (chosen !== undefined && targetOf(history.present, chosen) !== undefined) disconnectFrom(chosen)
}

/** A line that was chosen alone is taken away; else the nodes that are chosen. */
function removeChosen(store: EditorStore): void {
  const { exit, selection, history, remove, disconnectFrom } = store.getState()
  if (selection.length === 0 && exit !== undefined) disconnectFrom(exit)
  else remove(selection.filter((id) => isRemovable(history.present, id)))
}

/** Goes round the nodes that findings are about. */
function nextFinding(store: EditorStore): void {
  const { findings, selection, select, control } = store.getState()
  const ids = [...new Set(findings.flatMap(({ nodeId }) => nodeId ?? []))]
  const next = ids[(ids.indexOf(selection.at(-1) ?? '') + 1) % ids.length]
  if (next === undefined) return
  select([next])
  control?.reveal(next)
}
