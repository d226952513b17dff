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

/** Saves what is on the canvas. What hinders it is told in the editor; nothing is lost. @returns whether it is saved. */
export async function saveNow(store: EditorStore, how?: Precondition): Promise<boolean> {
  const { realm, history, saved, save, setSave, takeSaved } = store.getState()
  const draft = history.present
  if (save.kind === 'saving') return false
  if (how === undefined && isSameDraft(saved.draft, draft)) return true
  store.getState().endGesture()
  setSave({ kind: 'saving' })
  try {
    const stored = await saveJourney(realm, draft, how ?? { revision: saved._rev })
    takeSaved(stored, draft)
    return true
  } catch (error) {
    await tellWhy(store, error)
    return false
  }
}

async function tellWhy(store: EditorStore, error: unknown): Promise<void> {
  const { setSave, open, setOffline } = store.getState()
  setSave({ kind: 'idle' })
  if (error instanceof OfflineError) {
    setOffline(true)
  } else if (isSignedOut(error)) {
    open({ kind: 'signed-out' })
  } else if (error instanceof ApiError && error.code === 412) {
    const theirs = await whatTheySaved(store)
    if (theirs !== undefined) open({ kind: 'conflict', theirs })
  } else if (error instanceof ApiError && error.code === 404) {
    open({ kind: 'gone' })
  } else if (error instanceof ApiError) {
    setSave({ kind: 'refused', message: error.message, problems: problemsOf(error) })
  } else {
    setSave({ kind: 'refused', message: 'The answer of the server was not understood.', problems: [] })
  }
}

async function whatTheySaved(store: EditorStore): Promise<StoredJourney | undefined> {
  const { realm, name } = store.getState()
  try {
    return await readJourney(realm, name)
  } catch (error) {
    await tellWhy(store, error)
    return undefined
  }
}

const problemSchema = z.object({
  nodeId: z.optional(z.string()),
  attribute: z.optional(z.string()),
  message: z.string(),
})

const detailSchema = z.object({ problems: z.array(problemSchema) })

/** What is wrong with each node of a journey that was not saved. */
function problemsOf({ detail }: ApiError): SaveProblem[] {
  const parsed = z.safeParse(detailSchema, detail)
  if (!parsed.success) return []
  return parsed.data.problems.map(({ nodeId, attribute, message }) => ({ nodeId, attribute, message }))
}
