import { notFound, RequestError } from '../../base/errors.ts'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { resource } from '../../crest/collection.ts'
import { listed } from '../configuration-resource.ts'
import { bodyObject, byAction, type Call, type Handle, param, type Route } from '../route.ts'
import { forgetChild, type KeptChild, keepChild, keptChildren } from './kept-services.ts'
import { keeperOf, type Scope, type ServiceDependencies } from './service-scopes.ts'

/** Routes of resources below services that aren't served here. Those of served services have routes of their own. */
export function childRoutes(scope: Scope, from: ServiceDependencies): Route[] {
  const path = `${scope.path}/:id/:type/:child`
  const { access, readAccess } = scope
  const resourceOfAudit = { kind: 'keptSettings' }
  return [
    {
      method: 'GET',
      path,
      access: readAccess,
      summary: 'Reads a resource below a service, which has no effect here.',
      handle: async (call) => resource(toResource(await childOf(scope, from, call))),
    },
    {
      method: 'PUT',
      path,
      access,
      resource: resourceOfAudit,
      summary: 'Keeps a resource below a service, which has no effect here.',
      async handle(call) {
        refuseBelowServed(scope, call)
        const { _type, ...document } = bodyObject(call)
        const type = param(call, 'type')
        const typeName = isJsonObject(_type) && typeof _type.name === 'string' ? _type.name : type
        const child = { id: param(call, 'child'), type, typeName, document }
        await keepChild(keeper(scope, from, call), param(call, 'id'), child)
        return resource(toResource(await childOf(scope, from, call)))
      },
    },
    {
      method: 'DELETE',
      path,
      access,
      resource: resourceOfAudit,
      summary: 'Removes a resource below a service.',
      async handle(call) {
        const child = await childOf(scope, from, call)
        await forgetChild(keeper(scope, from, call), param(call, 'id'), child)
        return resource(toResource(child))
      },
    },
  ]
}

/** The actions of a service, mostly about what is below it. */
export function descendentsOf(scope: Scope, from: ServiceDependencies, create: Handle): Handle {
  const serviceOf = (call: Call) => scope.services.find(({ id }) => id === param(call, 'id'))
  return byAction({
    async nextdescendents(call) {
      const service = serviceOf(call)
      const below = await service?.below?.(from.documents, scope.realmOf(call).path)
      const kept = await keptChildren(keeper(scope, from, call), param(call, 'id'))
      return { body: { result: below ?? kept.map((child) => listed(toResource(child))) } }
    },
    create,
    getAllTypes: (call) => ({ body: { result: serviceOf(call)?.typesBelow ?? [] } }),
    getCreatableTypes: (call) => ({ body: { result: serviceOf(call)?.typesBelow ?? [] } }),
  })
}

/** A served service decides itself what is below it. @throws RequestError 501. */
function refuseBelowServed({ services }: Scope, call: Call): void {
  const id = param(call, 'id')
  const service = services.find((each) => each.id === id)
  if (service !== undefined && !service.keepsBelow?.includes(param(call, 'type'))) {
    throw new RequestError(501, `The service ${id} has nothing of the type ${param(call, 'type')} here`)
  }
}

async function childOf(scope: Scope, from: ServiceDependencies, call: Call): Promise<KeptChild> {
  const children = await keptChildren(keeper(scope, from, call), param(call, 'id'))
  const child = children.find(({ id, type }) => id === param(call, 'child') && type === param(call, 'type'))
  if (child === undefined) throw notFound()
  return child
}

function keeper(scope: Scope, from: ServiceDependencies, call: Call) {
  return keeperOf(scope, from, scope.realmOf(call).path)
}

function toResource({ id, type, typeName, document }: KeptChild): JsonObject {
  return { _id: id, ...document, _type: { _id: type, name: typeName, collection: true } }
}
