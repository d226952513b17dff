import type { DocumentStore } from '../realms/document-store.ts'
import { emailTemplateKind } from './email-template.ts'

/** Stored instead of a realm path for global templates. No realm can have this path. */
export const globalTemplates = '*'

/**
 * Gives every realm the global email templates, except where it has its own template of the same name. The vendor has one
 * set of templates for all realms.
 */
export function withGlobalTemplates(stored: DocumentStore): DocumentStore {
  return {
    ...stored,
    async all(realm, kind) {
      const own = await stored.all(realm, kind)
      if ((kind !== undefined && kind !== emailTemplateKind) || realm === globalTemplates) return own
      const names = new Set(own.filter((one) => one.kind === emailTemplateKind).map(({ id }) => id))
      const shared = await stored.all(globalTemplates, emailTemplateKind)
      return [...own, ...shared.filter(({ id }) => !names.has(id))].toSorted(byKindAndId)
    },
    async read(realm, kind, id) {
      const own = await stored.read(realm, kind, id)
      return own ?? (kind === emailTemplateKind ? stored.read(globalTemplates, kind, id) : undefined)
    },
  }
}

type Key = { kind: string; id: string }

function byKindAndId(one: Key, other: Key): number {
  const [left, right] = one.kind === other.kind ? [one.id, other.id] : [one.kind, other.kind]
  return left < right ? -1 : 1
}
