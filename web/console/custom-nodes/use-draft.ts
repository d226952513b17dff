import { useState } from 'react'
import type { Draft } from './draft.ts'
import { dropDraft, keepDraft, keptDraft } from './stored-draft.ts'

export type DraftInHand = {
  draft: Draft
  /** Whether it came back from a window that was closed. */
  isRestored: boolean
  isChanged: boolean
  /** Whether this browser keeps it, should the window be lost. */
  isKept: boolean
  change(part: Partial<Draft>): void
  /** Back to what is stored. */
  startOver(): void
  /** It is saved: nothing is left to keep. */
  done(): void
}

/** The draft that a person works on; this browser keeps it at every change. @param id `new` for a new type. */
export function useDraft(id: string, stored: Draft): DraftInHand {
  const [held, setHeld] = useState(() => {
    const kept = keptDraft(id)
    return { draft: kept ?? stored, isRestored: kept !== undefined, isKept: kept !== undefined }
  })
  return {
    ...held,
    isChanged: held.isKept,
    change(part) {
      const draft = { ...held.draft, ...part }
      setHeld({ draft, isRestored: false, isKept: keepDraft(id, draft) })
    },
    startOver() {
      dropDraft(id)
      setHeld({ draft: stored, isRestored: false, isKept: false })
    },
    done: () => dropDraft(id),
  }
}
