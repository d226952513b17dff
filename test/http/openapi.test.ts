import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openApiDocument } from '../../src/http/operations/openapi-document.ts'
import { withParameters } from '../../src/http/route-reference.ts'
import { allRoutes, type RouteDependencies } from '../../src/http/routes.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

// No handler runs, so the dependencies are not needed.
const routes = allRoutes({} as RouteDependencies)

type Operation = {
  operationId: string
  'x-sidegate-access': string
  security: object[]
  responses: { '2XX': { content?: object } }
}
type Document = { openapi: string; paths: Record<string, Record<string, Operation>>; servers: unknown }

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
  expect(document.paths['/am/json/rights']?.get?.security).toEqual([
    { sessionCookie: [] },
    { sessionHeader: [] },
  ])
  expect(document.paths['/am/json/health/live']?.get?.security).toEqual([])
})

test('has no external references', () => {
  const text = JSON.stringify(openApiDocument(routes))
  const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to)
  expect(new Set(references)).toEqual(new Set(['#/components/responses/Error', '#/components/schemas/Error']))
})
