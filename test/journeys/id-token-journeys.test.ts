import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scriptSchema } from '../../src/scripts/script.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { startJourney } from '../support/wire.ts'

const transform = `
(function () {
  var java = JavaImporter(org.forgerock.json.JsonValue);
  var found = java.JsonValue.json(java.JsonValue.object());
  found.put('userName', jwtClaims.get('preferred_username').asString());
  return found;
}());`

const identify = `
var found = nodeState.get('lookupAttributes')
nodeState.putShared('username', found.userName)
action.goTo('true').withIdentifiedUser(found.userName)`

let keys: Server
let server: TestServer
let signing: CryptoKey
let reads = 0

beforeAll(async () => {
  const pair = await generateKeyPair('ES256')
  signing = pair.privateKey
  const jwk = await exportJWK(pair.publicKey)
  keys = createServer((_request, response) => {
    reads++
    response.end(JSON.stringify({ keys: [jwk] }))
  })
  keys.listen(0, '127.0.0.1')
  await once(keys, 'listening')
  const host = `127.0.0.1:${(keys.address() as AddressInfo).port}`
  const config = {
    oidcValidationType: 'JWK_URL',
    oidcValidationValue: `http://${host}/keys`,
    idTokenIssuer: 'https://op.example.com',
    audienceName: 'larkfield',
    script: 'claims',
  }
  server = await startPrepared(
    async (stores) => {
      const context = 'SOCIAL_IDP_PROFILE_TRANSFORMATION'
      const script = scriptSchema.parse({ id: 'claims', name: 'Claims', source: transform, context })
      await stores.scripts.save('/alpha', script)
      const nodes = {
        check: { type: 'OidcNode', config, to: { true: 'who', false: 'failure' } },
        who: await scripted(stores, 'Who', identify, { true: 'success' }),
      }
      await saveJourney(stores, 'IdToken', nodes, { noSession: false })
      const oidcValidationValue = config.oidcValidationValue.replace('127.0.0.1', 'localhost')
      const inside = { ...nodes.check, config: { ...config, oidcValidationValue } }
      await saveJourney(stores, 'Inside', { check: inside, who: nodes.who }, { noSession: false })
    },
    { httpAllow: [host] },
  )
}, 120_000)

afterAll(async () => {
  await server?.stop()
  keys?.close()
})

async function signIn(claims: Record<string, string>, journey = 'IdToken') {
  const token = await new SignJWT({
    preferred_username: 'alex',
    email: 'alex.personal@example.com',
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer('https://op.example.com')
    .setAudience(claims.aud ?? 'larkfield')
    .setSubject('kim')
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(signing)
  const answer = await startJourney(server.url, journey, { headers: { oidc_id_token: token } })
  for (const personal of [token, 'alex.personal']) expect(server.logged()).not.toContain(personal)
  return answer
}

test('a later node identifies the person of a valid ID token', async () => {
  const { status, body } = await signIn({})
  expect([status, typeof body.tokenId]).toEqual([200, 'string'])
})

test('a token for another application, and none, fail', async () => {
  expect((await signIn({ aud: 'other' })).status).toBe(401)
  expect((await startJourney(server.url, 'IdToken')).status).toBe(401)
  expect(server.logged()).toContain('the ID token is not valid')
})

test('keys are read through the fence', async () => {
  const before = reads
  expect((await signIn({}, 'Inside')).status).toBe(401)
  expect(reads).toBe(before)
})
