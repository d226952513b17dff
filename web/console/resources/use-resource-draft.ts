import { useQueryClient } from '@tanstack/react-query'
import type { Resources, Stored } from '../../api/collection.ts'
import type { JsonObject } from '../../api/json.ts'
import { type Draft, useDraft } from '../saving/use-draft.ts'

/** Edits a resource that others may edit too. @param toSave changes the document before it is sent. */
export function useResourceDraft(
  of: Pick<Resources, 'name' | 'read' | 'save'>,
  realm: string,
  stored: Stored,
  toSave = (document: JsonObject) => document,
): Draft {
  const queries = useQueryClient()
  return useDraft(stored, {
    read: () => of.read(realm, stored.id),
    async save(document, { revision }, note) {
      const saved = await of.save(realm, stored.id, toSave(document), revision, note)
      await queries.invalidateQueries({ queryKey: [of.name, realm], exact: true })
      return saved
    },
  })
}
