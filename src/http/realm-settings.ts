import { collection, resource } from '../crest/collection.ts'
import { notFound } from '../errors.ts'
import { isJsonObject, type JsonObject } from '../journey/json.ts'
import { type Realm, type RealmSettings, realmSettingsSchema } from '../realms/realm.ts'
import type { RealmStore } from '../realms/realm-store.ts'
import {
  authenticationDocument,
  authenticationSchema,
  withAuthentication,
} from './authentication-settings.ts'
import { parseAttributes } from './configuration-resource.ts'
import { type RealmService, realmServices } from './realm-services.ts'
import { type Answer, bodyObject, byAction, type Call, type Handle, param, type Route } from './route.ts'

type RealmSettingsDependencies = { realms: Pick<RealmStore, 'save'> }

const access = 'administrator'

/** What a realm decides for its journeys, in AM's documents. The global services are those of the root realm. */
export function realmSettingsRoutes(from: RealmSettingsDependencies): Route[] {
  return [
    {
      method: 'GET',
      path: 'realm-config/authentication',
      access,
      summary: 'Reads the authentication settings of the realm.',
      handle: ({ realm }) => resource(authenticationDocument(realm.settings)),
    },
    {
      method: 'PUT',
      path: 'realm-config/authentication',
      access,
      summary:
        'Changes the authentication settings of the realm; members that we have no setting for are ignored.',
      async handle(call) {
        const document = parseAttributes(authenticationSchema, bodyObject(call))
        const settings = await save(from, call.realm, withAuthentication(call.realm.settings, document))
        return resource(authenticationDocument(settings))
      },
    },
    ...serviceRoutes(from, 'realm-config/services', 'the realm', (shown) => ({ _id: '', ...shown })),
    ...serviceRoutes(from, 'global-config/services', 'the root realm', (shown) => ({
      _id: '',
      location: 'global',
      defaults: shown,
    })),
  ]
}

type Frame = (shown: JsonObject) => JsonObject

function serviceRoutes(from: RealmSettingsDependencies, path: string, whose: string, frame: Frame): Route[] {
  const document = (service: RealmService, settings: RealmSettings) => ({
    ...frame(service.show(settings)),
    _type: typeOf(service),
  })
  const nextDescendents: Handle = (call) => {
    const { settings } = realmOf(call, path)
    return {
      body: { result: realmServices.map((service) => ({ ...document(service, settings), _id: service.id })) },
    }
  }
  return [
    {
      method: 'GET',
      path,
      access,
      summary: `Lists the services of ${whose}.`,
      handle: ({ query }) => ({
        body: collection(
          realmServices.map((service) => ({ _id: service.id, name: service.name })),
          query,
        ),
      }),
    },
    {
      method: 'POST',
      path,
      access,
      summary: `Lists the services of ${whose} in full, or their types: \`nextdescendents\`, \`getAllTypes\`.`,
      handle: byAction({
        nextdescendents: nextDescendents,
        getAllTypes: () => ({ body: { result: realmServices.map(typeOf) } }),
        getCreatableTypes: () => ({ body: { result: [] } }),
      }),
    },
    {
      method: 'GET',
      path: `${path}/:id`,
      access,
      summary: `Reads a service of ${whose}.`,
      handle: (call) => resource(document(serviceOf(call), realmOf(call, path).settings)),
    },
    {
      method: 'PUT',
      path: `${path}/:id`,
      access,
      summary: `Changes a service of ${whose}.`,
      async handle(call): Promise<Answer> {
        const service = serviceOf(call)
        const { defaults, ...rest } = bodyObject(call)
        const realm = realmOf(call, path)
        const settings = service.apply(realm.settings, isJsonObject(defaults) ? defaults : rest)
        return resource(document(service, await save(from, realm, settings)))
      },
    },
  ]
}

/** There is one set of global settings, whatever realm a path names. */
function realmOf(call: Call, path: string): Realm {
  if (path.startsWith('global-config') && call.realm.path !== '/') throw notFound()
  return call.realm
}

async function save(
  { realms }: RealmSettingsDependencies,
  realm: Realm,
  wanted: RealmSettings,
): Promise<RealmSettings> {
  const settings = parseAttributes(realmSettingsSchema, wanted)
  await realms.save({ ...realm, settings })
  return settings
}

function serviceOf(call: Call): RealmService {
  const service = realmServices.find(({ id }) => id === param(call, 'id'))
  if (service === undefined) throw notFound()
  return service
}

function typeOf({ id, name }: RealmService): { _id: string; name: string; collection: boolean } {
  return { _id: id, name, collection: false }
}
