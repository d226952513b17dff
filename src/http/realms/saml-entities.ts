import type { z } from 'zod'
import { collection, resource } from '../../crest/collection.ts'
import type { JsonObject } from '../../engine/json.ts'
import { badRequest, notFound } from '../../errors.ts'
import {
  circleKind,
  circleSchema,
  entityKey,
  hostedSchema,
  remoteSchema,
  samlEntityKind,
} from '../../people/providers/saml/entities.ts'
import { readEntityId } from '../../people/providers/saml/metadata.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { checkedId, checkPreconditions, parseAttributes, saved } from '../configuration-resource.ts'
import { type Answer, bodyObject, byAction, type Call, param, type Route } from '../route.ts'

type SamlEntityDependencies = { documents: DocumentStore }

const saml = 'realm-config/saml2'
const circles = 'realm-config/federation/circlesoftrust'

/** What one sort of document is: where it is, and what it has to be. */
type Sort = {
  path: string
  kind: string
  schema: z.ZodType
  /** Members that are not for the writer to choose. */
  fixed: (id: string) => JsonObject
  has: (document: JsonObject) => boolean
}

const hosted: Sort = {
  path: `${saml}/hosted`,
  kind: samlEntityKind,
  schema: hostedSchema,
  fixed: () => ({ entityLocation: 'hosted' }),
  has: ({ entityLocation }) => entityLocation !== 'remote',
}

const remote: Sort = {
  path: `${saml}/remote`,
  kind: samlEntityKind,
  schema: remoteSchema,
  fixed: () => ({ entityLocation: 'remote' }),
  has: ({ entityLocation }) => entityLocation === 'remote',
}

const circle: Sort = {
  path: circles,
  kind: circleKind,
  schema: circleSchema,
  fixed: () => ({ _type: { _id: 'circlesoftrust', name: 'Circle of Trust', collection: true } }),
  has: () => true,
}

/**
 * The SAML 2.0 entities of a realm: service providers of ours, identity providers elsewhere, and the circles that say who
 * trusts whom. Source: "SAML 2.0 reference" of the vendor, and the calls that its tools make.
 */
export function samlEntityRoutes(from: SamlEntityDependencies): Route[] {
  return [
    {
      method: 'GET',
      path: saml,
      access: 'journeys',
      summary: 'Finds the SAML 2.0 entities of the realm, hosted and remote.',
      handle: async (call) => {
        const all = (await from.documents.all(call.realm.path, samlEntityKind)).map(({ id, document }) => ({
          _id: id,
          entityId: document.entityId ?? null,
          location: document.entityLocation ?? 'hosted',
        }))
        return { body: collection(all, call.query) }
      },
    },
    {
      method: 'POST',
      path: hosted.path,
      access: 'realm',
      summary: 'Creates a service provider: `create`.',
      handle: byAction({
        create: (call) => write(from, hosted, call, entityKey(text(call, 'entityId')), true),
      }),
    },
    {
      method: 'POST',
      path: remote.path,
      access: 'realm',
      summary: 'Adds an entity elsewhere by its metadata, `standardMetadata` in base64url: `importEntity`.',
      handle: byAction({ importEntity: (call) => importEntity(from, call) }),
    },
    {
      method: 'GET',
      path: circles,
      access: 'journeys',
      summary: 'Finds the circles of trust: `_queryFilter=true`.',
      handle: async (call) => {
        const all = await from.documents.all(call.realm.path, circleKind)
        return {
          body: collection(
            all.map(({ id, document }) => ({ ...document, _id: id })),
            call.query,
          ),
        }
      },
    },
    {
      method: 'POST',
      path: circles,
      access: 'realm',
      summary: 'Creates a circle of trust: `create`.',
      handle: byAction({ create: (call) => write(from, circle, call, text(call, '_id'), true) }),
    },
    ...itemRoutes(from, hosted, 'a service provider'),
    ...itemRoutes(from, remote, 'an entity elsewhere, such as an identity provider'),
    ...itemRoutes(from, circle, 'a circle of trust'),
  ]
}

function itemRoutes(from: SamlEntityDependencies, sort: Sort, what: string): Route[] {
  const path = `${sort.path}/:id`
  const access = 'realm'
  return [
    {
      method: 'GET',
      path,
      access: 'journeys',
      summary: `Reads ${what}.`,
      handle: async (call) => resource(await stored(from, sort, call)),
    },
    {
      method: 'PUT',
      path,
      access,
      summary: `Creates or replaces ${what}.`,
      handle: (call) => write(from, sort, call, param(call, 'id')),
    },
    {
      method: 'DELETE',
      path,
      access,
      summary: `Removes ${what}.`,
      async handle(call) {
        const document = await stored(from, sort, call)
        checkPreconditions(call, document)
        await from.documents.remove(call.realm.path, sort.kind, param(call, 'id'))
        return resource(document)
      },
    },
  ]
}

async function stored({ documents }: SamlEntityDependencies, sort: Sort, call: Call): Promise<JsonObject> {
  const id = param(call, 'id')
  const found = await documents.read(call.realm.path, sort.kind, id)
  if (found === undefined || !sort.has(found.document)) throw notFound()
  return { ...found.document, _id: id }
}

/** What the metadata of an entity elsewhere says goes with it: a tool that writes settings alone keeps it. */
async function write(
  { documents }: SamlEntityDependencies,
  sort: Sort,
  call: Call,
  key: string,
  isCreate = false,
): Promise<Answer> {
  const id = checkedId(key)
  const { _id, _rev, ...body } = bodyObject(call)
  const old = (await documents.read(call.realm.path, sort.kind, id))?.document
  if (old !== undefined && (isCreate || !sort.has(old))) throw badRequest(`There is an entity ${id} already`)
  checkPreconditions(call, old && { ...old, _id: id })
  const metadata = old?.base64EntityXML === undefined ? {} : { base64EntityXML: old.base64EntityXML }
  const document = { _id: id, ...metadata, ...body, ...sort.fixed(id) }
  parseAttributes(sort.schema, document)
  if (sort.kind === samlEntityKind) checkKey(document, id)
  await documents.save(call.realm.path, { kind: sort.kind, id, document })
  return saved(call, { path: sort.path, id }, document, old === undefined)
}

async function importEntity({ documents }: SamlEntityDependencies, call: Call): Promise<Answer> {
  const xml = Buffer.from(text(call, 'standardMetadata'), 'base64url').toString()
  const entityId = entityIdIn(xml)
  const id = entityKey(entityId)
  const document = {
    _id: id,
    entityId,
    entityLocation: 'remote',
    base64EntityXML: Buffer.from(xml).toString('base64url'),
  }
  await documents.save(call.realm.path, { kind: samlEntityKind, id, document })
  return { body: { importedEntities: [entityId] } }
}

function entityIdIn(xml: string): string {
  try {
    return readEntityId(xml)
  } catch {
    throw badRequest('standardMetadata must be the metadata of one entity, in base64url')
  }
}

function text(call: Call, name: string): string {
  const value = bodyObject(call)[name]
  if (typeof value !== 'string') throw badRequest(`${name} must be a text`)
  return value
}

function checkKey({ entityId }: JsonObject, id: string): void {
  if (typeof entityId === 'string' && entityKey(entityId) !== id) {
    throw badRequest('The id must be the entityId in base64url')
  }
}
