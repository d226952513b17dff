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
  const standard = (id: string) =>
    standardTemplateNames.includes(id) ? { kind, id, document: standardTemplate(id) } : undefined
  return {
    ...stored,
    async all(realm, wanted) {
      const own = await stored.all(realm, wanted)
      if (wanted !== undefined && wanted !== kind) return own
      const names = new Set(own.filter((one) => one.kind === kind).map(({ id }) => id))
      const shared = realm === globalTemplates ? [] : await stored.all(globalTemplates, kind)
      const added = new Map(
        [
          ...(wanted === kind ? standardTemplateNames.flatMap((id) => standard(id) ?? []) : []),
          ...shared,
        ].map((one) => [one.id, one]),
      )
      return [...own, ...[...added.values()].filter(({ id }) => !names.has(id))].toSorted(byKindAndId)
    },
    async read(realm, wanted, id) {
      const own = await stored.read(realm, wanted, id)
      if (own !== undefined || wanted !== kind) return own
      return (await stored.read(globalTemplates, kind, id)) ?? standard(id)
    },
  }
}

type Key = { kind: string; id: string }

function byKindAndId(one: Key, other: Key): number {
  const [left, right] = one.kind === other.kind ? [one.id, other.id] : [one.kind, other.kind]
  return left < right ? -1 : 1
}
