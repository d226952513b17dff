import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { type metadataSchema, refusedMembers } from '../../src/oauth/registration-metadata.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const clients = `${alpha}/realm-config/agents/OAuth2Client`
const app = 'https://app.example.com'
const jwks = { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', alg: 'ES256' }] }
const usual: JsonObject = { redirect_uris: [`${app}/in`], client_name: 'Orchard' }

let server: TestServer
let ask: Ask

beforeAll(async () => {
  server = await startServer()
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  const at = `${alpha}/realm-config/settings`
  const { body } = await ask(at)
  const registration = { access: 'open', maxPerHour: 1000 }
  await ask(at, { method: 'PUT', body: { ...body, oauth: { registration } } })
})
afterAll(() => server.stop())

async function register(metadata: JsonObject): Promise<{ status: number; body: JsonObject }> {
  const answer = await fetch(`${server.url}/oauth2/realms/root/realms/alpha/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(metadata),
  })
  return { status: answer.status, body: (await answer.json()) as JsonObject }
}

/** The document of the client without what is new in each. */
async function documentOf(metadata: JsonObject): Promise<JsonObject> {
  const { status, body } = await register(metadata)
  expect(status, JSON.stringify(body)).toBe(201)
  const { _id, _rev, ...document } = (await ask(`${clients}/${body.client_id}`)).body
  return document
}

/** Values that differ from those of an application that sends nothing, with the members that they need beside them. */
const examples: Record<keyof typeof metadataSchema.shape, [value: Json, beside?: JsonObject]> = {
  redirect_uris: [[`${app}/other`]],
  post_logout_redirect_uris: [[`${app}/out`]],
  client_name: ['Apple'],
  token_endpoint_auth_method: ['client_secret_post'],
  grant_types: [['authorization_code', 'refresh_token']],
  response_types: [['none']],
  scope: ['openid'],
  jwks: [jwks],
  jwks_uri: [`${app}/keys`],
  require_pushed_authorization_requests: [true],
  subject_type: ['pairwise'],
  sector_identifier_uri: [`${app}/sector`, { subject_type: 'pairwise' }],
  id_token_signed_response_alg: ['ES256'],
  userinfo_signed_response_alg: ['PS256'],
  request_object_signing_alg: ['RS256'],
  backchannel_logout_uri: [`${app}/logout`],
  backchannel_logout_session_required: [true],
  initiate_login_uri: [`${app}/start`],
  introspection_signed_response_alg: ['ES256'],
  default_max_age: [77],
  default_acr_values: [['gold']],
  token_endpoint_auth_signing_alg: ['ES256'],
  tls_client_certificate_bound_access_tokens: [true],
  dpop_bound_access_tokens: [true],
  require_signed_request_object: [true],
}

/** Members that can only be left out, or say that it isn't done. */
const fixed = new Set(['tls_client_certificate_bound_access_tokens'])

test.each(Object.entries(examples).filter(([name]) => !fixed.has(name)))(
  'an application that registers %s is configured so, and answered so',
  async (name, [value, beside = {}]) => {
    const sent = { ...usual, ...beside, [name]: value }
    const { status, body } = await register(sent)
    expect([status, body[name]], JSON.stringify(body)).toEqual([201, value])
    const [after, before] = await Promise.all([documentOf(sent), documentOf({ ...usual, ...beside })])
    expect(isDeepStrictEqual(after, before)).toBe(false)
  },
)

test.each([...refusedMembers, ...fixed])('an application cannot register %s', async (name) => {
  const { status, body } = await register({ ...usual, [name]: true })
  expect([status, body]).toEqual([
    400,
    { error: 'invalid_client_metadata', error_description: expect.stringContaining(`${name}: `) },
  ])
})

test('an application cannot register a software statement', async () => {
  const { status, body } = await register({ ...usual, software_statement: 'a.b.c' })
  expect([status, body.error]).toEqual([400, 'invalid_software_statement'])
})

test('the answer lacks members that nobody keeps', async () => {
  const { status, body } = await register({ ...usual, request_uris: [app], software_id: 'x' })
  expect(status).toBe(201)
  expect(body).not.toHaveProperty('request_uris')
  expect(body).not.toHaveProperty('software_id')
})
