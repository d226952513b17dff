import * as z from 'zod/mini'
import { expected, type Resources, type Stored } from './collection.ts'
import type { JsonObject } from './json.ts'
import { realmPath } from './realm-path.ts'
import { ApiError, request } from './request.ts'

const providerSchema = z.catchall(
  z.object({ _id: z.string(), _rev: z.string(), _type: z.object({ _id: z.string() }) }),
  z.json(),
)

function servicePath(realm: string): string {
  return `${realmPath(realm)}/realm-config/services/SocialIdentityProviders`
}

function toStored({ _id, _rev, ...document }: z.infer<typeof providerSchema>): Stored {
  return { id: _id, document, revision: _rev }
}

/** The type of a provider, such as `googleConfig`. It is part of its path. */
export function providerType({ _type: type }: JsonObject): string {
  return z.parse(z.object({ _id: z.string() }), type)._id
}

async function list(realm: string, signal?: AbortSignal): Promise<Stored[]> {
  const options = { method: 'POST', query: { _action: 'nextdescendents' }, body: {}, signal } as const
  const { result } = await request(z.object({ result: z.array(providerSchema) }), servicePath(realm), options)
  return result.map(toStored).toSorted((one, other) => one.id.localeCompare(other.id))
}

/** The types of which a provider can be created. */
export async function listProviderTypes(realm: string): Promise<string[]> {
  const options = { method: 'POST', query: { _action: 'getCreatableTypes' }, body: {} } as const
  const types = z.object({ result: z.array(z.object({ _id: z.string() })) })
  return (await request(types, servicePath(realm), options)).result.map(({ _id }) => _id)
}

/** Only the list has providers of all types. */
async function read(realm: string, id: string, signal?: AbortSignal): Promise<Stored> {
  const found = (await list(realm, signal)).find((one) => one.id === id)
  if (found === undefined) throw new ApiError({ code: 404, reason: 'Not Found', message: '' })
  return found
}

function pathOf(realm: string, id: string, document: JsonObject): string {
  return `${servicePath(realm)}/${providerType(document)}/${encodeURIComponent(id)}`
}

/** Social identity providers, without their secrets. Saving a document without a secret keeps the stored one. */
export const identityProviders: Resources = {
  name: 'identity-providers',
  list,
  read,
  async save(realm, id, body, revision) {
    const options = { method: 'PUT', body, headers: expected(revision) } as const
    return toStored(await request(providerSchema, pathOf(realm, id, body), options))
  },
  async remove(realm, id) {
    const { document } = await read(realm, id)
    await request(z.unknown(), pathOf(realm, id, document), { method: 'DELETE' })
  },
}
