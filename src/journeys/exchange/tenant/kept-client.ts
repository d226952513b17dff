import { isDeepStrictEqual } from 'node:util'
import { isJsonObject, type JsonObject } from '../../../base/json.ts'
import { hasPlaceholder } from '../../../engine/placeholders.ts'
import { personClients } from '../../../oauth/admin-clients.ts'
import { memberOf } from '../../../oauth/client-changes.ts'
import { configuredClient } from '../../../oauth/client-record.ts'
import type { OauthClientRecord } from '../../../oauth/oauth-store.ts'
import type { RealmDocument } from '../../../realms/document-store.ts'
import { placeholder } from '../../../secrets/secret-shapes.ts'
import { type KeptDocument, keptDocumentSchema, keptId, keptKind, withoutSecrets } from '../kept-documents.ts'
import { keptRoleOf } from './kept-role.ts'
import { realmLookup } from './realm-lookup.ts'
import type { TenantContent } from './tenant-content.ts'

const secretMembers = ['userpassword', 'userpassword-encrypted']

/** The OAuth2 client of a kept document, without its secret. */
export function clientDocumentIn(kept: KeptDocument): { id: string; document: JsonObject } | undefined {
  const role = keptRoleOf(kept)
  if (role?.kind !== 'client' || !isJsonObject(kept.value)) return undefined
  const { _id, _rev, _type, ...document } = kept.value
  return { id: role.id, document: withoutMembers(document) }
}

/**
 * Takes the secrets of OAuth2 clients out of the documents of files, which are stored with the client and not in the document.
 * Placeholders stay, and those of other tools count as no secret.
 */
export function withoutClientSecrets<One extends { kind: string; document: JsonObject }>(
  documents: readonly One[],
): { documents: One[]; secrets: Map<string, string> } {
  const secrets = new Map<string, string>()
  const left = documents.map((one) => {
    const kept = one.kind === keptKind ? keptDocumentSchema.safeParse(one.document).data : undefined
    const client = kept && clientDocumentIn(kept)
    if (kept === undefined || client === undefined || !isJsonObject(kept.value)) return one
    const secret = memberOf(kept.value, 'coreOAuth2ClientConfig', 'userpassword')
    if (typeof secret !== 'string' || secret.startsWith('${')) return one
    secrets.set(client.id, secret)
    if (placeholder.test(secret)) return one
    const core = kept.value.coreOAuth2ClientConfig
    const value = {
      ...kept.value,
      coreOAuth2ClientConfig: { ...(isJsonObject(core) ? core : {}), userpassword: null },
    }
    return { ...one, document: { ...one.document, value } }
  })
  return { documents: left, secrets }
}

/**
 * The kept document of a client as the client is now: the same object if it is still so.
 * @returns undefined if the client was removed.
 */
export function currentClient(kept: KeptDocument, content: TenantContent): KeptDocument | undefined {
  const received = clientDocumentIn(kept)
  if (received === undefined || !isJsonObject(kept.value)) return kept
  const record = content.clients.find(({ id }) => id === received.id)
  if (record === undefined) return isConfigurable(received, content) ? undefined : kept
  const now = cleaned(record.document)
  const secret = memberOf(kept.value, 'coreOAuth2ClientConfig', 'userpassword')
  const isSecret = typeof secret !== 'string' || secret.startsWith('${') || hasSecret(record, secret, content)
  if (isSecret && isDeepStrictEqual(received.document, now)) return kept
  const { _id, _rev, _type, coreOAuth2ClientConfig: before } = kept.value
  const frame = Object.entries({ _id, _rev, _type }).flatMap(([name, member]) =>
    member === undefined ? [] : [[name, member] as const],
  )
  const hadSecret = isJsonObject(before) && 'userpassword' in before
  const core = {
    ...(isJsonObject(now.coreOAuth2ClientConfig) ? now.coreOAuth2ClientConfig : {}),
    ...(hadSecret ? { userpassword: isSecret ? (before.userpassword ?? null) : null } : {}),
  }
  return { ...kept, value: { ...Object.fromEntries(frame), ...now, coreOAuth2ClientConfig: core } }
}

/**
 * Clients that no import brought, such as those of the console, where frodo's exports have them. Without those that registered
 * themselves: an import would make them an administrator's.
 */
export function unkeptClients(documents: readonly RealmDocument[], content: TenantContent): RealmDocument[] {
  const kept = new Set(
    documents.flatMap(({ kind, document }) => {
      const parsed = kind === keptKind ? keptDocumentSchema.safeParse(document).data : undefined
      return (parsed && clientDocumentIn(parsed)?.id) ?? []
    }),
  )
  return content.clients
    .filter(({ id, registeredAt }) => !kept.has(id) && !personClients.has(id) && registeredAt === undefined)
    .map((client) => {
      const place = { scope: 'realm', section: 'application', key: client.id } as const
      return {
        kind: keptKind,
        id: keptId(place),
        document: { ...place, value: exportedClient(client) },
      }
    })
}

/** Kept documents of files that say no more than the clients of the realm, so that nothing of them needs to be kept. */
export function knownClients<One extends { kind: string; id: string; document: JsonObject }>(
  documents: readonly One[],
  content: TenantContent | undefined,
): One[] {
  const exported = new Map(content?.clients.map((client) => [client.id, exportedClient(client)]))
  return documents.filter(({ kind, document }) => {
    const kept = kind === keptKind ? keptDocumentSchema.safeParse(document).data : undefined
    const client = kept && clientDocumentIn(kept)
    return client !== undefined && isDeepStrictEqual(kept?.value, exported.get(client.id))
  })
}

function exportedClient({ id, document }: OauthClientRecord): JsonObject {
  const now = cleaned(document)
  const core = isJsonObject(now.coreOAuth2ClientConfig) ? now.coreOAuth2ClientConfig : {}
  return {
    _id: id,
    _type: { _id: 'OAuth2Client', name: 'OAuth2 Clients', collection: true },
    ...now,
    coreOAuth2ClientConfig: { ...core, userpassword: null },
  }
}

function cleaned(document: JsonObject): JsonObject {
  const { value } = withoutSecrets(document)
  return isJsonObject(value) ? value : {}
}

/** Only placeholders are in kept documents. */
function hasSecret({ sealedSecret }: OauthClientRecord, text: string, { clientSecrets }: TenantContent) {
  return hasPlaceholder(text) && sealedSecret !== undefined && clientSecrets.open(sealedSecret) === text
}

/** Whether an import of the document makes a client. Others are only kept. */
function isConfigurable({ id, document }: { id: string; document: JsonObject }, content: TenantContent) {
  if (personClients.has(id)) return false
  const made = configuredClient(id, document, {
    sealedSecret: undefined,
    seal: () => '',
    lookup: realmLookup(content),
  })
  return !('fault' in made)
}

function withoutMembers(document: JsonObject): JsonObject {
  const core = document.coreOAuth2ClientConfig
  if (!isJsonObject(core)) return document
  const members = Object.entries(core).filter(([name]) => !secretMembers.includes(name))
  return { ...document, coreOAuth2ClientConfig: Object.fromEntries(members) }
}
