// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of the node.
import 'reflect-metadata'
import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls'
import { SubjectAlternativeNameExtension } from '@peculiar/x509'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { certify } from '../support/certificates.ts'
import { saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

const nodes = '/realms/root/realms/alpha/realm-config/authentication/authenticationtrees/nodes/RESTNode'

/** As a server stored it that had a stand-in for the type. */
const older = { restURL: 'https://example.com/{{username}}', jpToSSMapper: { a: 'no path' }, other: 1 }

let service: Server
let server: TestServer
let ask: Ask
let settings: JsonObject
const seen: { url: string; authorization: string; key: string; caller: string }[] = []

beforeAll(async () => {
  const authority = await certify('CN=Authority', { kind: 'ec' })
  const name = new SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])
  const own = await certify('CN=localhost', { kind: 'ec', issuer: authority, extensions: [name] })
  const client = await certify('CN=sidegate', { kind: 'ec', issuer: authority })
  const keyOf = ({ privateKey }: typeof own) => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  setDefaultCACertificates([...getCACertificates(), authority.pem])
  const tls = { cert: own.pem, key: keyOf(own), ca: authority.pem, requestCert: true }
  service = createServer(tls, (request, response) => {
    const { authorization = '', 'x-key': key } = request.headers
    const caller = `${(request.socket as TLSSocket).getPeerCertificate().subject?.CN}`
    seen.push({ url: request.url ?? '', authorization, key: String(key), caller })
    response.end(JSON.stringify({ risk: request.url?.includes('mallory') ? 'high' : 'low' }))
  })
  await once(service.listen(0, 'localhost'), 'listening')
  const host = `localhost:${(service.address() as AddressInfo).port}`
  vi.stubEnv('ESV_RISK_KEY', 'key-of-the-service')
  settings = {
    restURL: `https://${host}/people/\${username}`,
    headersMap: { 'X-Key': '&{esv.risk.key}' },
    basicAuthn: true,
    basicAuthnUsername: 'larkfield',
    basicAuthnPassword: 'word-of-the-service',
    usemTLS: true,
    publicCert: client.pem,
    privateKey: keyOf(client),
    responseCodes: ['200'],
    jpToOutcomeMapper: { Risky: "$.[?(@.risk == 'high')]" },
  }
  server = await startPrepared(
    async (stores) => {
      const to = { 200: 'success', Risky: 'failure', NOMATCHRESPONSE: 'failure', ERROR: 'failure' }
      await saveRealm(stores, '/alpha', {
        standIns: [{ type: 'RESTNode', does: 'outcome', outcome: '200' }],
      })
      const collect = { type: 'UsernameCollectorNode', to: { outcome: 'ask' } }
      await saveJourney(stores, 'Risk', { collect, ask: { type: 'RESTNode', to } }, { noSession: true })
      const old = { type: 'RESTNode', config: older, to }
      await saveJourney(stores, 'Older', { collect, ask: old }, { noSession: true })
    },
    { httpAllow: [host] },
  )
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
}, 120_000)

afterAll(async () => {
  vi.unstubAllEnvs()
  await server?.stop()
  service?.close()
})

const walk = async (journey: string, username: string) =>
  (await answerStep(server.url, await startJourney(server.url, journey), [username])).status

test('secrets are sealed and never returned, the service gets them, and the log does not', async () => {
  const saved = await ask(`${nodes}/Risk-ask`, { method: 'PUT', body: settings })
  expect([saved.status, saved.body.basicAuthnPassword, saved.body.privateKey]).toEqual([200, null, null])
  expect(await walk('Risk', 'alex/../bjensen')).toBe(200)
  expect(seen).toEqual([
    {
      url: '/people/alex%2F..%2Fbjensen',
      authorization: `Basic ${Buffer.from('larkfield:word-of-the-service').toString('base64')}`,
      key: 'key-of-the-service',
      caller: 'sidegate',
    },
  ])
  const stored = JSON.stringify((await ask(`${nodes}/Risk-ask`)).body)
  for (const text of [stored, server.logged()]) {
    expect(text).not.toMatch(/key-of-the-service|word-of-the-service|PRIVATE KEY/)
  }
})

test('a response that matches a path takes its outcome', async () => {
  expect(await walk('Risk', 'mallory')).toBe(401)
})

test('settings that can’t be are refused with their names', async () => {
  const body = { ...settings, disableCertChecks: true }
  const refused = await ask(`${nodes}/Risk-ask`, { method: 'PUT', body })
  expect([refused.status, JSON.stringify(refused.body)]).toEqual([
    400,
    expect.stringContaining('disableCertChecks'),
  ])
})

test('what a stand-in had before is read, and fails instead of taking the declared outcome', async () => {
  expect((await ask(`${nodes}/Older-ask`)).body).toMatchObject(older)
  const declared = await ask('/realms/root/realms/alpha/realm-config/settings')
  expect(declared.body.standIns).toMatchObject([{ type: 'RESTNode', outcome: '200' }])
  const before = seen.length
  expect(await walk('Older', 'alex')).toBe(401)
  expect(seen).toHaveLength(before)
})
