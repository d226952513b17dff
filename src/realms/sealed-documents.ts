import { isJsonObject, type Json, type JsonObject } from '../engine/json.ts'
import type { Sealer } from '../secrets/seal.ts'
import { isSealed, isUntold, openValues, sealValue } from '../secrets/sealed-value.ts'
import type { DocumentStore, RealmDocument } from './document-store.ts'

/** Which members of a kind of document are secret; of an object, each of its values that is not named in `open`. */
const secretsByKind: Readonly<Record<string, { member: string; open?: ReadonlySet<string> }>> = {
  socialIdentityProvider: { member: 'clientSecret' },
  webhook: {
    member: 'headers',
    // Whatever else a header says may be a credential.
    open: new Set(['accept', 'accept-charset', 'accept-language', 'content-type', 'user-agent']),
  },
}

/** Seals the secrets of every document on its way into storage, whoever saves it. What is read stays sealed. */
export function sealedDocuments(store: DocumentStore, sealer: Sealer): DocumentStore {
  return {
    ...store,
    save: (realm, document) => store.save(realm, sealedDocument(document, sealer)),
    replaceAll: (realm, kind, documents) =>
      store.replaceAll(
        realm,
        kind,
        documents.map((document) => sealedDocument({ ...document, kind }, sealer)),
      ),
  }
}

/** What is stored, with its secrets opened: for those who use them and show them to nobody. */
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

/** A document as it is to be saved: a secret that it does not tell is the one that is stored. */
export function withStoredSecrets(one: RealmDocument, stored: JsonObject | undefined): JsonObject {
  if (stored === undefined) return one.document
  const rule = ruleOf(one.kind)
  // A header that was left out is meant to be gone.
  const isListed = rule?.open !== undefined
  const told = rule === undefined || isListed || one.document[rule.member] !== undefined
  const document = told ? one.document : { ...one.document, [rule.member]: null }
  return mapSecrets({ ...one, document }, (value, name) => {
    const held = secretIn(one.kind, stored, name)
    return isUntold(value) && isSealed(held) ? held : value
  })
}

function secretIn(kind: string, document: JsonObject, name: string): Json | undefined {
  const rule = ruleOf(kind)
  const held = rule && document[rule.member]
  if (rule?.open === undefined || !isJsonObject(held)) return held
  const found = Object.entries(held).find(([each]) => each.toLowerCase() === name.toLowerCase())
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
