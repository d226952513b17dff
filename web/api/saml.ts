import * as z from 'zod/mini'
import { fromBase64, toBase64 } from './base64.ts'
import type { Resources, Stored } from './collection.ts'
import type { JsonObject } from './json.ts'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

const entitiesSchema = z.object({
  result: z.array(
    z.object({ _id: z.string(), entityId: z.string(), location: z.string(), roles: z.array(z.string()) }),
  ),
})
const circlesSchema = z.object({
  result: z.array(z.object({ _id: z.string(), trustedProviders: z._default(z.array(z.string()), []) })),
})

/** `details`: the roles of an entity, or the entities of a circle of trust. */
type SamlDocument = JsonObject & { name: string; kind: string; details: string[] }

const places = {
  hosted: 'saml2/hosted',
  remote: 'saml2/remote',
  circle: 'federation/circlesoftrust',
} as const

function configPath(realm: string, path: string): string {
  return `${realmPath(realm)}/realm-config/${path}`
}

/** @param id the kind and the id in its collection: `hosted/c3A`. */
function pathOf(realm: string, id: string): string {
  const [kind, ...rest] = id.split('/')
  const place = kind === 'hosted' || kind === 'remote' ? places[kind] : places.circle
  return configPath(realm, `${place}/${encodeURIComponent(rest.join('/'))}`)
}

/** SAML 2.0 entities and circles of trust. They are only read and removed. */
export const samlEntities: Pick<Resources<Stored<SamlDocument>>, 'name' | 'list' | 'remove'> &
  Pick<Resources, 'read'> = {
  name: 'saml-entities',
  async list(realm, signal) {
    const options = { query: { _queryFilter: 'true' }, signal }
    const [entities, circles] = await Promise.all([
      request(entitiesSchema, configPath(realm, 'saml2'), options),
      request(circlesSchema, configPath(realm, places.circle), options),
    ])
    const all = [
      ...entities.result.map(({ _id, entityId, location, roles }) => ({
        id: `${location}/${_id}`,
        document: { name: entityId, kind: location, details: roles },
      })),
      ...circles.result.map(({ _id, trustedProviders }) => ({
        id: `circle/${_id}`,
        document: {
          name: _id,
          kind: 'circle',
          details: trustedProviders.map((each) => each.replace(/\|saml2$/, '')),
        },
      })),
    ]
    return all.map((one) => ({ ...one, revision: '' }))
  },
  async read(realm, id, signal) {
    const { _rev, ...document } = await request(z.record(z.string(), z.json()), pathOf(realm, id), { signal })
    return { id, document, revision: String(_rev) }
  },
  remove: (realm, id) => request(z.unknown(), pathOf(realm, id), { method: 'DELETE' }),
}

/** Adds a remote entity, or replaces its metadata. @throws ApiError 400 for other files. */
export function importMetadata(realm: string, xml: string): Promise<unknown> {
  const standardMetadata = toBase64(xml).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  const options = { method: 'POST', query: { _action: 'importEntity' }, body: { standardMetadata } } as const
  return request(z.unknown(), configPath(realm, places.remote), options)
}

/** The address of the metadata that the other side imports. */
export function metadataUrl(realm: string, { entityId }: JsonObject): string | undefined {
  if (typeof entityId !== 'string') return undefined
  return `/am/saml2/jsp/exportmetadata.jsp?${new URLSearchParams({ entityid: entityId, realm })}`
}

/** The metadata of a remote entity. */
export function metadataOf({ base64EntityXML: encoded }: JsonObject): string | undefined {
  return typeof encoded === 'string'
    ? fromBase64(encoded.replaceAll('-', '+').replaceAll('_', '/'))
    : undefined
}
