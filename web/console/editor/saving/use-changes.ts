import { useMemo } from 'react'
import { useDraft, useEditor } from '../editor-context.tsx'
import { type Difference, differencesOf } from '../model/differences.ts'
import { isSameDraft } from '../model/draft-equality.ts'

/** The unsaved changes: one line per node. */
export function useChanges(): { count: number; changes: readonly Difference[] } {
  const draft = useDraft()
  const saved = useEditor(({ saved }) => saved.draft)
  const catalogue = useEditor(({ catalogue }) => catalogue)
  return useMemo(() => {
    if (isSameDraft(saved, draft)) return { count: 0, changes: [] }
    const changes = differencesOf(saved, draft, catalogue.describeSetting)
    return { count: Math.max(1, changes.length), changes }
  }, [saved, draft, catalogue])
}
