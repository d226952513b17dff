import * as z from 'zod'
import type { Exchange } from '../../../contract/endpoint.ts'
import { schemaNames } from '../../../contract/lazy.ts'
import { defined } from '../../base/defined.ts'
import type { JsonObject } from '../../base/json.ts'
import { sessionCookie } from '../../engine/server-cookies.ts'
import { backchannelScope } from '../../oauth/endpoints.ts'
import { operationSchema, patchSchema } from '../../people/patch-operations.ts'
import { decisions, openRoutes } from '../guards/decisions.ts'
import type { Access, Route } from '../route.ts'
import { sectionOf, takesRealm, withParameters } from '../route-reference.ts'
import { anyObject, nothing, OpenApiSchemas } from './openapi-schemas.ts'

/** The body of every patch. */
const patch = { body: () => patchSchema } satisfies Exchange
schemaNames.add(operationSchema, { id: 'PatchOperation' })

const session: JsonObject[] = [{ sessionCookie: [] }, { sessionHeader: [] }]
const bearer: JsonObject = { bearer: [] }

/** All routes as an OpenAPI 3.1 document, without `servers`. */
export function openApiDocument(routes: readonly Route[]): JsonObject {
  const schemas = new OpenApiSchemas()
  const byPath = Map.groupBy(routes, pathOf)
  const paths = [...byPath].map(([path, ofPath]) => [
    path,
    Object.fromEntries(ofPath.map((route) => [route.method.toLowerCase(), operation(route, schemas)])),
  ])
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sidegate',
      version: '1.0',
      description:
        'REST API of Sidegate. Of resources of the vendor (journeys as trees, scripts, …), bodies and answers that only the vendor’s reference describes are any object. With `_action`, the name of each body and answer ends in that of the action. `x-sidegate-access` is explained in docs/access.md.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: session,
    tags: [...new Set(routes.map(sectionOf))].map((name) => ({ name })),
    paths: Object.fromEntries(paths),
    components: { ...components, schemas: schemas.components },
  }
}

const components: JsonObject = {
  securitySchemes: {
    sessionCookie: { type: 'apiKey', in: 'cookie', name: sessionCookie },
    sessionHeader: { type: 'apiKey', in: 'header', name: sessionCookie },
    bearer: { type: 'http', scheme: 'bearer' },
    backchannel: {
      type: 'oauth2',
      description: 'Clients of other realms take the token of theirs: `/am/oauth2/alpha/access_token`.',
      flows: {
        clientCredentials: {
          tokenUrl: '/am/oauth2/access_token',
          scopes: { [backchannelScope]: 'Opens and reads transactions.' },
        },
      },
    },
    metricsPassword: { type: 'http', scheme: 'basic' },
    logKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
    logSecret: { type: 'apiKey', in: 'header', name: 'x-api-secret' },
  },
  parameters: {
    realm: parameter('realm', 'query', 'Path of the realm, such as `/alpha`; without it the root realm.'),
    apiVersion: parameter(
      'Accept-API-Version',
      'header',
      'Such as `resource=1.0`. Any version gets the same answer.',
    ),
    ifMatch: parameter(
      'If-Match',
      'header',
      'The `_rev` or `ETag` of the resource as it was read: 412 if it has changed since.',
    ),
    ifNoneMatch: parameter('If-None-Match', 'header', '`*` only creates: 412 if the resource exists.'),
  },
  headers: {
    ETag: { description: 'The `_rev` of the answer, in quotes.', schema: { type: 'string' } },
  },
  requestBodies: {
    AnyObject: { content: { 'application/json': { schema: anyObject } } },
  },
  responses: {
    AnyObject: { description: 'Success.', content: { 'application/json': { schema: anyObject } } },
    Error: {
      description: 'The request was refused or failed.',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    },
  },
}

function parameter(name: string, place: 'query' | 'header', description: string): JsonObject {
  return { name, in: place, description, schema: { type: 'string' } }
}

function pathOf({ path }: Route): string {
  return withParameters(path.startsWith('/') ? path : `/am/json/${path}`)
}

function operation(route: Route, schemas: OpenApiSchemas): JsonObject {
  const { access, summary } = route
  return {
    operationId: operationId(route),
    tags: [sectionOf(route)],
    summary,
    'x-sidegate-access': access,
    ...defined({ security: securityOf(route) }),
    parameters: [
      ...pathParameters(route),
      ...(takesRealm(route) ? [shared('parameters', 'realm')] : []),
      ...actionParameter(route),
      ...(route.query === undefined ? [] : schemas.parameters(route.query(), 'query')),
      ...headerParameters(route, schemas),
    ],
    ...defined({ requestBody: bodyOf(route, schemas) }),
    responses: { '2XX': answerOf(route, schemas), default: shared('responses', 'Error') },
  }
}

function shared(kind: string, name: string): JsonObject {
  return { $ref: `#/components/${kind}/${name}` }
}

/** By action, with the name of its components; an operation without actions has only itself. */
function exchangesOf(route: Route): Map<string, Exchange> {
  const { method, actions } = route
  if (actions === undefined) return new Map([['', method === 'PATCH' ? { ...route, ...patch } : route]])
  const prefix = capital(operationId(route))
  return new Map(
    Object.entries(actions).map(([action, of]) => [
      `${prefix}${capital(action)}`,
      action === 'patch' ? { ...of, ...patch } : of,
    ]),
  )
}

function bodyOf(route: Route, schemas: OpenApiSchemas): JsonObject | undefined {
  if (route.method === 'GET' || route.method === 'DELETE') return undefined
  const exchanges = exchangesOf(route)
  if (![...exchanges.values()].some(({ body }) => body)) return shared('requestBodies', 'AnyObject')
  const schema = schemas.anyOf(exchanges, 'body', nothing)
  const isNeeded = [...exchanges.values()].every(({ body }) => body && !z.safeParse(body(), {}).success)
  // Generated Python can't leave out a body that has several forms: all of those have one that `{}` fits.
  const required = isNeeded || 'anyOf' in schema
  const types = [...(route.takesForms ? ['application/x-www-form-urlencoded'] : []), 'application/json']
  return { ...(required ? { required } : {}), content: contentOf(types, schema) }
}

function answerOf(route: Route, schemas: OpenApiSchemas): JsonObject {
  const { contentTypes, events, actions, answer } = route
  const description = 'Success.'
  const exchanges = exchangesOf(route)
  if (contentTypes !== undefined) return { description, content: contentOf(contentTypes, { type: 'string' }) }
  const member = events === undefined ? 'answer' : 'events'
  if (actions === undefined && answer === undefined && events === undefined)
    return shared('responses', 'AnyObject')
  const schema = schemas.anyOf(exchanges, member, anyObject)
  const tag = schemas.has(schema, '_rev') ? { headers: { ETag: shared('headers', 'ETag') } } : {}
  const type = member === 'events' ? 'text/event-stream' : 'application/json'
  return { description, ...tag, content: contentOf([type], schema) }
}

function contentOf(types: readonly string[], schema: JsonObject): JsonObject {
  return Object.fromEntries(types.map((type) => [type, { schema }]))
}

/** For example `getRealmConfigWebhooksById`. */
function operationId({ method, path }: Route): string {
  // An empty name in a path means the root realm.
  const words = path
    .replace('//', '/root/')
    .split(/[^A-Za-z0-9:]+/)
    .filter((word) => word !== '')
  const named = words.map((word) => (word.startsWith(':') ? `By${capital(word.slice(1))}` : capital(word)))
  return method.toLowerCase() + named.join('')
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}

/** Undefined for a session, which the document asks of all others. */
function securityOf(route: Route): JsonObject[] | undefined {
  const schemes: Partial<Record<Access, JsonObject[]>> = {
    everyone: decidesItself(route) ? [...session, bearer, {}] : [],
    backchannel: [{ backchannel: [backchannelScope] }],
    metrics: [...session, bearer, { metricsPassword: [] }],
    logs: [{ logKey: [], logSecret: [] }],
  }
  return schemes[route.access]
}

/** Whether a route for everyone checks the session, token or link in its handler. */
function decidesItself({ method, path }: Route): boolean {
  if (path in openRoutes) return false
  return Object.values(decisions).some((decision) => decision.method === method && decision.path === path)
}

function pathParameters({ path }: Route): JsonObject[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function actionParameter({ method, handle, actions = {}, reads = [] }: Route): JsonObject[] {
  if (method !== 'POST') return []
  const names = handle.actions ?? [...new Set([...Object.keys(actions), ...reads])]
  if (names.length === 0) return []
  const required = handle.actions !== undefined
  return [{ name: '_action', in: 'query', required, schema: { type: 'string', enum: [...names] } }]
}

/** Those of the method, unless the route has its own. */
function headerParameters(route: Route, schemas: OpenApiSchemas): JsonObject[] {
  const { path, method, headers } = route
  const names = [
    ...(path.startsWith('/') ? [] : ['apiVersion']),
    ...(method === 'GET' || method === 'POST' ? [] : ['ifMatch']),
    ...(method === 'PUT' ? ['ifNoneMatch'] : []),
  ]
  const owns = headers === undefined ? [] : schemas.parameters(headers(), 'header')
  const isOwn = (name: string) => name === 'ifMatch' && owns.some((header) => header.name === 'If-Match')
  return [...names.filter((name) => !isOwn(name)).map((name) => shared('parameters', name)), ...owns]
}
