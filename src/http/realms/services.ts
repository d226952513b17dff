import { collection, resource } from '../../crest/collection.ts'
import { isJsonObject, type JsonObject } from '../../engine/json.ts'
import { notFound } from '../../errors.ts'
import type { Realm, RealmSettings } from '../../realms/realm.ts'
import type { RealmStore } from '../../realms/realm-store.ts'
import { type MarkSources, saveMarkOf } from '../journeys/save-mark.ts'
import {
  type Access,
  type Answer,
  bodyObject,
  byAction,
  type Call,
  type Handle,
  param,
  type Route,
} from '../route.ts'
import type { RealmService } from './realm-service.ts'
import { changeSettings, realmServices } from './realm-services.ts'

type ServiceDependencies = MarkSources & { realms: Pick<RealmStore, 'read' | 'replace'> }

/** Realm services and global services show the same settings in different forms. */
type Scope = {
  path: string
  readAccess: Access
  access: Access
  whose: string
  realmOf(call: Call): Realm
  frame(shown: JsonObject): JsonObject
}

const realmScope: Scope = {
  path: 'realm-config/services',
  readAccess: 'journeys',
  access: 'realm',
  whose: 'the realm',
  realmOf: ({ realm }) => realm,
  frame: (shown) => ({ _id: '', ...shown }),
}

/** AM's defaults for all realms. Here they are the settings of the root realm, without effect on other realms. */
const globalScope: Scope = {
  path: 'global-config/services',
  readAccess: 'administrator',
  access: 'administrator',
  whose: 'the root realm',
  realmOf({ realm }) {
    if (realm.path !== '/') throw notFound()
    return realm
  },
  frame: (shown) => ({ _id: '', location: 'global', defaults: shown }),
}

/** Realm settings as AM's services. */
export function serviceRoutes(from: ServiceDependencies): Route[] {
  return [...routesOf(realmScope, from), ...routesOf(globalScope, from)]
}

function routesOf(scope: Scope, from: ServiceDependencies): Route[] {
  const { path, whose, access, readAccess } = scope
  return [
    {
      method: 'GET',
      path,
      access: readAccess,
      summary: `Lists the services of ${whose}.`,
      handle: list,
    },
    {
      method: 'POST',
      path,
      access: readAccess,
      resource: { kind: 'services' },
      reads: ['nextdescendents', 'getAllTypes', 'getCreatableTypes'],
      summary: `Lists the services of ${whose} in full, or their types: \`nextdescendents\`, \`getAllTypes\`.`,
      handle: describe(scope),
    },
    {
      method: 'GET',
      path: `${path}/:id`,
      access: readAccess,
      summary: `Reads a service of ${whose}.`,
      handle: (call) => resource(documentOf(scope, serviceOf(call), scope.realmOf(call).settings)),
    },
    {
      method: 'PUT',
      path: `${path}/:id`,
      access,
      resource: { kind: 'service' },
      summary: `Changes a service of ${whose}; members that are left out stay.`,
      handle: (call) => put(scope, from, call),
    },
  ]
}

function list({ query }: Call): Answer {
  return {
    body: collection(
      realmServices.map(({ id, name }) => ({ _id: id, name })),
      query,
    ),
  }
}

function describe(scope: Scope): Handle {
  return byAction({
    nextdescendents(call) {
      const { settings } = scope.realmOf(call)
      const documents = realmServices.map((service) => ({
        ...documentOf(scope, service, settings),
        _id: service.id,
      }))
      return { body: { result: documents } }
    },
    getAllTypes: () => ({ body: { result: realmServices.map(typeOf) } }),
    // All services exist from the start.
    getCreatableTypes: () => ({ body: { result: [] } }),
  })
}

async function put(scope: Scope, from: ServiceDependencies, call: Call): Promise<Answer> {
  const service = serviceOf(call)
  const realm = scope.realmOf(call)
  const { defaults, ...rest } = bodyObject(call)
  const change = (settings: RealmSettings) =>
    service.apply(settings, isJsonObject(defaults) ? defaults : rest)
  const saved = await changeSettings(from.realms, realm, change, await saveMarkOf(call, from))
  return resource(documentOf(scope, service, saved))
}

function documentOf(scope: Scope, service: RealmService, settings: RealmSettings): JsonObject {
  return { ...scope.frame(service.show(settings)), _type: typeOf(service) }
}

function serviceOf(call: Call): RealmService {
  const service = realmServices.find(({ id }) => id === param(call, 'id'))
  if (service === undefined) throw notFound()
  return service
}

function typeOf({ id, name }: RealmService) {
  return { _id: id, name, collection: false }
}
