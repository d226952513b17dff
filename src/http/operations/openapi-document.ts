import * as z from 'zod'
import type { Exchange } from '../../../contract/endpoint.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { sessionCookie } from '../../engine/server-cookies.ts'
import { decisions } from '../guards/decisions.ts'
import type { Access, Route } from '../route.ts'
import { sectionOf, takesRealm, withParameters } from '../route-reference.ts'

type Schema = z.core.$ZodType

const session: readonly JsonObject[] = [{ sessionCookie: [] }, { sessionHeader: [] }]
const bearer: JsonObject = { bearer: [] }

/** All routes as an OpenAPI 3.1 document, without `servers`. */
export function openApiDocument(routes: readonly Route[]): JsonObject {
  const byPath = Map.groupBy(routes, pathOf)
  const paths = [...byPath].map(([path, ofPath]) => [
    path,
    Object.fromEntries(ofPath.map((route) => [route.method.toLowerCase(), operation(route)])),
  ])
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sidegate',
      version: '1.0',
      description:
        'REST API of Sidegate. Resources of the vendor (journeys as trees, scripts, people, …) have path, method and summary; resources of Sidegate itself have schemas too.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: [...new Set(routes.map(sectionOf))].map((name) => ({ name })),
    paths: Object.fromEntries(paths),
    components,
  }
}

const components: JsonObject = {
  securitySchemes: {
    sessionCookie: { type: 'apiKey', in: 'cookie', name: sessionCookie },
    sessionHeader: { type: 'apiKey', in: 'header', name: sessionCookie },
    bearer: { type: 'http', scheme: 'bearer' },
    metricsPassword: { type: 'http', scheme: 'basic' },
    logKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
    logSecret: { type: 'apiKey', in: 'header', name: 'x-api-secret' },
  },
  schemas: {
    Error: {
      type: 'object',
      properties: {
        code: { type: 'integer' },
        reason: { type: 'string' },
        message: { type: 'string' },
        detail: { type: 'object' },
      },
      required: ['code', 'reason', 'message'],
    },
  },
  responses: {
    Error: {
      description: 'The request was refused or failed.',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    },
  },
}

function pathOf({ path }: Route): string {
  return withParameters(path.startsWith('/') ? path : `/am/json/${path}`)
}

function operation(route: Route): JsonObject {
  const { method, access, summary } = route
  const exchanges = route.isVendors ? [] : [route, ...Object.values(route.actions ?? {})]
  const body = anyOf(exchanges, 'body', 'input')
  return {
    operationId: operationId(route),
    tags: [sectionOf(route)],
    summary,
    description: `Access: ${access}. See docs/access.md.`,
    'x-sidegate-access': access,
    security: [...securityOf(route)],
    parameters: [...pathParameters(route), ...queryParameters(route)],
    ...(body === undefined || method === 'GET'
      ? {}
      : { requestBody: { content: { 'application/json': { schema: body } } } }),
    responses: {
      '2XX': { description: 'Success.', ...contentOf(exchanges) },
      default: { $ref: '#/components/responses/Error' },
    },
  }
}

function contentOf(exchanges: readonly Exchange[]): JsonObject {
  const answer = anyOf(exchanges, 'answer', 'output')
  const events = anyOf(exchanges, 'events', 'output')
  if (answer !== undefined) return { content: { 'application/json': { schema: answer } } }
  return events === undefined ? {} : { content: { 'text/event-stream': { schema: events } } }
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

function securityOf(route: Route): readonly JsonObject[] {
  const schemes: Partial<Record<Access, readonly JsonObject[]>> = {
    everyone: decidesItself(route) ? [...session, bearer, {}] : [],
    backchannel: [bearer],
    metrics: [...session, bearer, { metricsPassword: [] }],
    logs: [{ logKey: [], logSecret: [] }],
  }
  return schemes[route.access] ?? session
}

/** Whether a route for everyone checks the session, token or link in its handler. */
function decidesItself({ method, path }: Route): boolean {
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

function queryParameters(route: Route): JsonObject[] {
  const realm: JsonObject = {
    name: 'realm',
    in: 'query',
    description: 'Path of the realm; without it the root realm.',
    schema: { type: 'string', examples: ['/alpha'] },
  }
  return [...(takesRealm(route) ? [realm] : []), ...actionParameter(route), ...ownParameters(route)]
}

function actionParameter({ actions, reads = [] }: Route): JsonObject[] {
  const described = Object.keys(actions ?? {})
  if (described.length === 0) return []
  const names = [...new Set([...described, ...reads])]
  return [{ name: '_action', in: 'query', required: true, schema: { type: 'string', enum: names } }]
}

function ownParameters({ query, isVendors }: Route): JsonObject[] {
  if (query === undefined || isVendors) return []
  const { properties, required } = jsonSchema(query(), 'input')
  const isRequired = (name: string) => Array.isArray(required) && required.includes(name)
  return Object.entries(isJsonObject(properties) ? properties : {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: isRequired(name),
    schema,
  }))
}

/** The schema of a body or a response. For a POST with several actions, any of their schemas. */
function anyOf(
  exchanges: readonly Exchange[],
  member: keyof Exchange,
  io: 'input' | 'output',
): JsonObject | undefined {
  const schemas = exchanges.map((exchange) => exchange[member]?.()).filter((schema) => schema !== undefined)
  const [first, ...more] = [...new Set(schemas)].map((schema) => jsonSchema(schema, io))
  return first === undefined || more.length === 0 ? first : { anyOf: [first, ...more] }
}

function jsonSchema(schema: Schema, io: 'input' | 'output'): JsonObject {
  const { $schema, $defs, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ jsonSchema }) {
      // Later versions may add members to responses.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    },
  })
  const plain: JsonObject = JSON.parse(JSON.stringify(rest))
  return withoutReferences(plain)
}

/** Only the schema of arbitrary JSON refers to itself, and `{}` means the same. */
function withoutReferences(object: JsonObject): JsonObject {
  if ('$ref' in object) return {}
  const strip = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(strip)
    return isJsonObject(value) ? withoutReferences(value) : value
  }
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, strip(value)]))
}
