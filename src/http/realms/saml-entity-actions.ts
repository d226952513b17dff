import { z } from 'zod'
import { badRequest, notFound } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { keptIn, type MemberFinding, refusedIn } from '../../base/members.ts'
import { collection } from '../../crest/collection.ts'
import { hasPlaceholder } from '../../engine/placeholders.ts'
import { type FencedSend, isSafe } from '../../people/providers/fenced-send.ts'
import { entityKey, hostedSchema, samlEntityKind } from '../../people/providers/saml/entities.ts'
import { hostedMembers } from '../../people/providers/saml/entity-members.ts'
import { readEntityId, readIdpMetadata, readRoles, rolesOf } from '../../people/providers/saml/metadata.ts'
import { metadataAt } from '../../people/providers/saml/metadata-address.ts'
import type { SpKeyStore } from '../../people/providers/saml/sp-key-store.ts'
import { signingOf, spKeyOwner } from '../../people/providers/saml/sp-keys.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { parentOf } from '../../realms/realm.ts'
import { parseBody } from '../body.ts'
import type { Answer, Call } from '../route.ts'

export type SamlEntityNeeds = {
  documents: DocumentStore
  spKeys: Pick<SpKeyStore, 'rotate'>
  /** Reads metadata at an address. */
  send: FencedSend
  now(): number
}

const metadataBody = z.union(
  [z.strictObject({ standardMetadata: z.string() }), z.strictObject({ metadataUrl: z.string() })],
  'The body must have either standardMetadata or metadataUrl, as text',
)

const rotation = z.object({ withdraw: z.boolean('must be true or false').default(false) })

/** Lists entities, hosted and remote. */
export async function listEntities(documents: DocumentStore, { realm, query }: Call): Promise<Answer> {
  const all = (await documents.all(realm.path, samlEntityKind)).map(({ id, document }) => ({
    _id: id,
    entityId: document.entityId ?? null,
    location: document.entityLocation ?? 'hosted',
    roles: rolesOf(document),
  }))
  return { body: collection(all, query) }
}

/** Adds a remote entity, or replaces it. With an address, the metadata are read again from time to time. */
export async function importEntity(
  { documents, send, now }: Pick<SamlEntityNeeds, 'documents' | 'send' | 'now'>,
  call: Call,
): Promise<Answer> {
  const body = parseBody(metadataBody, call)
  const address = 'metadataUrl' in body ? body.metadataUrl : undefined
  const xml =
    'metadataUrl' in body
      ? await readThere(body.metadataUrl, send)
      : Buffer.from(body.standardMetadata, 'base64url').toString()
  const entityId = entityIdIn(xml)
  const id = entityKey(entityId)
  const base64EntityXML = Buffer.from(xml).toString('base64url')
  checkMetadata({ base64EntityXML, entityId })
  const document = {
    _id: id,
    entityId,
    entityLocation: 'remote',
    base64EntityXML,
    ...(address === undefined ? {} : { metadataUrl: address, metadataReadAt: now() }),
  }
  await documents.save(call.realm.path, { kind: samlEntityKind, id, document })
  return { body: { importedEntities: [entityId] } }
}

async function readThere(url: string, send: FencedSend): Promise<string> {
  try {
    return await metadataAt(url, send)
  } catch (error) {
    throw badRequest(`metadataUrl: ${error instanceof Error ? error.message : 'it is unreadable'}`)
  }
}

function entityIdIn(xml: string): string {
  try {
    return readEntityId(xml)
  } catch {
    throw badRequest('The metadata must be those of one entity; standardMetadata has them in base64url')
  }
}

/** @throws RequestError 400 for an entity that could never be used. */
export function checkHosted(document: JsonObject, realm: string): void {
  const [refused] = refusedIn(hostedMembers, document)
  if (refused !== undefined) throw badRequest(`${refused.path}: ${refused.message}`)
  const { metaAlias } = hostedSchema.parse(document).serviceProvider.services
  if (hasPlaceholder(metaAlias)) return
  if (parentOf(metaAlias) !== realm || metaAlias.endsWith('/')) {
    const expected = `${realm === '/' ? '' : realm}/NAME`
    throw badRequest(`serviceProvider.services.metaAlias must be ${expected}, and is ${metaAlias}`)
  }
}

/** What a hosted entity sets that has no effect. */
export function keptOfHosted(document: JsonObject): MemberFinding[] {
  return keptIn(hostedMembers, document)
}

/** Metadata without an identity provider are kept for other tools. @throws RequestError 400 for one that can't be used. */
export function checkMetadata({ base64EntityXML, entityId, metadataUrl }: JsonObject): void {
  if (typeof metadataUrl === 'string' && !isSafe(metadataUrl)) {
    throw badRequest('metadataUrl must be an https URL')
  }
  const xml = Buffer.from(String(base64EntityXML), 'base64url').toString()
  if (!readRoles(xml).includes('identityProvider')) return
  try {
    readIdpMetadata(xml, String(entityId))
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'it is unreadable'
    throw badRequest(`The identity provider ${entityId} can't be used: ${problem}`)
  }
}

/** Makes a new key. @throws RequestError 404 for an unknown service provider. */
export async function rotateKey({ documents, spKeys, now }: SamlEntityNeeds, call: Call): Promise<Answer> {
  const { withdraw } = parseBody(rotation, call)
  const found = await documents.read(call.realm.path, samlEntityKind, call.params.id ?? '')
  const entity = hostedSchema.safeParse(found?.document).data
  if (entity === undefined) throw notFound('Entity not found')
  const owner = spKeyOwner(call.realm.path, entity.entityId)
  const generations = await spKeys.rotate(owner, withdraw)
  const signing = signingOf(generations, now())
  const result = generations.map((one) => ({
    number: one.number,
    madeAt: one.madeAt,
    isSigning: one === signing,
  }))
  return { body: { result } }
}
