import { useState } from 'react'
import { useSignedInUser } from '../components/use-signed-in-user.ts'
import type { StoredDocument } from '../saving/stored-document.ts'
import type { BasedDraft, Draft } from './draft.ts'
import { draftCopy } from './stored-draft.ts'

export type EditedDraft = {
  draft: Draft
  /** The stored type that the draft was made from. */
  base: StoredDocument
  /** Whether the draft was restored from this browser. */
  isRestored: boolean
  isChanged: boolean
  /** Whether this browser stored the draft. */
  isStored: boolean
  change(part: Partial<Draft>): void
  /** Replaces the draft after a conflict with a type that another person saved. */
  replace(merged: Draft, theirs: BasedDraft): void
  /** Discards the changes, and shows the given type, or else the last one that was read. */
  startOver(from?: BasedDraft): void
  /** Deletes the stored draft after saving. */
  done(): void
}

/**
 * The draft in the designer. The browser stores it on every change.
 * @param id `new` for a new type.
 */
export function useDraft(id: string, stored: BasedDraft): EditedDraft {
  const copy = draftCopy(id, useSignedInUser()?.id ?? '')
  const unchanged = { isChanged: false, isRestored: false, isStored: false }
  const [state, setState] = useState(() => {
    const found = copy.read()
    if (found === undefined) return { ...stored, ...unchanged }
    const { draft, base = stored.base } = found
    return { draft, base, isChanged: true, isRestored: true, isStored: true }
  })
  const [lastRead, setLastRead] = useState(stored)
  const write = (changed: BasedDraft) =>
    setState({ ...changed, isChanged: true, isRestored: false, isStored: copy.write(changed) })
  return {
    ...state,
    change: (part) => write({ draft: { ...state.draft, ...part }, base: state.base }),
    replace(merged, theirs) {
      setLastRead(theirs)
      write({ draft: merged, base: theirs.base })
    },
    startOver(from = lastRead) {
      copy.delete()
      setLastRead(from)
      setState({ ...from, ...unchanged })
    },
    done: copy.delete,
  }
}
