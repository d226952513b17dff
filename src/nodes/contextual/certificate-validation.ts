import { z } from 'zod'
import { nothingChosen } from '../../base/nothing-chosen.ts'
import { fail, goTo } from '../../engine/action.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { defineNode, flagSetting, secretSetting, setting, textSetting } from '../define-node.ts'
import type { CertificateVerdict } from '../ports/certificate-port.ts'
import type { Ports } from '../ports/ports.ts'
import { certificateIn, certificateKey, validCertificateKey } from './certificate-state.ts'

/** Label of the server's secret with the trusted issuers of people's certificates. */
const trustedLabel = 'am.nodes.certificate.verification'

/** The vendor's value for no identity store. */

const kept = 'Kept so that exports stay complete.'

const checks = {
  matchCertificateInLdap: flagSetting(
    'Match Certificate in LDAP',
    'Requires the same certificate in an entry of the directory below.',
  ),
  checkCertificateExpiry: flagSetting(
    'Check Certificate Expiration',
    'Requires the certificate to be valid at this time. Those of its issuers always must be.',
  ),
  ldapCertificateAttribute: textSetting(
    'Subject DN Attribute Used to Search LDAP for Certificates',
    'Part of the subject, such as `CN`, whose value the attribute of the same name must have.',
    'CN',
  ),
  matchCertificateToCRL: flagSetting(
    'Match Certificate to CRL',
    'Requires that the revocation lists of the issuers can be read and don’t contain the certificate.',
  ),
  crlMatchingCertificateAttribute: textSetting(
    'Issuer DN Attribute(s) Used to Search LDAP for CRLs',
    `Not used: lists are not read from directories. ${kept}`,
    'CN',
  ),
  crlHttpParameters: setting(
    'HTTP Parameters for CRL Update',
    'Added to the query of requests for lists, as `name=value,name=value`.',
    z.string().nullish(),
  ),
  cacheCRLsInMemory: flagSetting(
    'Cache CRLs in Memory',
    'Keeps lists until they end, for at most an hour.',
    true,
  ),
  updateCRLsFromDistributionPoint: flagSetting(
    'Update CA CRLs from CRLDistributionPoint',
    'Reads lists from the addresses in the certificates. The node fails if lists are to be matched without this.',
    true,
  ),
  ocspValidationEnabled: flagSetting('OCSP Validation', 'Not supported: the node fails if this is enabled.'),
}

const directory = {
  certificateIdentityStore: textSetting(
    'Certificate Identity Store',
    `Not supported: with **Match Certificate in LDAP**, the node fails unless this is \`${nothingChosen}\`.`,
    nothingChosen,
  ),
  certificateLdapServers: setting(
    'LDAP Server Where Certificates are Stored',
    'Directory servers as `host:port` or `name|host:port`. The first reachable server is used.',
    z.array(z.string()).default(['']),
  ),
  ldapSearchStartDN: setting(
    'LDAP Search Start or Base DN',
    'Entries to search below, one after the other.',
    z.array(z.string()).default([]),
  ),
  userBindDN: setting(
    'LDAP Server Authentication User',
    'Account that searches. Empty searches anonymously.',
    z.string().nullish().default('cn=Directory Manager'),
  ),
  userBindPassword: secretSetting(
    'LDAP Server Authentication Password',
    'Password of that account.',
    z.string().nullish(),
    ['certificateLdapServers', 'sslEnabled', 'userBindDN'],
    ({ matchCertificateInLdap }) => matchCertificateInLdap === true,
  ),
  mtlsEnabled: flagSetting(
    'mTLS Enabled',
    'Not supported: with **Match Certificate in LDAP**, the node fails if this is enabled.',
  ),
  mtlsSecretLabel: setting(
    'mTLS Secret Label Identifier',
    `Not used. ${kept}`,
    z.string().nullish(),
    'secretLabel',
  ),
  sslEnabled: flagSetting('Use SSL/TLS for LDAP Access', 'Connects with LDAPS.'),
}

const config = () => z.object({ ...checks, ...directory })

type Config = z.infer<ReturnType<typeof config>>
type Context = NodeContext<Config> & Pick<Ports, 'certificates' | 'directories' | 'web'>

const noOcsp = 'OCSP is not available: match certificates to revocation lists'
const noLdapLists = 'Revocation lists are only read from the addresses in certificates'
const noMtls = 'mTLS to LDAP servers is not available'
const noIdentityStore = 'Name the LDAP servers with the certificates: identity stores are not available'
const noIssuers = `No trusted issuers of certificates are configured: set the secret ${trustedLabel}`

const outcomes = {
  valid: 'TRUE',
  expired: 'EXPIRED',
  untrusted: 'PATH_VALIDATION_FAILED',
  revoked: 'REVOKED',
} as const satisfies Record<CertificateVerdict['kind'], string>

/** Checks the client's certificate. Source: "Certificate Validation node". */
export const certificateValidation = defineNode({
  type: 'product-CertificateValidationNode',
  title: 'Certificate Validation',
  help: 'Checks that a trusted authority issued the client’s certificate, and further as configured.',
  tags: ['contextual'],
  family: 'decide',
  config,
  outcomes: {
    all: {
      TRUE: 'True',
      FALSE: 'False',
      NOT_FOUND: 'Not found',
      EXPIRED: 'Expired',
      PATH_VALIDATION_FAILED: 'Path Validation Failed',
      REVOKED: 'Revoked',
    },
  },
  reads: () => [certificateKey],
  requires: () => [certificateKey],
  writes: () => [validCertificateKey],
  errors: {
    warn: { 'the client certificate is not valid': 'The log line says why.' },
    error: {
      'the search for the certificate failed':
        'No directory server could be reached, or the search was not permitted. The log line says which.',
    },
    fail: {
      [noOcsp]: '**OCSP Validation** is enabled. A check that can’t be made is never left out.',
      [noLdapLists]:
        '**Match Certificate to CRL** is enabled without **Update CA CRLs from CRLDistributionPoint**.',
      [noMtls]: '**mTLS Enabled** is set.',
      [noIdentityStore]: '**Certificate Identity Store** is set.',
      [noIssuers]: 'The secret is not set, or not for this realm.',
      'Unable to connect to LDAP server': 'The search for the certificate failed.',
    },
  },
  needs: ['certificates', 'directories', 'web'],
  reference: {
    inputs: `the secret \`${trustedLabel}\`, which holds the trusted issuers in PEM`,
    example: 'Between **Certificate Collector** and **Certificate User Extractor**.',
    outcomes: {
      TRUE: 'A trusted authority issued the certificate, and every enabled check has passed.',
      FALSE: 'No Certificate Collector node has found a certificate.',
      NOT_FOUND: 'The directory has no entry with the certificate.',
      EXPIRED: 'The certificate has expired, and **Check Certificate Expiration** is enabled.',
      PATH_VALIDATION_FAILED:
        'No trusted authority issued the certificate, it may not be used by clients, or a revocation list is missing or invalid.',
      REVOKED: 'Its issuer has revoked the certificate, or that of the issuer was revoked.',
    },
  },
  async run(context) {
    const { config, state, certificates, web, now, log } = context
    state.remove(validCertificateKey)
    const missing = missingCheck(config)
    if (missing !== undefined) return fail(missing)
    const chain = certificateIn(state)
    if (chain === undefined) return goTo('FALSE')
    const trusted = web.secret(trustedLabel)
    if (!trusted) return fail(noIssuers)
    const verdict = await certificates.check(chain, { trusted, now, ...checksOf(config) })
    if (verdict.kind !== 'valid') {
      log.warn('the client certificate is not valid', { problem: verdict.problem })
      return goTo(outcomes[verdict.kind])
    }
    try {
      if (config.matchCertificateInLdap && !(await isInDirectory(context, chain))) return goTo('NOT_FOUND')
    } catch (error) {
      log.error('the search for the certificate failed', error)
      return fail('Unable to connect to LDAP server')
    }
    state.putTransient(validCertificateKey, chain)
    return goTo('TRUE')
  },
})

/** The reason why an enabled check can't be made. */
function missingCheck(config: Config): string | undefined {
  // rule S39: otherwise a check that is not available is left out
  if (config.ocspValidationEnabled) return noOcsp
  if (config.matchCertificateToCRL && !config.updateCRLsFromDistributionPoint) return noLdapLists
  if (!config.matchCertificateInLdap) return undefined
  if (config.mtlsEnabled) return noMtls
  return [nothingChosen, ''].includes(config.certificateIdentityStore) ? undefined : noIdentityStore
}

function checksOf(config: Config) {
  const revocation = { parameters: config.crlHttpParameters ?? '', isCached: config.cacheCRLsInMemory }
  return {
    dates: config.checkCertificateExpiry,
    ...(config.matchCertificateToCRL ? { revocation } : {}),
  }
}

/** @throws Error if no directory can be searched */
async function isInDirectory(
  { config, certificates, directories }: Context,
  chain: string,
): Promise<boolean> {
  const attribute = config.ldapCertificateAttribute.trim()
  const { subject } = await certificates.names(chain)
  const [value, ...others] = subject.get(attribute.toUpperCase()) ?? []
  if (value === undefined || others.length > 0) return false
  const search = {
    servers: config.certificateLdapServers.filter((server) => server.trim() !== ''),
    connection: config.sslEnabled ? ('LDAPS' as const) : ('LDAP' as const),
    bindDn: config.userBindDN ?? '',
    bindPassword: config.userBindPassword ?? '',
    baseDns: config.ldapSearchStartDN,
    attribute,
    value,
  }
  return directories.holdsCertificate(search, chain)
}
