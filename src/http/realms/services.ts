import { notFound, RequestError } from '../../base/errors.ts'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { collection, resource } from '../../crest/collection.ts'
import { type RealmSettings, realmSettingsSchema } from '../../realms/realm.ts'
import { merged } from '../../realms/services/realm-service.ts'
import { currentService, membersToKeep, withoutEffect } from '../../realms/services/service-setting.ts'
import { invalidAttributes, withFindingsHeader } from '../configuration-resource.ts'
import { saveMarkOf } from '../journeys/save-mark.ts'
import { type Answer, bodyObject, byAction, type Call, type Handle, param, type Route } from '../route.ts'
import { changeSettingsAnd } from './change-settings-and.ts'
import {
  documentsOfService,
  type KeptService,
  keepService,
  keptService,
  keptServices,
  serviceDocument,
} from './kept-services.ts'
import type { ServedService } from './served-service.ts'
import { childRoutes, descendentsOf } from './service-children.ts'
import { globalScope, keeperOf, realmScope, type Scope, type ServiceDependencies } from './service-scopes.ts'

/** Realm settings as AM's services. Services that aren't served here are kept without effect. */
export function serviceRoutes(from: ServiceDependencies): Route[] {
  return [realmScope, globalScope].flatMap((scope) => [
    ...listRoutes(scope, from),
    ...serviceRoutesOf(scope, from),
    ...childRoutes(scope, from),
  ])
}

function listRoutes(scope: Scope, from: ServiceDependencies): Route[] {
  const { path, whose, readAccess } = scope
  return [
    {
      method: 'GET',
      path,
      access: readAccess,
      summary: `Lists the services of ${whose}.`,
      async handle(call) {
        const all = await allServices(scope, from, call)
        return { body: collection(all.map(summaryOf), call.query) }
      },
    },
    {
      method: 'POST',
      path,
      access: readAccess,
      resource: { kind: 'services' },
      reads: ['nextdescendents', 'getAllTypes', 'getCreatableTypes'],
      summary: `Lists the services of ${whose} in full, or their types: \`nextdescendents\`, \`getAllTypes\`.`,
      handle: describe(scope, from),
    },
  ]
}

function serviceRoutesOf(scope: Scope, from: ServiceDependencies): Route[] {
  const { whose, access, readAccess } = scope
  const path = `${scope.path}/:id`
  const ofService = { path, access, resource: { kind: 'service' } }
  return [
    {
      method: 'GET',
      path,
      access: readAccess,
      summary: `Reads a service of ${whose}.`,
      handle: async (call) => resource(await found(scope, from, call)),
    },
    {
      ...ofService,
      method: 'POST',
      readAccess,
      reads: ['nextdescendents', 'getAllTypes', 'getCreatableTypes'],
      summary: `Lists what is below a service of ${whose}: \`nextdescendents\`, \`getAllTypes\`. \`create\` keeps a service without effect here.`,
      handle: descendentsOf(scope, from, (call) => create(scope, from, call)),
    },
    {
      ...ofService,
      method: 'PUT',
      summary: `Changes a service of ${whose}; members that are left out stay. Members and services without effect here are kept.`,
      handle: (call) => put(scope, from, call),
    },
    {
      ...ofService,
      method: 'DELETE',
      summary: `Sets a service of ${whose} back to its defaults, or removes one that was kept without effect.`,
      handle: (call) => remove(scope, from, call),
    },
  ]
}

function describe(scope: Scope, from: ServiceDependencies): Handle {
  return byAction({
    nextdescendents: async (call) => ({ body: { result: await allServices(scope, from, call) } }),
    getAllTypes: () => ({ body: { result: scope.services.map(typeOf) } }),
    // All services exist from the start.
    getCreatableTypes: () => ({ body: { result: [] } }),
  })
}

async function allServices(scope: Scope, from: ServiceDependencies, call: Call): Promise<JsonObject[]> {
  const { path, settings } = scope.realmOf(call)
  const kept = await keptServices(keeperOf(scope, from, path))
  const own = scope.services.map((service) => ({
    ...shown(
      scope,
      service,
      settings,
      kept.find(({ id }) => id === service.id),
    ),
    _id: service.id,
  }))
  const others = kept.filter(({ id }) => !scope.services.some((service) => service.id === id))
  return [...own, ...others.map((service) => ({ ...keptResource(service), _id: service.id }))]
}

function summaryOf({ _id, _type: type }: JsonObject): JsonObject {
  return { _id: _id ?? '', name: (isJsonObject(type) ? type.name : _id) ?? '' }
}

/** @throws RequestError 404. */
async function found(scope: Scope, from: ServiceDependencies, call: Call): Promise<JsonObject> {
  const { path, settings } = scope.realmOf(call)
  const kept = await keptService(keeperOf(scope, from, path), param(call, 'id'))
  const service = serviceOf(scope, call)
  if (service !== undefined) return shown(scope, service, settings, kept)
  if (kept === undefined) throw notFound()
  return keptResource(kept)
}

async function put(scope: Scope, from: ServiceDependencies, call: Call): Promise<Answer> {
  const id = param(call, 'id')
  const realm = scope.realmOf(call)
  const keeper = keeperOf(scope, from, realm.path)
  const { _type, location, nextDescendents, ...body } = bodyObject(call)
  const service = serviceOf(scope, call)
  if (service === undefined) {
    const name = isJsonObject(_type) && typeof _type.name === 'string' ? _type.name : id
    const isNew = (await keptService(keeper, id)) === undefined
    await keepService(keeper, { id, name, members: body })
    return resource(await found(scope, from, call), isNew ? 201 : 200)
  }
  const { attributes, besideDefaults } = scope.partsOf(body)
  const { settings } = await changeSettingsAnd(
    from,
    realm.path,
    await saveMarkOf(call, from),
    async (now) => {
      const after = applied(service, now, attributes)
      const before = await keptService(keeper, id)
      const kept = {
        id,
        name: service.name,
        members: merged(before?.members ?? {}, membersToKeep(service, attributes, after)),
        besideDefaults: merged(before?.besideDefaults ?? {}, besideDefaults),
      }
      const isKept = Object.keys({ ...kept.members, ...kept.besideDefaults }).length > 0
      return { settings: after, documents: isKept ? [serviceDocument(keeper.kinds, kept)] : [] }
    },
  )
  const answer = resource(shown(scope, service, settings, await keptService(keeper, id)))
  return withFindingsHeader(answer, withoutEffect(service, attributes, settings))
}

/** All services that are served exist from the start. @throws RequestError 409 for one that exists. */
async function create(scope: Scope, from: ServiceDependencies, call: Call): Promise<Answer> {
  const id = param(call, 'id')
  if (id === 'CorsService' && scope === globalScope) throw new RequestError(501, corsOfRealms)
  const kept = await keptService(keeperOf(scope, from, scope.realmOf(call).path), id)
  if (serviceOf(scope, call) !== undefined || kept !== undefined) {
    throw new RequestError(409, 'Unable to save config: Service already exists')
  }
  return put(scope, from, call)
}

const corsOfRealms =
  'Each realm names the pages that may call it: set acceptedOrigins and acceptedHeaders of its CorsService'

async function remove(scope: Scope, from: ServiceDependencies, call: Call): Promise<Answer> {
  const id = param(call, 'id')
  const realm = scope.realmOf(call)
  const before = await found(scope, from, call)
  const service = serviceOf(scope, call)
  await service?.checkRemoval?.(from.documents, realm.path)
  await changeSettingsAnd(from, realm.path, await saveMarkOf(call, from), async (settings) => ({
    settings: service === undefined ? settings : withoutService(service, settings),
    documents: [],
    removed: await documentsOfService(keeperOf(scope, from, realm.path), id),
  }))
  return resource(before)
}

/** The settings with the defaults of a service. */
function withoutService(service: ServedService, settings: RealmSettings): RealmSettings {
  const { show, showAll = show } = service
  const defaults = () => applied(service, settings, showAll(realmSettingsSchema.parse({})))
  return service.reset?.(settings) ?? defaults()
}

/** @throws RequestError 400. */
function applied(service: ServedService, settings: RealmSettings, attributes: JsonObject): RealmSettings {
  const after = service.apply(settings, attributes)
  if ('error' in after) throw invalidAttributes(after.error)
  return after.settings
}

function shown(
  scope: Scope,
  service: ServedService,
  settings: RealmSettings,
  kept: KeptService | undefined,
): JsonObject {
  const { members = {}, besideDefaults = {} } = kept ?? {}
  const now = currentService(service, members, settings)
  return { ...scope.frame(now, service.id, besideDefaults), _type: typeOf(service) }
}

function keptResource({ id, name, members }: KeptService): JsonObject {
  return { _id: '', ...members, _type: typeOf({ id, name }) }
}

function serviceOf({ services }: Scope, call: Call): ServedService | undefined {
  return services.find(({ id }) => id === param(call, 'id'))
}

function typeOf({ id, name }: Pick<ServedService, 'id' | 'name'>) {
  return { _id: id, name, collection: false }
}
