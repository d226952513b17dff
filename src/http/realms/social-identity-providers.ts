import { badRequest, RequestError } from '../../base/errors.ts'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { keptIn } from '../../base/members.ts'
import { providerMembers, refusedOfProvider } from '../../people/providers/social/provider-members.ts'
import { providerSchema, socialProviderKind } from '../../people/providers/social/provider-settings.ts'
import type { DocumentStore } from '../../realms/document-store.ts'
import { withStoredSecrets } from '../../realms/sealed-documents.ts'
import { socialProviderService } from '../../realms/services/realm-services.ts'
import { checkedId, listed, parseAttributes } from '../configuration-resource.ts'
import { documentResource } from '../document-resource.ts'
import { type Call, param, type Route } from '../route.ts'
import type { ServedService } from './served-service.ts'

const service = 'realm-config/services/SocialIdentityProviders'
const resource = { kind: 'identityProvider' }

/** Never sent to clients; a write without it keeps the stored one. */
const secretName = 'clientSecret'

/** The vendor's types of providers, by id. */
const typeTitles: Readonly<Record<string, string>> = {
  amazonConfig: 'Amazon',
  appleConfig: 'Apple',
  facebookConfig: 'Facebook',
  googleConfig: 'Google',
  instagramConfig: 'Instagram',
  itsmeConfig: 'itsme',
  linkedInConfig: 'LinkedIn',
  microsoftConfig: 'Microsoft',
  oauth2Config: 'providers that implement the OAuth2 specification',
  oidcConfig: 'providers that implement the OpenID Connect specification',
  salesforceConfig: 'Salesforce',
  twitterConfig: 'Twitter',
  vkontakteConfig: 'VKontakte',
  weChatConfig: 'WeChat',
  wordpressConfig: 'WordPress',
  yahooConfig: 'Yahoo',
}

/** The service that contains the identity providers. It has no settings of its own. */
export const socialIdentityProviders: ServedService = {
  ...socialProviderService,
  async below(documents, realm) {
    const all = await documents.all(realm, socialProviderKind)
    return all.map(({ id, document }) => listed(toResource(id, document)))
  },
  typesBelow: Object.entries(typeTitles).map(([_id, title]) => ({
    _id,
    name: `Client configuration for ${title}.`,
    collection: true,
  })),
  async checkRemoval(documents, realm) {
    if ((await documents.all(realm, socialProviderKind)).length === 0) return
    throw new RequestError(409, 'The realm has identity providers: delete them first')
  },
}

/**
 * Identity providers of a realm, each under the type that the vendor gives it, such as `googleConfig` or `oidcConfig`.
 * Source: "Social Identity Provider Service" of the vendor's reference.
 */
export function socialIdentityProviderRoutes({ documents }: { documents: DocumentStore }): Route[] {
  const ofType = providersOfType(documents)
  return [...ofType.list, ...ofType.routes]
}

function providersOfType(documents: DocumentStore) {
  return documentResource({
    documents,
    kind: socialProviderKind,
    path: `${service}/:type/:id`,
    access: { read: 'journeys', write: 'realm' },
    resource,
    summaries: {
      list: 'Finds the identity providers of a type: `_queryFilter=true`.',
      read: 'Reads an identity provider, without its secret.',
      put: 'Creates or replaces an identity provider; a secret that is left out stays, unless the endpoint that gets it or the client changes.',
      remove: 'Removes an identity provider.',
    },
    includes: ({ _type: type }, call) => isJsonObject(type) && type._id === param(call, 'type'),
    toResource,
    toListed: (provider) => provider,
    toDocument,
    kept: (document) => keptIn(providerMembers, document),
    location: (call) => `${service}/${param(call, 'type')}`,
    taken: (id) => badRequest(`The identity provider ${id} exists with another type`),
  })
}

function toDocument(
  { _id, _type, ...body }: JsonObject,
  { id, existing, call }: { id: string; existing: JsonObject | undefined; call: Call },
): JsonObject {
  const type = checkedId(param(call, 'type'))
  const name = isJsonObject(_type) && typeof _type.name === 'string' ? _type.name : type
  const sent = {
    ...body,
    [secretName]: body[secretName] ?? null,
    _type: { _id: type, name, collection: true },
  }
  const document = withStoredSecrets({ kind: socialProviderKind, id, document: sent }, existing)
  parseAttributes(providerSchema, document)
  const [refused] = refusedOfProvider(document)
  if (refused !== undefined) throw badRequest(`${refused.path}: ${refused.message}`)
  return { _id: id, ...document }
}

function toResource(id: string, { [secretName]: _secret, ...document }: JsonObject): JsonObject {
  return { ...document, _id: id }
}
