import type { JsonObject } from '../base/json.ts'
import type { DocumentStore } from '../realms/document-store.ts'
import { emailTemplateKind } from './email-template.ts'

/** Stored instead of a realm path for global templates. No realm can have this path. */
export const globalTemplates = '*'

/** Templates that every tenant of the vendor has. */
export const standardTemplateNames = [
  'forgottenUsername',
  'registration',
  'resetPassword',
  'updatePassword',
  'welcome',
]

/**
 * Gives every realm the global email templates, except where it has its own template of the same name, and the standard ones
 * where there is neither. The vendor has one set of templates for all realms. Lists of all documents, and with them exports,
 * leave out standard templates, like built-in scripts.
 */
export function withGlobalTemplates(
  stored: DocumentStore,
  standardTemplate: (name: string) => JsonObject,
): DocumentStore {
  const kind = emailTemplateKind
  const standard = (id: string) => ({ kind, id, document: standardTemplate(id) })
  return {
    ...stored,
    async all(realm, wanted) {
      const own = await stored.all(realm, wanted)
      if (wanted !== undefined && wanted !== kind) return own
      const unchanged = wanted === kind ? standardTemplateNames.map(standard) : []
      const shared = await stored.all(globalTemplates, kind)
      const byName = new Map([...unchanged, ...shared, ...own].map((one) => [`${one.kind} ${one.id}`, one]))
      return [...byName.values()].toSorted(byKindAndId)
    },
    async read(realm, wanted, id) {
      const own = await stored.read(realm, wanted, id)
      if (own !== undefined || wanted !== kind) return own
      const shared = await stored.read(globalTemplates, kind, id)
      return shared ?? (standardTemplateNames.includes(id) ? standard(id) : undefined)
    },
  }
}

type Key = { kind: string; id: string }

function byKindAndId(one: Key, other: Key): number {
  const [left, right] = one.kind === other.kind ? [one.id, other.id] : [one.kind, other.kind]
  return left < right ? -1 : 1
}
