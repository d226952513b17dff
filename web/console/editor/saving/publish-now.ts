import { discardDraft, publishDraft, readWorkingCopy } from '../../../api/journey-drafts.ts'
import type { EditorStore } from '../store/editor-store.ts'
import { reportFailure } from './report-failure.ts'
import { saveNow } from './save-now.ts'

/** Saves unsaved changes, and asks whether to publish the draft. */
export async function askToPublish(store: EditorStore): Promise<void> {
  if (!(await saveNow(store))) return
  const { saved, openDialog } = store.getState()
  if (saved.revision !== undefined) openDialog({ kind: 'publish' })
}

/** Publishes the stored draft. @returns whether it is published now. */
export async function publishNow(store: EditorStore, note: string): Promise<boolean> {
  const { realm, name, history, saved, setSaveState, applySaved } = store.getState()
  if (saved.revision === undefined) return false
  setSaveState({ kind: 'saving' })
  try {
    const published = await publishDraft(realm, name, saved.revision, note)
    applySaved({ _id: name, draft: null, published, base: null }, history.present)
    return true
  } catch (error) {
    await reportFailure(store, error)
    return false
  }
}

/** Discards the stored draft and the unsaved changes. @returns whether a published journey is left. */
export async function discardNow(store: EditorStore): Promise<boolean> {
  const { realm, name, saved, applyDiscarded } = store.getState()
  if (saved.revision === undefined) return true
  try {
    await discardDraft(realm, name, saved.revision)
    if (saved.published === undefined) return false
    applyDiscarded(await readWorkingCopy(realm, name))
  } catch (error) {
    await reportFailure(store, error)
  }
  return true
}
