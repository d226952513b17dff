import { type Draft, isThere, startId } from '../model/draft.ts'
import { endGesture, type History, record, redo, undo } from '../model/history.ts'
import { merge } from '../model/merge.ts'
import { questionOf, toldOutcomes } from '../model/outcome-queries.ts'
import { childOf } from '../model/page-children.ts'
import type { EditActions, Editor, Write } from './editor.ts'
import { draftOf, type EditorState, savedOf, withFaces } from './editor-state.ts'

export function editActions(set: Write, get: () => Editor): EditActions {
  const go = (move: (history: History<Draft>) => History<Draft>) => {
    const { history } = get()
    const next = move(history)
    if (next !== history) set((editor) => withHistory(editor, next))
  }
  return {
    change: ({ label, make, gesture, select }) => {
      const { history, isReadOnly } = get()
      if (isReadOnly) return
      const next = record(history, make(history.present), label, gesture)
      if (next !== history) set((editor) => withHistory(editor, next))
      if (select !== undefined) set({ selection: select, exit: undefined })
    },
    endGesture: () => {
      const history = endGesture(get().history)
      if (history !== get().history) set({ history })
    },
    undo: () => go(undo),
    redo: () => go(redo),
    learnOutcomes: (answers) =>
      set((editor) => withFaces({ ...editor, known: new Map([...editor.known, ...answers]) })),
    tellFindings: (findings) => set({ findings }),
    setSave: (save) => set({ save }),
    setOffline: (isOffline) => {
      if (get().isOffline !== isOffline) set({ isOffline })
    },
    takeSaved: (stored, sent) => {
      const { history, known, book } = get()
      const saved = savedOf(stored)
      // The server fills defaults in: that is no step, and no change of mine.
      const present = history.present === sent ? saved.draft : merge(sent, history.present, saved.draft).draft
      set({ known: new Map([...known, ...toldOutcomes(present, book)]) })
      set((editor) => ({
        ...withHistory(editor, { ...history, present }),
        saved,
        findings: stored._findings,
        save: { kind: 'idle' },
        isOffline: false,
      }))
    },
    takeMerged: (theirs, choices) => {
      const { saved, history } = get()
      const merged = merge(saved.draft, history.present, draftOf(theirs), choices)
      const next = record(history, merged.draft, `Take over what ${theirs.savedBy ?? 'somebody else'} saved`)
      set((editor) => ({ ...withHistory(editor, next), saved: savedOf(theirs) }))
    },
  }
}

/** Another draft: its ways out are remembered for as long as nobody knows the new ones. */
function withHistory(editor: Editor, history: History<Draft>): EditorState {
  const before = new Map(editor.before)
  for (const [id] of editor.faces) {
    const question = questionOf(editor.history.present, id, editor.book)
    const answer = question && editor.known.get(question.key)
    if (answer != null) before.set(id, answer)
  }
  const { present } = history
  const isLeft = (id: string) => id === startId || isThere(present, id) || childOf(present, id) !== undefined
  const selection = editor.selection.every(isLeft) ? editor.selection : editor.selection.filter(isLeft)
  const exit = editor.exit !== undefined && isLeft(editor.exit.from) ? editor.exit : undefined
  return withFaces({ ...editor, history, before, selection, exit })
}
