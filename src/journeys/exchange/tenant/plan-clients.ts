import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '../../../base/json.ts'
import { personClients } from '../../../oauth/admin-clients.ts'
import { needsSecret, openingChanges, withoutOpening } from '../../../oauth/client-changes.ts'
import { configuredClient } from '../../../oauth/client-record.ts'
import type { ClientToWrite, OauthClientRecord } from '../../../oauth/oauth-store.ts'
import { documentChanges } from '../../compare/document-changes.ts'
import { type Choices, listsChanges, statusOf } from '../choices.ts'
import { type Finding, finding } from '../finding.ts'
import { keptDocumentSchema, keptKind, keptName } from '../kept-documents.ts'
import { bounded, shortened } from '../plan-changes.ts'
import type { PlanItem } from '../plan-items.ts'
import { oauthClientKind } from './forbidden-settings.ts'
import { clientDocumentIn } from './kept-client.ts'
import { realmLookup } from './realm-lookup.ts'
import type { TenantContent } from './tenant-content.ts'

export type PlannedClients = { items: PlanItem[]; findings: Finding[]; clients: ClientToWrite[] }

type Document = { kind: string; document: JsonObject }

type Context = {
  content: TenantContent
  choices: Choices
  /** Secrets in the files, by client. */
  secrets: ReadonlyMap<string, string>
  planned: PlannedClients
}

/** What the documents of an import change in the OAuth2 clients of a realm, with the mapping of their resource. */
export function planClients(
  documents: readonly Document[],
  content: TenantContent,
  { secrets, ...choices }: Choices & { secrets: ReadonlyMap<string, string> },
): PlannedClients {
  const planned: PlannedClients = { items: [], findings: [], clients: [] }
  for (const { kind, document } of documents) {
    const kept = kind === keptKind ? keptDocumentSchema.safeParse(document).data : undefined
    const found = kept && clientDocumentIn(kept)
    if (kept === undefined || found === undefined) continue
    planClient(found, keptName(kept), { content, choices, secrets, planned })
  }
  return planned
}

function planClient(
  { id, document: sent }: { id: string; document: JsonObject },
  place: string,
  { content, choices, secrets, planned }: Context,
): void {
  const say = (kind: Finding['kind'], words: string) =>
    planned.findings.push(
      finding(kind, `OAuth2 client '${id}' (${place}) ${words}`, { kind: oauthClientKind, id }),
    )
  // rule S63: otherwise an import replaces the clients of the server’s own tools
  if (personClients.has(id)) {
    say('note', 'is built into the server, and stays as it is')
    return
  }
  const before = content.clients.find((client) => client.id === id)
  const made = configuredClient(id, withSecret(sent, secretToSet(id, before, content, secrets)), {
    // rule S63: otherwise an import without a secret removes the stored one
    sealedSecret: before?.sealedSecret,
    seal: (secret) => content.clientSecrets.seal(secret),
    lookup: realmLookup(content),
  })
  if ('fault' in made) {
    say('unsupported', `is not applied: ${made.fault.path}: ${made.fault.message}`)
    return
  }
  const { client } = made
  const isTwice = planned.items.some((item) => item.id === id)
  if (isTwice) {
    const earlier = planned.clients.find((one) => one.client.id === id)?.client ?? before
    if (!isDeepStrictEqual(earlier?.document, client.document)) {
      say('conflict', 'exists twice in the files, with different content')
    }
    return
  }
  for (const { path, message } of made.findings) say('note', `has ${path}: ${message}`)
  const isSame =
    before !== undefined &&
    isDeepStrictEqual(before.document, client.document) &&
    before.sealedSecret === client.sealedSecret
  const item = { kind: oauthClientKind, id }
  const status = isSame ? 'identical' : statusOf(choices, item, before !== undefined)
  const changes = status === 'new' || listsChanges(choices, status) ? changesOf(before, client) : undefined
  planned.items.push({ ...item, name: id, status, ...(changes && { changes }) })
  if (status === 'kept' || status === 'left') return
  if (status !== 'identical') planned.clients.push({ client, before })
  if (client.sealedSecret === undefined && needsSecret(client.document)) {
    say('missing', 'has no secret in the files, and can’t be used until an administrator sets one')
  }
}

/** A secret of the files, unless it is the stored one. */
function secretToSet(
  id: string,
  before: OauthClientRecord | undefined,
  { clientSecrets }: TenantContent,
  secrets: ReadonlyMap<string, string>,
): string | undefined {
  const given = secrets.get(id)
  const isStored =
    given !== undefined &&
    before?.sealedSecret !== undefined &&
    clientSecrets.open(before.sealedSecret) === given
  return isStored ? undefined : given
}

function withSecret(document: JsonObject, secret: string | undefined): JsonObject {
  const core = document.coreOAuth2ClientConfig
  if (core !== undefined && (typeof core !== 'object' || core === null || Array.isArray(core)))
    return document
  return { ...document, coreOAuth2ClientConfig: { ...core, userpassword: secret ?? null } }
}

/** What opens something comes first and is complete. */
function changesOf(before: OauthClientRecord | undefined, after: OauthClientRecord): string[] {
  const secret = before?.sealedSecret === after.sealedSecret ? [] : ['Secret: set']
  const open = [...openingChanges(before?.document ?? {}, after.document), ...secret].map(shortened)
  if (before === undefined) return open
  const documentOf = ({ id, document }: OauthClientRecord) => ({
    kind: oauthClientKind,
    id,
    document: withoutOpening(document),
  })
  const nothing = { ids: new Map<string, string>(), names: new Map<string, string>() }
  const { changes, unknown } = documentChanges(documentOf(before), documentOf(after), nothing)
  const others = [...changes, ...unknown].map(({ words }) => words)
  return open.length > 0 && others.length === 0 ? open : [...open, ...bounded(others)]
}
