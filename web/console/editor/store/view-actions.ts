import { isSameJson } from '../../../api/json.ts'
import type { Editor, SetEditor, ViewActions } from './editor.ts'
import { isSelectable, withNodeViews } from './editor-state.ts'

const recentLimit = 5

export function viewActions(set: SetEditor, get: () => Editor): ViewActions {
  return {
    select: (selection) => {
      const before = get().selection
      if (before.length === selection.length && before.every((id, at) => selection[at] === id)) {
        set({ selectedOutcome: undefined })
        return
      }
      get().endGesture()
      set({ selection, selectedOutcome: undefined })
    },
    toggle: (id) =>
      set(({ selection }) => ({
        selection: selection.includes(id) ? selection.filter((other) => other !== id) : [...selection, id],
        selectedOutcome: undefined,
      })),
    goToNode: (id) => {
      if (!isSelectable(get().history.present, id)) return set({ missingNode: id })
      set({ missingNode: undefined })
      get().select([id])
      get().canvasControl?.centreOn(id)
    },
    closeMissingNode: () => set({ missingNode: undefined }),
    selectOutcome: (selectedOutcome, ofSelection = true) =>
      set(
        ofSelection || selectedOutcome === undefined
          ? { selectedOutcome }
          : { selectedOutcome, selection: [] },
      ),
    showView: (view) => set({ view }),
    openDialog: (dialog) => set({ dialog }),
    closeDialog: () => set({ dialog: undefined }),
    addRecentType: (type) =>
      set(({ recentTypes }) => ({
        recentTypes: [type, ...recentTypes.filter((other) => other !== type)].slice(0, recentLimit),
      })),
    showInspector: (isInspectorOpen) => set({ isInspectorOpen }),
    showRun: (isRunShown) => set(isRunShown ? { isRunShown } : { isRunShown, highlight: undefined }),
    setCanvasControl: (canvasControl) => set({ canvasControl }),
    setDropTarget: (dropTarget) => {
      if (!isSameJson(get().dropTarget, dropTarget)) set({ dropTarget })
    },
    setHighlight: (highlight) => set({ highlight }),
    showCounts: (isCountsShown) => set({ isCountsShown }),
    setCounts: (counts) => set({ counts }),
    setReferenceNames: (referenceNames) => set((editor) => withNodeViews({ ...editor, referenceNames })),
  }
}
