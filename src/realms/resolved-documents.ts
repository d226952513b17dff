import { jsonObjectSchema } from '../engine/json.ts'
import { type EsvLookup, hasPlaceholder, PlaceholderError, resolved } from '../engine/placeholders.ts'
import type { DocumentStore, RealmDocument } from './document-store.ts'

/**
 * Reads documents with the values of their placeholders, for code that uses them and never returns them to an editor. In lists, a
 * document with a placeholder that has no value is left out.
 * @param onProblem gets that document and the problem.
 */
export function resolvedDocuments(
  store: Pick<DocumentStore, 'all' | 'read'>,
  esvs: { inRealm(realm: string): EsvLookup },
  onProblem: (realm: string, document: RealmDocument, problem: PlaceholderError) => void,
): Pick<DocumentStore, 'all' | 'read'> {
  const withValues = (realm: string, one: RealmDocument): RealmDocument | undefined => {
    if (!hasPlaceholder(one.document)) return one
    try {
      return { ...one, document: jsonObjectSchema.parse(resolved(one.document, esvs.inRealm(realm))) }
    } catch (error) {
      if (!(error instanceof PlaceholderError)) throw error
      onProblem(realm, one, error)
      return undefined
    }
  }
  return {
    all: async (realm, kind) => (await store.all(realm, kind)).flatMap((one) => withValues(realm, one) ?? []),
    async read(realm, kind, id) {
      const found = await store.read(realm, kind, id)
      return found && withValues(realm, found)
    },
  }
}
