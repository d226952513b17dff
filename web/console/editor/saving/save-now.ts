import { saveDraft } from '../../../api/journey-drafts.ts'
import { isSameDraft } from '../model/draft-equality.ts'
import type { EditorStore } from '../store/editor-store.ts'
import { reportFailure } from './report-failure.ts'

/**
 * Saves the draft and reports failures in the editor.
 * @returns whether everything is stored now.
 */
export async function saveNow(store: EditorStore): Promise<boolean> {
  const { realm, history, saveState, saved, setSaveState, applySaved } = store.getState()
  const draft = history.present
  if (saveState.kind === 'saving') return false
  if (isStored(store)) return true
  store.getState().endGesture()
  setSaveState({ kind: 'saving' })
  try {
    applySaved(await saveDraft(realm, draft, saved), draft)
    return true
  } catch (error) {
    await reportFailure(store, error)
    return false
  }
}

/** Whether the server has everything: the changes, and what they are based on. */
function isStored(store: EditorStore): boolean {
  const { history, saved } = store.getState()
  const hasBase = saved.revision === undefined ? saved.published !== undefined : saved.base === undefined
  return hasBase && isSameDraft(saved.draft, history.present)
}
