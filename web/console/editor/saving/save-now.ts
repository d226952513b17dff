import * as z from 'zod/mini'
import {
  type Precondition,
  readJourney,
  type StoredJourney,
  saveJourney,
} from '../../../api/journey-document.ts'
import { isSignedOut } from '../../../api/own-session.ts'
import { ApiError, OfflineError } from '../../../api/request.ts'
import { isSameDraft } from '../model/draft-equality.ts'
import type { SaveProblem } from '../store/editor-state.ts'
import type { EditorStore } from '../store/editor-store.ts'
import { readableProblem } from './readable-problem.ts'

/**
 * Saves the draft and reports failures in the editor.
 * @returns whether the draft is saved now.
 */
export async function saveNow(store: EditorStore, how?: Precondition): Promise<boolean> {
  const { realm, history, saved, saveState, setSaveState, applySaved } = store.getState()
  const draft = history.present
  if (saveState.kind === 'saving') return false
  if (how === undefined && isSameDraft(saved.draft, draft)) return true
  store.getState().endGesture()
  setSaveState({ kind: 'saving' })
  try {
    const stored = await saveJourney(realm, draft, how ?? { revision: saved._rev })
    applySaved(stored, draft)
    return true
  } catch (error) {
    await reportFailure(store, error)
    return false
  }
}

async function reportFailure(store: EditorStore, error: unknown): Promise<void> {
  const { setSaveState, openDialog, setOffline } = store.getState()
  setSaveState({ kind: 'idle' })
  if (error instanceof OfflineError) {
    setOffline(true)
  } else if (isSignedOut(error)) {
    openDialog({ kind: 'signed-out' })
  } else if (error instanceof ApiError && error.code === 412) {
    const theirs = await readTheirs(store)
    if (theirs !== undefined) openDialog({ kind: 'conflict', theirs })
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

async function readTheirs(store: EditorStore): Promise<StoredJourney | undefined> {
  const { realm, name } = store.getState()
  try {
    return await readJourney(realm, name)
  } catch (error) {
    await reportFailure(store, error)
    return undefined
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
