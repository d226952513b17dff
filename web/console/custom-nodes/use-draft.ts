import { useState } from 'react'
import { useSignedInUser } from '../components/use-signed-in-user.ts'
import type { Draft } from './draft.ts'
import { draftCopy } from './stored-draft.ts'

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
  const copy = draftCopy(id, useSignedInUser()?.id ?? '')
  const [state, setState] = useState(() => {
    const restored = copy.read()
    return { draft: restored ?? stored, isRestored: restored !== undefined, isStored: restored !== undefined }
  })
  return {
    ...state,
    isChanged: state.isStored,
    change(part) {
      const draft = { ...state.draft, ...part }
      setState({ draft, isRestored: false, isStored: copy.write(draft) })
    },
    startOver() {
      copy.delete()
      setState({ draft: stored, isRestored: false, isStored: false })
    },
    done: copy.delete,
  }
}
