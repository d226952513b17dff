import { z } from 'zod'
import { badRequest, notFound, RequestError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import { collection } from '../../crest/collection.ts'
import { hasPlaceholder } from '../../engine/placeholders.ts'
import {
  circleKind,
  circleSchema,
  entityKey,
  hostedSchema,
  remoteSchema,
  samlEntityKind,
  unservedIn,
} from '../../people/providers/saml/entities.ts'
import { type SpKeyStore, signingOf, spKeyOwner } from '../../people/providers/saml/sp-keys.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { parentOf } from '../../realms/realm.ts'
import { parseBody } from '../body.ts'
import { parseAttributes } from '../configuration-resource.ts'
import { type DocumentResource, documentResource } from '../document-resource.ts'
import { type Answer, always, bodyObject, byAction, type Call, type Route } from '../route.ts'

const saml = 'realm-config/saml2'

/** Loaded when it is first used, with its XML parser. */
const metadataReader = () => import('../../people/providers/saml/metadata.ts')

type SamlCollection = {
  path: string
  kind: string
  /** The kind in audit entries. */
  audited: string
  /** Used in route summaries. */
  title: string
  schema: z.ZodType
  /** Members that clients cannot choose. */
  fixed: JsonObject
  includes(document: JsonObject): boolean
  /** @throws RequestError 400 for a document that can't work. */
  check?(document: JsonObject, realm: string): void | Promise<void>
}

const hosted: SamlCollection = {
  path: `${saml}/hosted`,
  kind: samlEntityKind,
  audited: 'hosted',
  title: 'a hosted service provider',
  schema: hostedSchema,
  fixed: { entityLocation: 'hosted' },
  includes: ({ entityLocation }) => entityLocation !== 'remote',
  check: checkHosted,
}

const remote: SamlCollection = {
  path: `${saml}/remote`,
  kind: samlEntityKind,
  audited: 'remote',
  title: 'a remote entity, such as an identity provider',
  schema: remoteSchema,
  fixed: { entityLocation: 'remote' },
  includes: ({ entityLocation }) => entityLocation === 'remote',
  check: ({ entityId, base64EntityXML }) => checkMetadata(String(base64EntityXML), String(entityId)),
}

const circles: SamlCollection = {
  path: 'realm-config/federation/circlesoftrust',
  kind: circleKind,
  audited: 'circlesoftrust',
  title: 'a circle of trust',
  schema: circleSchema,
  fixed: { _type: { _id: 'circlesoftrust', name: 'Circle of Trust', collection: true } },
  includes: () => true,
}

type SamlEntityNeeds = {
  documents: DocumentStore
  spKeys: Pick<SpKeyStore, 'rotate'>
  now(): number
}

const rotation = z.object({ withdraw: z.boolean('must be true or false').default(false) })

/**
 * The SAML 2.0 entities of a realm: hosted service providers, remote identity providers, and the circles of trust between them.
 * Source: "SAML 2.0 reference" of the vendor, and the requests of its tools.
 */
export function samlEntityRoutes({ documents, spKeys, now }: SamlEntityNeeds): Route[] {
  const hostedEntities = samlDocuments(documents, hosted)
  const remoteEntities = samlDocuments(documents, remote)
  const circlesOfTrust = samlDocuments(documents, circles)
  return [
    {
      method: 'GET',
      path: saml,
      access: 'journeys',
      summary: 'Finds the SAML 2.0 entities of the realm, hosted and remote.',
      handle: (call) => listEntities(documents, call),
    },
    {
      method: 'POST',
      path: hosted.path,
      access: 'realm',
      resource: { kind: hosted.audited },
      summary: 'Creates a hosted service provider: `create`.',
      handle: byAction({
        create: (call) => hostedEntities.create(call, entityKey(requiredText(call, 'entityId'))),
      }),
    },
    {
      method: 'POST',
      path: `${hosted.path}/:id`,
      access: 'realm',
      resource: { kind: hosted.audited },
      dangerous: always,
      summary:
        'Makes a new key of a hosted service provider, which signs a week later (`rotate`); with `withdraw`, at once, and older keys leave the metadata.',
      handle: byAction({ rotate: (call) => rotateKey({ documents, spKeys, now }, call) }),
    },
    {
      method: 'POST',
      path: remote.path,
      access: 'realm',
      resource: { kind: remote.audited },
      summary: 'Adds a remote entity from its metadata, `standardMetadata` in base64url: `importEntity`.',
      handle: byAction({ importEntity: (call) => importEntity(documents, call) }),
    },
    ...circlesOfTrust.list,
    {
      method: 'POST',
      path: circles.path,
      access: 'realm',
      resource: { kind: circles.audited },
      summary: 'Creates a circle of trust: `create`.',
      handle: byAction({ create: (call) => circlesOfTrust.create(call, requiredText(call, '_id')) }),
    },
    ...hostedEntities.routes,
    ...remoteEntities.routes,
    ...circlesOfTrust.routes,
  ]
}

function samlDocuments(documents: DocumentStore, entities: SamlCollection): DocumentResource {
  const { path, kind, audited, title, schema, fixed, includes, check } = entities
  return documentResource({
    documents,
    kind,
    path: `${path}/:id`,
    access: { read: 'journeys', write: 'realm' },
    resource: { kind: audited },
    summaries: {
      list: 'Finds the circles of trust: `_queryFilter=true`.',
      read: `Reads ${title}.`,
      put: `Creates or replaces ${title}.`,
      remove: `Removes ${title}.`,
    },
    includes,
    toResource: (id, document) => ({ ...document, _id: id }),
    toListed: (entity) => entity,
    async toDocument({ _id, ...body }, { id, existing, call }) {
      // A client that writes only settings keeps the metadata of a remote entity.
      const metadata =
        existing?.base64EntityXML === undefined ? {} : { base64EntityXML: existing.base64EntityXML }
      const document = { _id: id, ...metadata, ...body, ...fixed }
      parseAttributes(schema, document)
      if (kind === samlEntityKind) checkKey(document, id)
      await check?.(document, call.realm.path)
      return document
    },
    location: () => path,
    // The vendor's tools replace a circle of trust after a 409.
    taken: (id) =>
      kind === circleKind
        ? new RequestError(409, `The circle of trust ${id} exists already`)
        : badRequest(`The entity ${id} exists already`),
  })
}

async function listEntities(documents: DocumentStore, { realm, query }: Call): Promise<Answer> {
  const { rolesOf } = await metadataReader()
  const all = (await documents.all(realm.path, samlEntityKind)).map(({ id, document }) => ({
    _id: id,
    entityId: document.entityId ?? null,
    location: document.entityLocation ?? 'hosted',
    roles: rolesOf(document),
  }))
  return { body: collection(all, query) }
}

async function importEntity(documents: DocumentStore, call: Call): Promise<Answer> {
  const xml = Buffer.from(requiredText(call, 'standardMetadata'), 'base64url').toString()
  const entityId = await entityIdIn(xml)
  const id = entityKey(entityId)
  const base64EntityXML = Buffer.from(xml).toString('base64url')
  await checkMetadata(base64EntityXML, entityId)
  const document = {
    _id: id,
    entityId,
    entityLocation: 'remote',
    base64EntityXML,
  }
  await documents.save(call.realm.path, { kind: samlEntityKind, id, document })
  return { body: { importedEntities: [entityId] } }
}

async function entityIdIn(xml: string): Promise<string> {
  const { readEntityId } = await metadataReader()
  try {
    return readEntityId(xml)
  } catch {
    throw badRequest('standardMetadata must be the metadata of one entity, in base64url')
  }
}

/** @throws RequestError 400 for an entity that could never be used. */
function checkHosted(document: JsonObject, realm: string): void {
  for (const [member, reason] of unservedIn(document)) throw badRequest(`${member}: ${reason}`)
  const { metaAlias } = hostedSchema.parse(document).serviceProvider.services
  if (hasPlaceholder(metaAlias)) return
  if (parentOf(metaAlias) !== realm || metaAlias.endsWith('/')) {
    const expected = `${realm === '/' ? '' : realm}/NAME`
    throw badRequest(`serviceProvider.services.metaAlias must be ${expected}, and is ${metaAlias}`)
  }
}

/** Metadata without an identity provider are kept for other tools. @throws RequestError 400 for one that can't be used. */
async function checkMetadata(base64EntityXML: string, entityId: string): Promise<void> {
  const { readIdpMetadata, readRoles } = await metadataReader()
  const xml = Buffer.from(base64EntityXML, 'base64url').toString()
  if (!readRoles(xml).includes('identityProvider')) return
  try {
    readIdpMetadata(xml, entityId)
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'it is unreadable'
    throw badRequest(`The identity provider ${entityId} can't be used: ${problem}`)
  }
}

async function rotateKey({ documents, spKeys, now }: SamlEntityNeeds, call: Call): Promise<Answer> {
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

function requiredText(call: Call, name: string): string {
  const value = bodyObject(call)[name]
  if (typeof value !== 'string') throw badRequest(`${name} must be text`)
  return value
}

function checkKey({ entityId }: JsonObject, id: string): void {
  if (typeof entityId === 'string' && entityKey(entityId) !== id) {
    throw badRequest('The id must be the entityId in base64url')
  }
}
