import type { Draft } from '../model/draft.ts'
import { endGesture, type History, record, redo, undo } from '../model/history.ts'
import { merge } from '../model/merge.ts'
import { nodeQueryOf, storedOutcomes } from '../model/outcome-queries.ts'
import type { EditActions, Editor, SetEditor } from './editor.ts'
import { type EditorState, findingsOf, isSelectable, savedOf, withNodeViews } from './editor-state.ts'

export function editActions(set: SetEditor, get: () => Editor): EditActions {
  const go = (move: (history: History<Draft>) => History<Draft>) => {
    const { history } = get()
    const next = move(history)
    if (next !== history) set((editor) => withHistory(editor, next))
  }
  return {
    change: ({ label, apply, gesture, select }) => {
      const { history, isReadOnly } = get()
      if (isReadOnly) return
      const next = record(history, apply(history.present), label, gesture)
      if (next !== history) set((editor) => withHistory(editor, next))
      if (select !== undefined) set({ selection: select, selectedOutcome: undefined })
    },
    endGesture: () => {
      const history = endGesture(get().history)
      if (history !== get().history) set({ history })
    },
    undo: () => go(undo),
    redo: () => go(redo),
    addOutcomes: (answers) =>
      set((editor) =>
        withNodeViews({ ...editor, knownOutcomes: new Map([...editor.knownOutcomes, ...answers]) }),
      ),
    setFindings: (findings) => set({ findings }),
    setSaveState: (saveState) => set({ saveState }),
    dropProblems: (nodeId, attribute) => {
      const { saveState } = get()
      if (saveState.kind !== 'refused') return
      const problems = saveState.problems.filter(
        (one) => one.nodeId !== nodeId || one.attribute !== attribute,
      )
      if (problems.length === saveState.problems.length) return
      const message = problems[0]?.message
      set({ saveState: message === undefined ? { kind: 'idle' } : { ...saveState, message, problems } })
    },
    setUnkept: (isUnkept) => {
      if (get().isUnkept !== isUnkept) set({ isUnkept })
    },
    setOffline: (isOffline) => {
      if (get().isOffline !== isOffline) set({ isOffline })
    },
    applySaved: (stored, sent) => {
      const { history, knownOutcomes, catalogue } = get()
      const saved = savedOf(stored)
      // The server fills in defaults, which must not become an undo step or an unsaved change.
      const present = history.present === sent ? saved.draft : merge(sent, history.present, saved.draft).draft
      set({ knownOutcomes: new Map([...knownOutcomes, ...storedOutcomes(present, catalogue)]) })
      set((editor) => ({
        ...withHistory(editor, { ...history, present }),
        saved,
        findings: findingsOf(stored),
        saveState: { kind: 'idle' },
        isOffline: false,
      }))
    },
    applyMerge: ({ base, theirs, savedBy, next: saved }, choices) => {
      const { history } = get()
      const merged = merge(base, history.present, theirs, choices)
      const next = record(history, merged.draft, `Merge changes by ${savedBy ?? 'another administrator'}`)
      set((editor) => ({ ...withHistory(editor, next), saved }))
    },
    applyDiscarded: (stored) => {
      const saved = savedOf(stored)
      const next = record(get().history, saved.draft, 'Discard draft')
      set((editor) => ({ ...withHistory(editor, next), saved, findings: findingsOf(stored) }))
    },
    applyRestored: (stored) => {
      const saved = savedOf(stored)
      // Publishing a draft asks which changes to keep.
      if (saved.revision !== undefined) return set({ saved })
      const next = record(get().history, saved.draft, 'Restore version')
      set((editor) => ({ ...withHistory(editor, next), saved, findings: findingsOf(stored) }))
    },
    forgetStored: () =>
      set(({ saved }) => ({
        saved: { ...saved, revision: undefined, base: null, published: undefined, isBehind: false },
      })),
    restore: ({ parts, saved }) => {
      const next = record(get().history, parts, 'Restore unsaved changes')
      set((editor) => ({ ...withHistory(editor, next), saved }))
    },
  }
}

/** Replaces the draft. Nodes keep their last known outcomes until the server has responded for the new settings. */
function withHistory(editor: Editor, history: History<Draft>): EditorState {
  const previousOutcomes = new Map(editor.previousOutcomes)
  for (const [id] of editor.nodeViews) {
    const query = nodeQueryOf(editor.history.present, id, editor.catalogue)
    const answer = query && editor.knownOutcomes.get(query.key)
    if (answer != null) previousOutcomes.set(id, answer)
  }
  const { present } = history
  const exists = (id: string) => isSelectable(present, id)
  const selection = editor.selection.every(exists) ? editor.selection : editor.selection.filter(exists)
  const selectedOutcome =
    editor.selectedOutcome !== undefined && exists(editor.selectedOutcome.from)
      ? editor.selectedOutcome
      : undefined
  return withNodeViews({ ...editor, history, previousOutcomes, selection, selectedOutcome })
}
