import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import type { CertificateChecks, CertificatePort, CertificateVerdict } from '../ports/certificate-port.ts'
import type { CertificateSearch, DirectoryPort, WebPort } from '../ports/outside-ports.ts'
import { certificateValidation } from './certificate-validation.ts'

type World = {
  verdict?: CertificateVerdict
  trusted?: string | undefined
  transient?: JsonObject
  shared?: JsonObject
  search?: (search: CertificateSearch) => boolean
  cn?: string[]
}

async function validate(config: JsonObject = {}, world: World = {}) {
  const asked: CertificateChecks[] = []
  const { verdict = { kind: 'valid' as const }, search = () => true, cn = ['kim'] } = world
  const certificates: Partial<CertificatePort> = {
    async check(_chain, checks) {
      asked.push(checks)
      return verdict
    },
    names: async () => ({ dn: '', subject: new Map([['CN', cn]]), emails: [], principals: [] }),
  }
  const directories: Partial<DirectoryPort> = { holdsCertificate: async (one) => search(one) }
  const trusted = 'trusted' in world ? world.trusted : 'issuers'
  const web: Partial<WebPort> = {
    secret: (label) => (label === 'am.nodes.certificate.verification' ? trusted : undefined),
  }
  const ran = await runNode(certificateValidation, {
    config,
    shared: world.shared ?? {},
    transient: world.transient ?? { X509Certificate: 'pem', X509CertificateValidated: 'earlier' },
    ports: {
      certificates: certificates as CertificatePort,
      directories: directories as DirectoryPort,
      web: web as WebPort,
    },
  })
  return { ...ran, asked }
}

const isMarked = ({ state }: Awaited<ReturnType<typeof validate>>) =>
  state.transient.X509CertificateValidated === 'pem'

test('marks a certificate from a trusted issuer', async () => {
  const ran = await validate()
  expect(outcomeOf(ran.action)).toBe('TRUE')
  expect(isMarked(ran)).toBe(true)
  expect(ran.asked).toEqual([{ trusted: 'issuers', dates: false, now: 1_700_000_000_000 }])
})

test('makes the checks that are enabled', async () => {
  const { asked } = await validate({
    checkCertificateExpiry: true,
    matchCertificateToCRL: true,
    crlHttpParameters: 'a=1',
    cacheCRLsInMemory: false,
  })
  expect(asked).toMatchObject([{ dates: true, revocation: { parameters: 'a=1', isCached: false } }])
})

test.each([
  ['expired', 'EXPIRED'],
  ['untrusted', 'PATH_VALIDATION_FAILED'],
  ['revoked', 'REVOKED'],
] as const)('does not mark a certificate that is %s', async (kind, outcome) => {
  const ran = await validate({}, { verdict: { kind, problem: 'because' } })
  expect(outcomeOf(ran.action)).toBe(outcome)
  expect(ran.state.transient).toEqual({ X509Certificate: 'pem' })
  expect(ran.log).toEqual([{ level: 'warn', message: 'the client certificate is not valid' }])
})

test.each([
  ['none', { transient: {} }],
  ['one in shared state', { transient: {}, shared: { X509Certificate: 'pem' } }],
])('takes no certificate for a valid one: %s', async (_what, world) => {
  const ran = await validate({}, world)
  expect(outcomeOf(ran.action)).toBe('FALSE')
  expect(ran.asked).toEqual([])
})

const inLdap = { matchCertificateInLdap: true }

test.each([
  [{ ocspValidationEnabled: true }, 'OCSP is not available: match certificates to revocation lists'],
  [
    { matchCertificateToCRL: true, updateCRLsFromDistributionPoint: false },
    'Revocation lists are only read from the addresses in certificates',
  ],
  [{ ...inLdap, mtlsEnabled: true }, 'mTLS to LDAP servers is not available'],
  [
    { ...inLdap, certificateIdentityStore: 'Store' },
    'Name the LDAP servers with the certificates: identity stores are not available',
  ],
])('fails with a check that is not available: %o', async (config, message) => {
  const ran = await validate(config)
  expect(ran.action).toMatchObject({ kind: 'error', message })
  expect(isMarked(ran)).toBe(false)
})

test.each([undefined, ''])('fails without trusted issuers: %o', async (trusted) => {
  const { action, asked } = await validate({}, { trusted })
  expect(action).toMatchObject({
    message:
      'No trusted issuers of certificates are configured: set the secret am.nodes.certificate.verification',
  })
  expect(asked).toEqual([])
})

test('searches the directory for the certificate', async () => {
  const searches: CertificateSearch[] = []
  const config = {
    ...inLdap,
    certificateLdapServers: ['', 'ldap.example.com:636'],
    ldapSearchStartDN: ['dc=example'],
    userBindPassword: 'secret',
    sslEnabled: true,
  }
  const search = (one: CertificateSearch) => {
    searches.push(one)
    return one.value === 'kim'
  }
  const found = await validate(config, { search })
  expect(outcomeOf(found.action)).toBe('TRUE')
  expect(searches).toEqual([
    {
      servers: ['ldap.example.com:636'],
      connection: 'LDAPS',
      bindDn: 'cn=Directory Manager',
      bindPassword: 'secret',
      baseDns: ['dc=example'],
      attribute: 'CN',
      value: 'kim',
    },
  ])
  for (const cn of [['lee'], ['kim', 'lee'], []]) {
    const missing = await validate(config, { search, cn })
    expect(outcomeOf(missing.action)).toBe('NOT_FOUND')
    expect(isMarked(missing)).toBe(false)
  }
})

test('fails if no directory can be searched', async () => {
  const search = () => {
    throw new Error('refused')
  }
  const ran = await validate(inLdap, { search })
  expect(ran.action).toMatchObject({ message: 'Unable to connect to LDAP server' })
  expect(ran.log).toEqual([{ level: 'error', message: 'the search for the certificate failed' }])
  expect(isMarked(ran)).toBe(false)
})
