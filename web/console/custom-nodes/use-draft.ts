import { useState } from 'react'
import type { Draft } from './draft.ts'
import { deleteStoredDraft, readStoredDraft, storeDraft } from './stored-draft.ts'

export type EditedDraft = {
  draft: Draft
  /** Whether it came back from a window that was closed. */
  isRestored: boolean
  isChanged: boolean
  /** Whether this browser keeps it, should the window be lost. */
  isStored: boolean
  change(part: Partial<Draft>): void
  /** Back to what is stored. */
  startOver(): void
  /** It is saved: nothing is left to keep. */
  done(): void
}

/** The draft that a person works on; this browser keeps it at every change. @param id `new` for a new type. */
export function useDraft(id: string, stored: Draft): EditedDraft {
  const [held, setHeld] = useState(() => {
    const kept = readStoredDraft(id)
    return { draft: kept ?? stored, isRestored: kept !== undefined, isStored: kept !== undefined }
  })
  return {
    ...held,
    isChanged: held.isStored,
    change(part) {
      const draft = { ...held.draft, ...part }
      setHeld({ draft, isRestored: false, isStored: storeDraft(id, draft) })
    },
    startOver() {
      deleteStoredDraft(id)
      setHeld({ draft: stored, isRestored: false, isStored: false })
    },
    done: () => deleteStoredDraft(id),
  }
}
