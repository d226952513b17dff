import { collection, resource } from '../../crest/collection.ts'
import { isJsonObject, type JsonObject } from '../../engine/json.ts'
import { badRequest, notFound } from '../../errors.ts'
import { providerSchema, socialProviderKind } from '../../people/providers/social/provider-settings.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { isUntold } from '../../secrets/sealed-value.ts'
import { checkedId, checkPreconditions, listed, parseAttributes, saved } from '../configuration-resource.ts'
import { type Answer, bodyObject, byAction, type Call, param, type Route } from '../route.ts'

type ProviderDependencies = { documents: DocumentStore }

const service = 'realm-config/services/SocialIdentityProviders'

/** Never shown again; a write without one keeps the one that there is. */
const secretName = 'clientSecret'

/**
 * Identity providers of a realm, each under the type that the vendor gives it, such as `googleConfig` or `oidcConfig`.
 * Source: "Social Identity Provider Service" of the vendor's reference.
 */
export function socialIdentityProviderRoutes(from: ProviderDependencies): Route[] {
  const one = `${service}/:type/:id`
  const access = 'realm'
  return [
    {
      method: 'POST',
      path: service,
      access: 'journeys',
      summary: 'Lists the identity providers of the realm in full: `nextdescendents`.',
      handle: byAction({
        nextdescendents: async (call) => ({ body: { result: (await all(from, call)).map(listed) } }),
      }),
    },
    {
      method: 'GET',
      path: `${service}/:type`,
      access: 'journeys',
      summary: 'Finds the identity providers of a type: `_queryFilter=true`.',
      handle: async (call) => ({
        body: collection((await all(from, call)).filter(isOfType(call)), call.query),
      }),
    },
    {
      method: 'GET',
      path: one,
      access: 'journeys',
      summary: 'Reads an identity provider, without its secret.',
      handle: async (call) => resource(shown(call, await stored(from, call))),
    },
    {
      method: 'PUT',
      path: one,
      access,
      summary: 'Creates or replaces an identity provider; a secret that is left out stays.',
      handle: (call) => put(from, call),
    },
    {
      method: 'DELETE',
      path: one,
      access,
      summary: 'Removes an identity provider.',
      handle: (call) => remove(from, call),
    },
  ]
}

async function all({ documents }: ProviderDependencies, { realm }: Call): Promise<JsonObject[]> {
  const found = await documents.all(realm.path, socialProviderKind)
  return found.map(({ id, document }) => ({ ...document, _id: id, [secretName]: null }))
}

function isOfType(call: Call) {
  return ({ _type: type }: JsonObject) => isJsonObject(type) && type._id === param(call, 'type')
}

async function put({ documents }: ProviderDependencies, call: Call): Promise<Answer> {
  const id = checkedId(param(call, 'id'))
  const type = checkedId(param(call, 'type'))
  const { _id, _rev, _type, ...body } = bodyObject(call)
  const old = (await documents.read(call.realm.path, socialProviderKind, id))?.document
  if (old !== undefined && !isOfType(call)(old))
    throw badRequest(`There is an identity provider ${id} of another type`)
  checkPreconditions(call, old && shown(call, old))
  const given = body[secretName]
  const secret = (isUntold(given) ? old?.[secretName] : given) ?? null
  const name = isJsonObject(_type) && typeof _type.name === 'string' ? _type.name : type
  const document = { ...body, [secretName]: secret, _type: { _id: type, name, collection: true } }
  parseAttributes(providerSchema, document)
  await documents.save(call.realm.path, { kind: socialProviderKind, id, document: { _id: id, ...document } })
  return saved(call, { path: `${service}/${type}`, id }, shown(call, document), old === undefined)
}

async function remove(from: ProviderDependencies, call: Call): Promise<Answer> {
  const provider = shown(call, await stored(from, call))
  checkPreconditions(call, provider)
  await from.documents.remove(call.realm.path, socialProviderKind, param(call, 'id'))
  return resource(provider)
}

async function stored({ documents }: ProviderDependencies, call: Call): Promise<JsonObject> {
  const found = await documents.read(call.realm.path, socialProviderKind, param(call, 'id'))
  if (found === undefined || !isOfType(call)(found.document)) throw notFound()
  return found.document
}

function shown(call: Call, document: JsonObject): JsonObject {
  return { ...document, _id: param(call, 'id'), [secretName]: null }
}
