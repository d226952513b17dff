import { collection } from '../../crest/collection.ts'
import { isJsonObject, type JsonObject } from '../../engine/json.ts'
import { badRequest } from '../../errors.ts'
import { providerSchema, socialProviderKind } from '../../people/providers/social/provider-settings.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { isOmitted } from '../../secrets/sealed-value.ts'
import { checkedId, listed, parseAttributes } from '../configuration-resource.ts'
import { documentResource } from '../document-resource.ts'
import { byAction, type Call, param, type Route } from '../route.ts'

const service = 'realm-config/services/SocialIdentityProviders'
const resource = { kind: 'identityProvider' }

/** Never sent to clients; a write without it keeps the stored one. */
const secretName = 'clientSecret'

/**
 * Identity providers of a realm, each under the type that the vendor gives it, such as `googleConfig` or `oidcConfig`.
 * Source: "Social Identity Provider Service" of the vendor's reference.
 */
export function socialIdentityProviderRoutes({ documents }: { documents: DocumentStore }): Route[] {
  const ofType = providersOfType(documents)
  return [
    {
      method: 'POST',
      path: service,
      access: 'journeys',
      resource,
      reads: ['nextdescendents'],
      summary: 'Lists the identity providers of the realm in full: `nextdescendents`.',
      handle: byAction({
        async nextdescendents({ realm }) {
          const all = await documents.all(realm.path, socialProviderKind)
          return { body: { result: all.map(({ id, document }) => listed(toResource(id, document))) } }
        },
      }),
    },
    {
      method: 'GET',
      path: `${service}/:type`,
      access: 'journeys',
      summary: 'Finds the identity providers of a type: `_queryFilter=true`.',
      handle: async (call) => ({ body: collection(await ofType.all(call), call.query) }),
    },
    ...ofType.routes,
  ]
}

function providersOfType(documents: DocumentStore) {
  return documentResource({
    documents,
    kind: socialProviderKind,
    path: `${service}/:type/:id`,
    access: { read: 'journeys', write: 'realm' },
    resource,
    summaries: {
      read: 'Reads an identity provider, without its secret.',
      put: 'Creates or replaces an identity provider; a secret that is left out stays.',
      remove: 'Removes an identity provider.',
    },
    includes: ({ _type: type }, call) => isJsonObject(type) && type._id === param(call, 'type'),
    toResource,
    toDocument,
    location: (call) => `${service}/${param(call, 'type')}`,
    taken: (id) => badRequest(`The identity provider ${id} exists with another type`),
  })
}

function toDocument(
  { _id, _type, ...body }: JsonObject,
  { id, existing, call }: { id: string; existing: JsonObject | undefined; call: Call },
): JsonObject {
  const type = checkedId(param(call, 'type'))
  const sent = body[secretName]
  const secret = (isOmitted(sent) ? existing?.[secretName] : sent) ?? null
  const name = isJsonObject(_type) && typeof _type.name === 'string' ? _type.name : type
  const document = { ...body, [secretName]: secret, _type: { _id: type, name, collection: true } }
  parseAttributes(providerSchema, document)
  return { _id: id, ...document }
}

function toResource(id: string, document: JsonObject): JsonObject {
  return { ...document, _id: id, [secretName]: null }
}
