import { jsonObjectSchema } from '../base/json.ts'
import {
  type EsvLookup,
  hasPlaceholder,
  maxResolvedLength,
  PlaceholderError,
  resolution,
  resolved,
} from '../engine/placeholders.ts'
import type { DocumentStore, RealmDocument } from './document-store.ts'

/** Maximum length that placeholders can give the documents of a list together, in UTF-16 units. */
const maxListLength = 8 * maxResolvedLength

/** What placeholders have given the documents of a list so far. */
type Spent = { length: number }

/**
 * Reads documents with the values of their placeholders, for code that uses them and never returns them to an editor. In lists, a
 * document with a placeholder that has no value, or too long a one, is left out.
 * @param onProblem gets that document and the problem.
 */
export function resolvedDocuments(
  store: Pick<DocumentStore, 'all' | 'read'>,
  esvs: { inRealm(realm: string): EsvLookup },
  onProblem: (realm: string, document: RealmDocument, problem: PlaceholderError) => void,
): Pick<DocumentStore, 'all' | 'read'> {
  const withValues = (realm: string, one: RealmDocument, spent: Spent): RealmDocument | undefined => {
    if (!hasPlaceholder(one.document)) return one
    const within = resolution(esvs.inRealm(realm))
    try {
      // rule S52: otherwise documents of a list become texts of any length together
      if (spent.length > maxListLength)
        throw new PlaceholderError(one.id, 'size', 'is in a list that is too long')
      return { ...one, document: jsonObjectSchema.parse(resolved(one.document, within)) }
    } catch (error) {
      if (!(error instanceof PlaceholderError)) throw error
      onProblem(realm, one, error)
      return undefined
    } finally {
      spent.length += within.length
    }
  }
  return {
    async all(realm, kind) {
      const spent = { length: 0 }
      return (await store.all(realm, kind)).flatMap((one) => withValues(realm, one, spent) ?? [])
    },
    async read(realm, kind, id) {
      const found = await store.read(realm, kind, id)
      return found && withValues(realm, found, { length: 0 })
    },
  }
}
