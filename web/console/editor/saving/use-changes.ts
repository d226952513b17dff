import { useMemo } from 'react'
import { useDraft, useEditor } from '../editor-context.tsx'
import { countChanges } from '../model/change-count.ts'

/** The number of unsaved changes. */
export function useChanges(): { count: number } {
  const draft = useDraft()
  const saved = useEditor(({ saved }) => saved.draft)
  const count = useMemo(() => countChanges(saved, draft), [saved, draft])
  return { count }
}
