import { useState } from 'react'
import type { Draft } from './draft.ts'
import { deleteStoredDraft, readStoredDraft, storeDraft } from './stored-draft.ts'

export type EditedDraft = {
  draft: Draft
  /** Whether the draft was restored from this browser. */
  isRestored: boolean
  isChanged: boolean
  /** Whether this browser stored the draft. */
  isStored: boolean
  change(part: Partial<Draft>): void
  /** Discards the changes. */
  startOver(): void
  /** Deletes the stored draft after saving. */
  done(): void
}

/**
 * The draft in the designer. The browser stores it on every change.
 * @param id `new` for a new type.
 */
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
