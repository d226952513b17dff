import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Certified, certify } from '../support/certificates.ts'
import { certificateHeader, startCertificateProxy } from '../support/client-certificate-proxy.ts'
import { saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import { asking } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { signIn, startJourney } from '../support/wire.ts'

const certificate = (name: string) => `product-Certificate${name}Node`

let root: Certified
let wren: Certified
let behindProxy: TestServer
let open: TestServer
let proxy: Awaited<ReturnType<typeof startCertificateProxy>>

/** @param trustedProxies for example this machine, on which the proxy of the tests runs */
async function start(trustedProxies: readonly string[]): Promise<TestServer> {
  const server = await startPrepared(
    async (stores) => {
      // An earlier version had a stand-in for it. The type that runs here wins.
      const standIns = [{ type: certificate('Validation'), does: 'outcome' as const, outcome: 'TRUE' }]
      await saveRealm(stores, '/alpha', { standIns })
      const collector = (hosts: string[]) => ({
        type: certificate('Collector'),
        config: {
          certificateCollectionMethod: 'EITHER',
          clientCertificateHttpHeaderName: 'X-Client-Cert',
          trustedRemoteHosts: hosts,
        },
        to: { COLLECTED: 'validation', NOT_COLLECTED: 'failure' },
      })
      const extractor = {
        type: certificate('UserExtractor'),
        config: {},
        to: { EXTRACTED: 'success', NOT_EXTRACTED: 'failure' },
      }
      const validation = {
        type: certificate('Validation'),
        config: { checkCertificateExpiry: true },
        to: {
          TRUE: 'extractor',
          FALSE: 'failure',
          NOT_FOUND: 'failure',
          EXPIRED: 'failure',
          PATH_VALIDATION_FAILED: 'failure',
          REVOKED: 'failure',
        },
      }
      await saveJourney(stores, 'Certificate', { collector: collector(['any']), validation, extractor })
      await saveJourney(stores, 'Nobody', { collector: collector([]), validation, extractor })
      await saveJourney(stores, 'Unchecked', {
        collector: { ...collector(['any']), to: { COLLECTED: 'extractor', NOT_COLLECTED: 'failure' } },
        extractor,
      })
      const level = {
        type: 'SidegateVerificationLevelDecisionNode',
        config: { level: 1 },
        to: { true: 'success', false: 'failure' },
      }
      await saveJourney(stores, 'Level', {
        collector: collector(['any']),
        validation,
        extractor: { ...extractor, to: { EXTRACTED: 'level', NOT_EXTRACTED: 'failure' } },
        level,
      })
    },
    { trustedProxies },
    { environment: { ESV_AM_NODES_CERTIFICATE_VERIFICATION: root.pem } },
  )
  const ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  const person = { userName: 'wren', givenName: 'Wren', sn: 'W', mail: 'wren@example.com' }
  const created = await ask('/openidm/managed/alpha_user?_action=create', {
    method: 'POST',
    body: { ...person, password: 'Certified-Pass-2026' },
  })
  expect(created.status).toBe(201)
  return server
}

beforeAll(async () => {
  root = await certify('CN=Root')
  wren = await certify('CN=wren', { issuer: root })
  behindProxy = await start(['127.0.0.1'])
  open = await start([])
  proxy = await startCertificateProxy(behindProxy.url, await certify('CN=localhost'))
})
afterAll(async () => {
  await proxy.stop()
  await behindProxy.stop()
  await open.stop()
})

const through = (journey: string, client?: Certified, headers?: Record<string, string>) =>
  proxy.start(
    `/am/json/realms/root/realms/alpha/authenticate?authIndexType=service&authIndexValue=${journey}`,
    client,
    headers,
  )
const withHeader = (server: TestServer, { pem }: Certified, more: Record<string, string> = {}) =>
  startJourney(server.url, 'Certificate', {
    headers: { [certificateHeader]: encodeURIComponent(pem), ...more },
  })

describe('behind a trusted proxy', () => {
  test('the owner of a certificate from a trusted issuer signs in', async () => {
    const { status, body } = await through('Certificate', wren)
    expect(body).toMatchObject({ realm: '/alpha', successUrl: expect.any(String) })
    expect(status).toBe(200)
  })

  test('a certificate from another issuer, an expired one, and none sign nobody in', async () => {
    const selfMade = await certify('CN=wren')
    const old = await certify('CN=wren', { issuer: root, notAfter: new Date(Date.now() - 1000) })
    const nobody = await certify('CN=nobody', { issuer: root })
    expect((await through('Certificate', selfMade)).status).toBe(401)
    expect((await through('Certificate', old)).status).toBe(401)
    expect((await through('Certificate', nobody)).status).toBe(401)
    expect((await through('Certificate')).status).toBe(401)
  })

  test('a header of the client is replaced', async () => {
    const forged = { [certificateHeader]: encodeURIComponent(wren.pem) }
    expect((await through('Certificate', undefined, forged)).status).toBe(401)
  })

  test('a certificate that nothing has checked signs nobody in', async () => {
    expect((await through('Unchecked', await certify('CN=wren'))).status).toBe(401)
    expect((await through('Unchecked', wren)).status).toBe(401)
  })

  test('a node that trusts no host takes no certificate', async () => {
    expect((await through('Nobody', wren)).status).toBe(401)
  })

  test('a certificate is no factor of a verification', async () => {
    expect((await through('Level', wren)).status).toBe(401)
  })
})

describe('without a trusted proxy', () => {
  test('nobody can send a certificate, whatever the node trusts', async () => {
    const answer = await withHeader(open, wren)
    expect(answer.status).toBe(401)
    const forwarded = await withHeader(open, wren, { 'x-forwarded-for': '127.0.0.1' })
    expect(forwarded.status).toBe(401)
    const warnings = logLines(open).filter(({ msg }) => msg === 'the header of an untrusted host was ignored')
    expect(warnings).toHaveLength(2)
    expect(JSON.stringify(warnings)).not.toContain('CERTIFICATE-----')
  })

  test('the same header works from the address of a proxy', async () => {
    expect((await withHeader(behindProxy, wren, { 'x-forwarded-for': '192.0.2.1' })).status).toBe(200)
  })
})
