import type { RuleSwitch } from '../rule-switch.ts'

const server = 'test/http/client-certificates.test.ts'
const certificates = 'src/people/certificates/client-certificates.test.ts'
const paths = { rule: 'S39', file: 'src/people/certificates/trusted-path.ts', tests: [certificates] } as const
const lists = {
  rule: 'S39',
  file: 'src/people/certificates/revocation-lists.ts',
  tests: [certificates],
} as const

/** Switches for sign-ins with client certificates. */
export const certificateSwitches: readonly RuleSwitch[] = [
  {
    rule: 'S39',
    off: 'a client can send a certificate in the header of a proxy',
    file: 'src/nodes/contextual/certificate-collector.ts',
    from: 'proxyAddress !== undefined && [',
    to: "['any', 'x'].length > 0 || [",
    tests: ['src/nodes/contextual/certificate-collector.test.ts', server],
  },
  {
    rule: 'S39',
    off: 'every connection counts as that of a proxy',
    file: 'src/http/call.ts',
    from: 'return this.#sources.isProxy?.(remoteAddress) ?',
    to: 'return this.#sources.isProxy?.(remoteAddress) !== undefined ?',
    tests: [server],
  },
  {
    rule: 'S39',
    off: 'a certificate that nothing has checked names a person',
    file: 'src/nodes/contextual/certificate-user-extractor.ts',
    from: 'if (chain === undefined || chain !== certificateIn(state, validCertificateKey)) {',
    to: 'if (chain === undefined) {',
    tests: ['src/nodes/contextual/certificate-user-extractor.test.ts', server],
  },
  {
    rule: 'S39',
    off: 'a certificate in shared state counts',
    file: 'src/nodes/contextual/certificate-state.ts',
    from: 'Object.hasOwn(state.snapshot().shared, key) ? undefined : value',
    to: 'Object.hasOwn(state.snapshot().shared, key) ? value : value',
    tests: [
      'src/nodes/contextual/certificate-user-extractor.test.ts',
      'src/nodes/contextual/certificate-validation.test.ts',
    ],
  },
  {
    rule: 'S39',
    off: 'a check that is not available is left out',
    file: 'src/nodes/contextual/certificate-validation.ts',
    from: 'if (config.ocspValidationEnabled) return noOcsp',
    to: "if (config.certificateIdentityStore === 'none') return noOcsp",
    tests: ['src/nodes/contextual/certificate-validation.test.ts'],
  },
  { ...paths, off: 'anybody can issue', from: 'issuer.ca && certificate', to: 'certificate' },
  {
    ...paths,
    off: 'a signature of an issuer is not checked',
    from: ' && certificate.verify(issuer.publicKey)',
    to: '',
  },
  {
    ...paths,
    off: 'rules that are not understood are ignored',
    from: '(critical && !understood.has(type))',
    to: "(critical && type === '')",
  },
  {
    ...lists,
    off: 'anybody can sign a revocation list',
    from: 'if (!(await list.verify({ publicKey: signer }))) {',
    to: 'if (signer === undefined) {',
  },
  { ...lists, off: 'an old revocation list counts', from: ' || now > end', to: '' },
  {
    ...lists,
    off: 'a part of a list stands for all of it',
    from: 'if (isPartial) throw',
    to: 'if (!list) throw',
  },
  {
    rule: 'S39',
    off: 'a certificate of two headers is taken',
    file: 'src/people/certificates/certificate-header.ts',
    from: "if (name === '' || isRepeated || isAfterNames) return undefined",
    to: "if (name === '' || isAfterNames) return undefined",
    tests: [certificates],
  },
  {
    rule: 'S39',
    off: 'a certificate in a name of the client’s own certificate is taken',
    file: 'src/people/certificates/certificate-header.ts',
    from: "if (name === '' || isRepeated || isAfterNames) return undefined",
    to: "if (name === '' || isRepeated) return undefined",
    tests: [certificates],
  },
  {
    rule: 'S39',
    off: 'a revoked number in another encoding counts as not revoked',
    file: 'src/people/certificates/revocation-lists.ts',
    from: 'map(({ serialNumber }) => comparable(serialNumber))',
    to: 'map(({ serialNumber }) => serialNumber)',
    tests: ['src/people/certificates/client-certificates.test.ts: revoke a certificate with a number'],
  },
]
