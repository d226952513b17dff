import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { readCustomNode, saveCustomNode } from '../../api/custom-nodes.ts'
import { isSameJson } from '../../api/json.ts'
import { ApiError } from '../../api/request.ts'
import { type BasedDraft, basedOn, nodeOf } from './draft.ts'
import type { EditedDraft } from './use-draft.ts'

/** Saves the draft, and then shows the list. `conflict` is what another person saved first. */
export function useSave(realm: string, hand: EditedDraft, note: string) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const saving = useMutation({
    mutationFn: (based: BasedDraft) => saveUnlessChanged(based, note),
    async onSuccess(theirs) {
      if (theirs !== undefined) return
      hand.done()
      await queries.invalidateQueries({ queryKey: ['custom-nodes'] })
      await queries.invalidateQueries({ queryKey: ['node-types'] })
      await navigate({ to: '/custom-nodes', search: { realm }, ignoreBlocker: true })
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
async function saveUnlessChanged({ draft, base }: BasedDraft, note: string): Promise<BasedDraft | undefined> {
  try {
    await saveCustomNode(nodeOf(draft), base.revision, note)
    return undefined
  } catch (error) {
    const isChanged = error instanceof ApiError && error.code === 412
    if (!isChanged || draft.id === undefined) throw error
    const theirs = basedOn(await readCustomNode(draft.id))
    // What people edit may still be the same.
    const isSame = isSameJson(theirs.base.document, base.document)
    return isSame ? saveUnlessChanged({ draft, base: theirs.base }, note) : theirs
  }
}
