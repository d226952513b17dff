import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { readCustomNode, saveCustomNode } from '../../api/custom-nodes.ts'
import { ApiError } from '../../api/request.ts'
import { saveUnlessChanged } from '../saving/save-unless-changed.ts'
import { type BasedDraft, basedOn, nodeOf } from './draft.ts'
import type { EditedDraft } from './use-draft.ts'

/** Saves the draft, and then shows the list. `conflict` is what another person saved first. */
export function useSave(realm: string, hand: EditedDraft, note: string) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const saving = useMutation({
    mutationFn: (based: BasedDraft) => saveNode(based, note),
    async onSuccess(theirs) {
      if (theirs !== undefined) return
      hand.done()
      await queries.invalidateQueries({ queryKey: ['custom-nodes'] })
      await queries.invalidateQueries({ queryKey: ['node-types'] })
      await navigate({ to: '/custom-nodes', search: { realm }, ignoreBlocker: true })
    },
    async onError(error) {
      // Another person took the name since the list was read.
      if (error instanceof ApiError && error.code === 409)
        await queries.invalidateQueries({ queryKey: ['custom-nodes'] })
    },
  })
  return {
    save: (based: BasedDraft) => saving.mutate(based),
    error: saving.error,
    isSaving: saving.isPending,
    conflict: saving.data,
    dismiss: saving.reset,
  }
}

/** @returns the stored type if it was changed first. Then nothing was saved. */
async function saveNode({ draft, base }: BasedDraft, note: string): Promise<BasedDraft | undefined> {
  const read = async () => {
    const stored = basedOn(await readCustomNode(draft.id ?? ''))
    return { ...stored.base, draft: stored.draft }
  }
  const saved = await saveUnlessChanged(base, read, ({ revision }) =>
    saveCustomNode(nodeOf(draft), revision, note),
  )
  if ('stored' in saved) return undefined
  const { draft: theirs, ...stored } = saved.theirs
  return { draft: theirs, base: stored }
}
