import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { changedPlaces, MovedSecret, type OnMoved, refuseMoved } from '../secrets/moved-secret.ts'
import type { Sealer } from '../secrets/seal.ts'
import { isOmitted, openValues, sealValue } from '../secrets/sealed-value.ts'
import type { DocumentStore, RealmDocument } from './document-store.ts'

type SecretRule = {
  member: string
  /** If the member is an object: names of its values that aren't secret. */
  open?: ReadonlySet<string>
  /** The members beside it that say where it is sent. The stored secret is only kept while they stay the same. */
  goesTo: readonly string[]
}

/** Secret members by kind of document. */
export const secretsByKind: Readonly<Record<string, SecretRule>> = {
  socialIdentityProvider: {
    member: 'clientSecret',
    // The discovery document can name the token endpoint.
    goesTo: ['tokenEndpoint', 'wellKnownEndpoint', 'clientId'],
  },
  webhook: {
    member: 'headers',
    goesTo: ['url'],
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

/**
 * Prepares a document for saving: a secret that it omits keeps its stored value. A secret whose place changed isn't kept, and
 * `onMoved` gets it: by default the write is refused.
 * @throws MovedSecret
 */
export function withStoredSecrets(
  one: RealmDocument,
  stored: JsonObject | undefined,
  onMoved: OnMoved = refuseMoved,
): JsonObject {
  const rule = ruleOf(one.kind)
  if (stored === undefined || rule === undefined) return one.document
  const { member, open, goesTo } = rule
  const changed = changedPlaces(
    goesTo,
    (place) => stored[place],
    (place) => one.document[place],
  )
  // An omitted header is meant to be deleted, so its stored value is not kept.
  const isSupplied = open !== undefined || one.document[member] !== undefined || isUnset(stored[member])
  const document = isSupplied ? one.document : { ...one.document, [member]: null }
  return mapSecrets({ ...one, document }, (value, name) => {
    const existing = secretIn(one.kind, stored, name)
    if (!isOmitted(value) || existing === undefined || isUnset(existing)) return value
    // rule R10: otherwise a stored secret follows its identity provider or logout webhook to another address
    if (changed.length === 0) return existing
    onMoved(new MovedSecret(open === undefined ? name : `${member}.${name}`, changed))
    return null
  })
}

function isUnset(value: Json | undefined): boolean {
  return value === undefined || value === null || value === ''
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
