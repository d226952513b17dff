import { useEffect, useState } from 'react'
import { readWorkingCopy, type WorkingCopy } from '../../../api/journey-drafts.ts'
import { useEditor } from '../editor-context.tsx'
import type { Saved } from '../store/editor-state.ts'

/** Milliseconds between two looks. */
const pace = 15_000

/** Who saved or published the journey after this editor read it, and when: epoch milliseconds. */
export type Overtaking = { by: string | null; at: number; isPublished: boolean }

/**
 * Asks what is stored now whenever the person does something, at most every {@link pace}. There is no timer, because requests keep a
 * session alive that nobody uses.
 */
export function useOvertaken(): Overtaking | undefined {
  const realm = useEditor(({ realm }) => realm)
  const name = useEditor(({ name }) => name)
  const saved = useEditor(({ saved }) => saved)
  const [stored, setStored] = useState<WorkingCopy>()
  useEffect(() => {
    const closing = new AbortController()
    const { signal } = closing
    let next = Date.now() + pace
    const look = () => {
      if (Date.now() < next) return
      next = Date.now() + pace
      // The next save reports what is wrong.
      readWorkingCopy(realm, name, signal).then(setStored, () => undefined)
    }
    addEventListener('focus', look, { signal })
    for (const act of ['pointerdown', 'keydown']) addEventListener(act, look, { signal, capture: true })
    return () => closing.abort()
  }, [realm, name])
  return stored && overtaking(saved, stored)
}

/** Undefined if what is stored is older than what the editor knows, or the same. */
function overtaking(saved: Saved, { draft, published }: WorkingCopy): Overtaking | undefined {
  const known = Math.max(saved.savedAt ?? 0, saved.published?.savedAt ?? 0)
  const [newest] = [draft, published]
    .flatMap((each) => (each === null || each.savedAt === null ? [] : [{ ...each, savedAt: each.savedAt }]))
    .sort((one, other) => other.savedAt - one.savedAt)
  if (newest === undefined || newest.savedAt <= known) return undefined
  return { by: newest.savedBy, at: newest.savedAt, isPublished: newest._rev === published?._rev }
}
