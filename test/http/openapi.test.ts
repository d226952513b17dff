import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isJsonObject, type Json, type JsonObject } from '../../src/base/json.ts'
import { openApiDocument } from '../../src/http/operations/openapi-document.ts'
import { withParameters } from '../../src/http/route-reference.ts'
import { allRoutes, type RouteDependencies } from '../../src/http/routes.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

// No handler runs, so the dependencies are not needed.
const routes = allRoutes({} as RouteDependencies)

type Parameter = { $ref?: string; name?: string; in?: string; required?: boolean }
type Described = { $ref?: string; content?: Record<string, { schema?: Json }> }
type Operation = {
  operationId: string
  'x-sidegate-access': string
  security?: object[]
  parameters: Parameter[]
  requestBody?: Described & { required?: boolean }
  responses: { '2XX': Described & { headers?: object } }
}
type Document = {
  openapi: string
  security: object[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, JsonObject> }
  servers: unknown
}

let server: TestServer
let document: Document
beforeAll(async () => {
  server = await startServer()
  const answer = await fetch(`${server.url}/json/openapi.json`)
  expect(answer.status).toBe(200)
  document = (await answer.json()) as Document
})
afterAll(() => server.stop())

test('is a valid OpenAPI 3.1 document', async () => {
  expect(document.openapi).toBe('3.1.0')
  const { valid, errors } = await new Validator().validate(document)
  expect(errors ?? []).toEqual([])
  expect(valid).toBe(true)
})

test('has every route, with its access and a unique id', () => {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
  expect(operations).toHaveLength(routes.length)
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length)
  for (const { method, path, access } of routes) {
    const full = withParameters(path.startsWith('/') ? path : `/am/json/${path}`)
    expect(document.paths[full]?.[method.toLowerCase()]?.['x-sidegate-access'], full).toBe(access)
  }
})

/** Resources that AM doesn't have. */
const own =
  /^(appearance|audit|backchannel-transactions|health|help-desk|journey-sessions|journeys|node-types|rights|verification)(\/|$)|^realm-config\/(help-desk\/|oauth-keys)|^scripts\/bindings$|^global-config\/(audit|keys)$/

/** Their answers are files. */
const files = ['audit/export', 'help-desk/numbers/export']

test.each(
  routes
    .filter(({ path }) => own.test(path) && !files.includes(path))
    .map(({ method, path, actions, answer }) => ({ method, path, actions, answer })),
)('describes the response of $method $path', ({ actions, answer }) => {
  const answers =
    answer === undefined ? Object.values(actions ?? {}).map((action) => action.answer) : [answer]
  expect(answers).not.toEqual([])
  expect(answers).not.toContain(undefined)
})

test('says which routes need a session', () => {
  expect(document.paths['/am/json/rights']?.get?.security).toBeUndefined()
  expect(document.security).toEqual([{ sessionCookie: [] }, { sessionHeader: [] }])
  expect(document.paths['/am/json/health/live']?.get?.security).toEqual([])
})

/** Every object in a JSON value, with the names that lead to it. */
function* objectsIn(value: Json, path: readonly string[] = []): Generator<[JsonObject, readonly string[]]> {
  if (isJsonObject(value)) yield [value, path]
  if (typeof value !== 'object' || value === null) return
  for (const [key, part] of Object.entries(value)) yield* objectsIn(part, [...path, key])
}

const document31 = openApiDocument(routes)
const inDocument = [...objectsIn(document31)]
/** Schemas, and not the members of one that happen to have such a name. */
const schemas = inDocument.filter(([, path]) => !['properties', 'responses'].includes(path.at(-1) ?? ''))

test('refers only to its own components, and to each of them', () => {
  const references = inDocument.flatMap(([{ $ref }]) => (typeof $ref === 'string' ? [$ref] : []))
  const { securitySchemes: _named, ...components } = document31.components as Record<string, JsonObject>
  const names = Object.entries(components).flatMap(([kind, of]) =>
    Object.keys(of).map((name) => `#/components/${kind}/${name}`),
  )
  expect(new Set(references)).toEqual(new Set(names))
})

test('writes no large object twice', () => {
  const texts = schemas
    .filter(([{ type, properties }]) => type === 'object' && properties !== undefined)
    .map(([schema]) => JSON.stringify(schema))
    .filter((text) => text.length > 250)
  expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([])
})

test('has none of the forms that generators can’t compile', () => {
  for (const [schema, path] of schemas) {
    const at = path.join('/')
    expect(typeof schema.default, at).not.toBe('object')
    expect(typeof schema.const, at).not.toBe('boolean')
    expect(Math.abs(Number(schema.minimum ?? 0)), at).not.toBe(Number.MAX_SAFE_INTEGER)
    expect(Math.abs(Number(schema.maximum ?? 0)), at).not.toBe(Number.MAX_SAFE_INTEGER)
    if (schema.type === 'integer') expect(schema.enum ?? at).toBe(at)
    if (Array.isArray(schema.anyOf)) expect(schema.anyOf, at).not.toContainEqual({})
  }
})

test('names no component like the constructor of another in Go', () => {
  const names = Object.keys(document.components.schemas)
  expect(names.filter((name) => names.includes(name.replace(/^New/, '')) && name.startsWith('New'))).toEqual(
    [],
  )
})

const operations = routes.map((route) => {
  const path = withParameters(route.path.startsWith('/') ? route.path : `/am/json/${route.path}`)
  const paths = document31.paths as unknown as Document['paths']
  const described = paths[path]?.[route.method.toLowerCase()]
  if (described === undefined) throw new Error(`${route.method} ${path} is missing`)
  return { ...described, route, at: `${route.method} ${path}` }
})

test('describes a body for each operation that reads one, and an answer for all', () => {
  for (const { route, at, requestBody, responses } of operations) {
    const readsBody = route.method !== 'GET' && route.method !== 'DELETE'
    expect(requestBody !== undefined, at).toBe(readsBody)
    const { $ref, content = {} } = responses['2XX']
    // A gateway that reports a delivery gets no content.
    if ($ref === undefined && route.path !== '/am/messages/status/:token')
      expect(Object.values(content), at).toContainEqual({ schema: expect.anything() })
  }
})

test('names the actions of each POST that asks for one', () => {
  for (const { route, at, parameters } of operations) {
    const action = parameters.find(({ name }) => name === '_action')
    const { actions } = route.handle
    if (actions !== undefined) expect(action, at).toMatchObject({ required: true, schema: { enum: actions } })
    if (route.actions !== undefined)
      expect(actions?.toSorted(), at).toEqual(Object.keys(route.actions).toSorted())
  }
})

test.each([
  ['POST /am/json/authenticate', ['iPlanetDirectoryPro', 'X-OpenAM-Username', 'X-OpenAM-Password', 'Prefer']],
  ['POST /am/json/authenticate/backchannel/send', ['X-Sidegate-AuthId']],
  ['POST /am/json/authenticate/backchannel/cancel', ['X-Sidegate-AuthId']],
  ['GET /am/json/authenticate/backchannel/events', ['X-Sidegate-AuthId']],
])('describes the headers of %s', (at, names) => {
  const { parameters = [] } = operations.find((operation) => operation.at === at) ?? {}
  const headers = parameters.filter((parameter) => parameter.in === 'header')
  expect(headers.map(({ name }) => name)).toEqual(names)
  expect(parameters).toContainEqual({ $ref: '#/components/parameters/apiVersion' })
})

test('requires If-Match where the server does', () => {
  const requiring = operations.filter(({ parameters }) =>
    parameters.some(({ name, required }) => name === 'If-Match' && required),
  )
  expect(requiring.map(({ at }) => at)).toEqual([
    'DELETE /am/json/drafts/{name}',
    'POST /am/json/drafts/{name}',
  ])
})

test('offers If-Match for each change of a resource', () => {
  for (const { route, at, parameters } of operations) {
    const names = parameters.map(({ $ref, name }) => $ref ?? name)
    const isOffered = names.includes('#/components/parameters/ifMatch') || names.includes('If-Match')
    if (['PUT', 'PATCH', 'DELETE'].includes(route.method)) expect(isOffered, at).toBe(true)
  }
})

test.each([
  'POST /am/json/authenticate',
  'POST /am/json/sessions',
  'POST /am/json/authenticate/backchannel/initialize',
  'POST /am/json/authenticate/backchannel/info',
  'GET /openidm/managed/{object}',
  'POST /openidm/managed/{object}',
  'PUT /openidm/managed/{object}/{id}',
  'PATCH /openidm/managed/{object}/{id}',
])('describes what clients send and get first: %s', (at) => {
  const { requestBody, responses } = operations.find((operation) => operation.at === at) ?? {}
  expect(requestBody?.$ref).toBeUndefined()
  expect(responses?.['2XX'].content).toBeDefined()
})

test('gives each action a body of its own, and none to actions without', () => {
  const { requestBody } =
    operations.find(({ at }) => at === 'POST /am/json/help-desk/verifications/{reference}') ?? {}
  const schema = requestBody?.content?.['application/json']?.schema
  const name = 'PostHelpDeskVerificationsByReference'
  expect(schema).toEqual({
    anyOf: [`${name}UseBody`, 'Nothing', `${name}OfferBody`].map((of) => ({
      $ref: `#/components/schemas/${of}`,
    })),
  })
})

test('requires a body if the server does, or if it has several forms', () => {
  const needs = (at: string) => operations.find((operation) => operation.at === at)?.requestBody?.required
  expect(needs('POST /am/json/authenticate')).toBe(true)
  expect(needs('POST /am/json/realm-config/oauth-keys')).toBeUndefined()
  expect(needs('POST /am/json/authenticate/backchannel/initialize')).toBe(true)
  expect(needs('POST /am/json/short-codes')).toBe(true)
})

test.each([
  ['/am/json/audit/export', ['application/x-ndjson']],
  ['/am/json/help-desk/numbers/export', ['text/csv', 'application/x-ndjson']],
  ['/am/json/metrics/prometheus', ['text/plain']],
  ['/am/json/authenticate/backchannel/events', ['text/event-stream']],
])('names the content type of %s', (path, types) => {
  expect(Object.keys(document.paths[path]?.get?.responses['2XX'].content ?? {})).toEqual(types)
})
