import type { z } from 'zod'
import { defined } from '../../base/defined.ts'
import { badRequest, RequestError } from '../../base/errors.ts'
import type { JsonObject } from '../../base/json.ts'
import type { MemberFinding } from '../../base/members.ts'
import {
  circleKind,
  circleSchema,
  entityKey,
  hostedSchema,
  remoteSchema,
  samlEntityKind,
  withAddress,
} from '../../people/providers/saml/entities.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { parseAttributes } from '../configuration-resource.ts'
import { type DocumentResource, documentResource } from '../document-resource.ts'
import { always, bodyObject, byAction, type Call, type Route } from '../route.ts'
import type { SamlEntityNeeds } from './saml-entity-actions.ts'

const saml = 'realm-config/saml2'

/** Loaded when it is first used, with its XML parser. */
const actions = () => import('./saml-entity-actions.ts')

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
  check?(document: JsonObject, realm: string): Promise<void>
  kept?(document: JsonObject): Promise<MemberFinding[]>
}

const hosted: SamlCollection = {
  path: `${saml}/hosted`,
  kind: samlEntityKind,
  audited: 'hosted',
  title: 'a hosted service provider',
  schema: hostedSchema,
  fixed: { entityLocation: 'hosted' },
  includes: ({ entityLocation }) => entityLocation !== 'remote',
  check: async (document, realm) => (await actions()).checkHosted(document, realm),
  kept: async (document) => (await actions()).keptOfHosted(document),
}

const remote: SamlCollection = {
  path: `${saml}/remote`,
  kind: samlEntityKind,
  audited: 'remote',
  title: 'a remote entity, such as an identity provider',
  schema: remoteSchema,
  fixed: { entityLocation: 'remote' },
  includes: ({ entityLocation }) => entityLocation === 'remote',
  check: async (document) => (await actions()).checkMetadata(document),
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

/**
 * The SAML 2.0 entities of a realm: hosted service providers, remote identity providers, and the circles of trust between them.
 * Source: "SAML 2.0 reference" of the vendor, and the requests of its tools.
 */
export function samlEntityRoutes(needs: SamlEntityNeeds): Route[] {
  const { documents } = needs
  const hostedEntities = samlDocuments(documents, hosted)
  const remoteEntities = samlDocuments(documents, remote)
  const circlesOfTrust = samlDocuments(documents, circles)
  return [
    {
      method: 'GET',
      path: saml,
      access: 'journeys',
      summary: 'Finds the SAML 2.0 entities of the realm, hosted and remote.',
      handle: async (call) => (await actions()).listEntities(documents, call),
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
      handle: byAction({ rotate: async (call) => (await actions()).rotateKey(needs, call) }),
    },
    {
      method: 'POST',
      path: remote.path,
      access: 'realm',
      resource: { kind: remote.audited },
      summary: 'Adds a remote entity from its metadata, or from their address: `importEntity`.',
      handle: byAction({ importEntity: async (call) => (await actions()).importEntity(needs, call) }),
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
  const { path, kind, audited, title, schema, fixed, includes, check, kept } = entities
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
    ...defined({ kept }),
    toResource: (id, document) => ({ ...document, _id: id }),
    toListed: (entity) => entity,
    async toDocument({ _id, ...body }, { id, existing, call }) {
      // A client that writes only settings keeps the metadata of a remote entity, and their address.
      const metadata = defined({ base64EntityXML: existing?.base64EntityXML })
      const document = withAddress({ _id: id, ...metadata, ...body, ...fixed }, existing)
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
