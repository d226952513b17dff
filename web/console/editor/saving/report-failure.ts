import * as z from 'zod/mini'
import { readWorkingCopy, type WorkingCopy } from '../../../api/journey-drafts.ts'
import { isSignedOut } from '../../../api/own-session.ts'
import { ApiError, OfflineError } from '../../../api/request.ts'
import { emptyDraft } from '../model/draft.ts'
import { isSameDraft } from '../model/draft-equality.ts'
import { type Conflict, draftOf, type SaveProblem, savedOf } from '../store/editor-state.ts'
import type { EditorStore } from '../store/editor-store.ts'
import { readableProblem } from './readable-problem.ts'

/** Reports in the editor why a draft was not saved or published. */
export async function reportFailure(store: EditorStore, error: unknown): Promise<void> {
  const { setSaveState, openDialog, setOffline } = store.getState()
  setSaveState({ kind: 'idle' })
  if (error instanceof OfflineError) {
    setOffline(true)
  } else if (isSignedOut(error)) {
    openDialog({ kind: 'signed-out' })
  } else if (error instanceof ApiError && error.code === 412) {
    await openConflict(store)
  } else if (error instanceof ApiError && error.code === 404) {
    openDialog({ kind: 'deleted' })
  } else if (error instanceof ApiError) {
    const { node, text } = readableProblem(error.message)
    const message = node === undefined ? text : `${node}: ${text}`
    setSaveState({ kind: 'refused', message, problems: problemsOf(error) })
  } else {
    setSaveState({ kind: 'refused', message: 'The server sent an unexpected response.', problems: [] })
  }
}

/**
 * Reads what was stored first, and opens the dialog that merges it.
 * @param isUnchanged there is nothing to merge: shows what was stored.
 */
export async function openConflict(store: EditorStore, isUnchanged = false): Promise<void> {
  const { realm, name, openDialog, setSaveState } = store.getState()
  try {
    const copy = await readWorkingCopy(realm, name)
    const conflict = conflictWith(store, copy)
    const { history, applySaved } = store.getState()
    if (conflict === undefined) setSaveState({ kind: 'idle' })
    // Or the answer to an own save was lost.
    else if (!conflict.isPublished && (isUnchanged || isSameDraft(conflict.theirs, history.present)))
      applySaved(copy, history.present)
    else openDialog({ kind: 'conflict', conflict })
  } catch (error) {
    await reportFailure(store, error)
  }
}

/** Undefined if what is stored is what the editor knows. */
function conflictWith(store: EditorStore, copy: WorkingCopy): Conflict | undefined {
  const { saved, name } = store.getState()
  const { draft, published, base } = copy
  if (draft !== null && draft._rev === saved.revision) {
    if (published === null || !draft.isBehind) return undefined
    return {
      theirs: draftOf(published),
      savedBy: published.savedBy,
      savedAt: published.savedAt,
      base: base === null ? emptyDraft(name) : draftOf(base),
      next: { ...savedOf(copy), base: published._rev },
      isPublished: true,
    }
  }
  const theirs = draft ?? published
  if (theirs === null) return undefined
  return {
    theirs: draftOf(theirs),
    savedBy: theirs.savedBy,
    savedAt: theirs.savedAt,
    base: saved.draft,
    next: savedOf(copy),
    isPublished: false,
  }
}

const problemSchema = z.object({
  nodeId: z.optional(z.string()),
  attribute: z.optional(z.string()),
  message: z.string(),
})

const detailSchema = z.object({ problems: z.array(problemSchema) })

function problemsOf({ detail }: ApiError): SaveProblem[] {
  const parsed = z.safeParse(detailSchema, detail)
  if (!parsed.success) return []
  return parsed.data.problems.map(({ nodeId, attribute, message }) => ({
    nodeId,
    attribute,
    message: readableProblem(message).text,
  }))
}
