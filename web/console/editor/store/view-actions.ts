import { isSameJson } from '../../../api/json.ts'
import type { Editor, ViewActions, Write } from './editor.ts'
import { withFaces } from './editor-state.ts'

const recentLimit = 5

export function viewActions(set: Write, get: () => Editor): ViewActions {
  return {
    select: (selection) => {
      const before = get().selection
      if (before.length === selection.length && before.every((id, at) => selection[at] === id)) {
        set({ exit: undefined })
        return
      }
      get().endGesture()
      set({ selection, exit: undefined })
    },
    toggle: (id) =>
      set(({ selection }) => ({
        selection: selection.includes(id) ? selection.filter((other) => other !== id) : [...selection, id],
        exit: undefined,
      })),
    chooseExit: (exit, ofSelection = true) =>
      set(ofSelection || exit === undefined ? { exit } : { exit, selection: [] }),
    show: (view) => set({ view }),
    open: (dialog) => set({ dialog }),
    close: () => set({ dialog: undefined }),
    noteRecent: (type) =>
      set(({ recent }) => ({
        recent: [type, ...recent.filter((other) => other !== type)].slice(0, recentLimit),
      })),
    showInspector: (isInspectorOpen) => set({ isInspectorOpen }),
    showRun: (isRunShown) => set(isRunShown ? { isRunShown } : { isRunShown, lit: undefined }),
    setControl: (control) => set({ control }),
    setDrop: (drop) => {
      if (!isSameJson(get().drop, drop)) set({ drop })
    },
    setLit: (lit) => set({ lit }),
    setNames: (names) => set((editor) => withFaces({ ...editor, names })),
  }
}
