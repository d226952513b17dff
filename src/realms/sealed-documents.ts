import { isJsonObject, type Json, type JsonObject } from '../engine/json.ts'
import type { Sealer } from '../secrets/seal.ts'
import { isOmitted, isSealed, openValues, sealValue } from '../secrets/sealed-value.ts'
import type { DocumentStore, RealmDocument } from './document-store.ts'

/**
 * Secret members by kind of document. If the member is an object, all its values are secret except those of the names in
 * `open`.
 */
const secretsByKind: Readonly<Record<string, { member: string; open?: ReadonlySet<string> }>> = {
  socialIdentityProvider: { member: 'clientSecret' },
  webhook: {
    member: 'headers',
    // Every other header may contain a credential.
    open: new Set(['accept', 'accept-charset', 'accept-language', 'content-type', 'user-agent']),
  },
}

/** Seals the secrets of every document that is saved. Documents that are read stay sealed. */
export function sealedDocuments(store: DocumentStore, sealer: Sealer): DocumentStore {
  return {
    ...store,
    save: (realm, document, mark) => store.save(realm, sealedDocument(document, sealer), mark),
    replaceAll: (realm, kind, documents, mark) =>
      store.replaceAll(
        realm,
        kind,
        documents.map((document) => sealedDocument({ ...document, kind }, sealer)),
        mark,
      ),
  }
}

/** Reads documents and opens their secrets, for code that uses the secrets but never returns them to a client. */
export function openedDocuments(
  store: Pick<DocumentStore, 'all' | 'read'>,
  sealer: Sealer,
): Pick<DocumentStore, 'all' | 'read'> {
  const opened = (one: RealmDocument) => ({ ...one, document: openValues(sealer, one.document) })
  return {
    all: async (realm, kind) => (await store.all(realm, kind)).map(opened),
    async read(realm, kind, id) {
      const found = await store.read(realm, kind, id)
      return found && opened(found)
    },
  }
}

/** A document with its secrets sealed. */
export function sealedDocument<One extends RealmDocument>(one: One, sealer: Sealer): One {
  const document = mapSecrets(one, (value) => sealValue(sealer, value))
  return { ...one, document }
}

/** Prepares a document for saving: a secret that it omits keeps its stored value. */
export function withStoredSecrets(one: RealmDocument, stored: JsonObject | undefined): JsonObject {
  if (stored === undefined) return one.document
  const rule = ruleOf(one.kind)
  // An omitted header is meant to be deleted, so its stored value is not kept.
  const isListed = rule?.open !== undefined
  const isSupplied = rule === undefined || isListed || one.document[rule.member] !== undefined
  if (!isSupplied && !isSealed(stored[rule.member])) return one.document
  const document = isSupplied ? one.document : { ...one.document, [rule.member]: null }
  return mapSecrets({ ...one, document }, (value, name) => {
    const existing = secretIn(one.kind, stored, name)
    return isOmitted(value) && isSealed(existing) ? existing : value
  })
}

/** The member of a document of this kind that is secret, or contains secrets. */
export function secretMemberOf(kind: string): string | undefined {
  return ruleOf(kind)?.member
}

function secretIn(kind: string, document: JsonObject, name: string): Json | undefined {
  const rule = ruleOf(kind)
  const existing = rule && document[rule.member]
  if (rule?.open === undefined || !isJsonObject(existing)) return existing
  const found = Object.entries(existing).find(([each]) => each.toLowerCase() === name.toLowerCase())
  return found?.[1]
}

function mapSecrets(
  { kind, document }: Pick<RealmDocument, 'kind' | 'document'>,
  change: (value: Json, name: string) => Json,
): JsonObject {
  const rule = ruleOf(kind)
  const value = rule && document[rule.member]
  if (rule === undefined || value === undefined) return document
  const { member, open } = rule
  if (open === undefined) return { ...document, [member]: change(value, member) }
  if (!isJsonObject(value)) return document
  const entries = Object.entries(value).map(([name, each]): [string, Json] => [
    name,
    open.has(name.toLowerCase()) ? each : change(each, name),
  ])
  return { ...document, [member]: Object.fromEntries(entries.filter(([, each]) => each !== null)) }
}

function ruleOf(kind: string) {
  return Object.hasOwn(secretsByKind, kind) ? secretsByKind[kind] : undefined
}
