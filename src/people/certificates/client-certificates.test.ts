import 'reflect-metadata'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  CRLDistributionPointsExtension,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
} from '@peculiar/x509'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type Certified,
  certify,
  revocationList,
  withSerialNumber,
} from '../../../test/support/certificates.ts'
import { fileClient } from '../../../test/support/web-port.ts'
import { clientCertificates } from './client-certificates.ts'

const hour = 3_600_000
const kind = 'ec'
const files = new Map<string, Buffer>()
const asked: string[] = []
const server = createServer(({ url = '' }, response) => {
  asked.push(url)
  const file = files.get(url.split('?')[0] ?? '')
  response.writeHead(file === undefined ? 404 : 200).end(file)
})
let host: string
let root: Certified
let kim: Certified

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // The address of a TCP server is never a pipe name.
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  root = await certify('CN=Root', { kind })
  kim = await certify('CN=kim, O=Example', { kind, issuer: root })
})
afterAll(() => server.close())
beforeEach(() => {
  files.clear()
  asked.length = 0
})

function portWith(allowedHosts: readonly string[] = [host], maxBodyBytes = 1 << 20) {
  return clientCertificates(fileClient({ allowedHosts, maxBodyBytes }))
}

const port = portWith([])

describe('a header', () => {
  const encoded = (text: string) => encodeURIComponent(text)

  test.each<[string, () => string]>([
    ['URL-encoded PEM', () => encoded(kim.pem)],
    ['PEM on one line', () => kim.pem.replaceAll('\n', ' ')],
    ['URL-encoded PEM with a plain plus sign', () => encoded(kim.pem).replaceAll('%2B', '+')],
    ['base64-encoded DER', () => kim.base64],
    ['DER between colons', () => `:${kim.base64}:`],
    ['the fields of Envoy', () => `Hash=ab;Cert="${encoded(kim.pem)}";Subject="CN=\\";Cert=,x";URI=`],
  ])('can be %s', (_what, header) => {
    const chain = port.read(header()) ?? ''
    expect(chain.replace(/\s/g, '')).toBe(kim.pem.replace(/\s/g, ''))
  })

  test('can have a chain', () => {
    const both = (port.read(encoded(`${kim.pem}\n${root.pem}`)) ?? '').match(/BEGIN/g)
    expect(both).toHaveLength(2)
    const chain = encoded(`${kim.pem}\n${root.pem}`)
    expect(port.read(`Cert="${encoded(kim.pem)}";Chain="${chain}"`)).toBe(port.read(chain))
  })

  test.each<[string, () => string]>([
    ['two headers joined by a comma', () => `${encoded(kim.pem)}, ${encoded(root.pem)}`],
    ['two base64 texts joined by a comma', () => `${kim.base64},${root.base64}`],
    ['elements of two proxies', () => `Cert="${encoded(kim.pem)}",Cert="${encoded(root.pem)}"`],
    ['two certificates in one element', () => `Cert="${encoded(kim.pem)}";Cert="${encoded(root.pem)}"`],
    [
      'a chain inside of a name of the client’s own certificate',
      () => `Hash=ab;Cert="${encoded(kim.pem)}";URI=spiffe://x/a;Chain=${encoded(root.pem)}`,
    ],
    ['a certificate inside of such a name', () => `Hash=ab;DNS=a;Cert=${encoded(root.pem)}`],
    ['an element without a certificate', () => 'Hash=ab;Subject="CN=kim"'],
    ['a quote that never ends', () => 'Cert="abc'],
    ['a key', () => '-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----'],
    ['a certificate with something behind it', () => `${kim.base64.replace(/=*$/, '')}AAAA`],
    ['a broken escape', () => '%ZZ'],
    ['more than five certificates', () => encoded(kim.pem.repeat(6))],
    ['plain text', () => 'CN=kim'],
    ['nothing', () => ' '],
  ])('is refused if it is %s', (_what, header) => {
    expect(port.read(header())).toBeUndefined()
  })
})

describe('a path', () => {
  const check = (chain: readonly Certified[], trusted: readonly Certified[], more = {}) =>
    port.check(chain.map(({ pem }) => pem).join('\n'), {
      trusted: trusted.map(({ pem }) => pem).join('\n'),
      dates: true,
      now: Date.now(),
      ...more,
    })
  const refused = (problem: string) => ({ kind: 'untrusted', problem })

  test('leads to a trusted issuer, also through another one', async () => {
    const middle = await certify('CN=Middle', { kind, issuer: root, isAuthority: true })
    const lee = await certify('CN=lee', { kind, issuer: middle })
    expect(await check([kim], [root])).toEqual({ kind: 'valid' })
    expect(await check([lee, middle], [root])).toEqual({ kind: 'valid' })
    expect(await check([lee], [middle])).toEqual({ kind: 'valid' })
    expect(await check([lee], [root])).toMatchObject({ kind: 'untrusted' })
    expect(await check([kim], [kim])).toEqual({ kind: 'valid' })
  })

  test('is refused if the issuer only has the same name, or is no authority', async () => {
    const namesake = await certify('CN=Root', { kind })
    const forged = await certify('CN=kim', { kind, issuer: namesake })
    const byKim = await certify('CN=admin', { kind, issuer: kim })
    const problem = 'the certificate was not issued by a trusted authority'
    expect(await check([forged], [root])).toEqual(refused(problem))
    expect(await check([forged, namesake], [root])).toEqual(refused(problem))
    expect(await check([byKim, kim], [root])).toEqual(refused(problem))
    expect(await check([kim], [])).toEqual(refused(problem))
    expect(await check([], [root])).toEqual(refused('there is no certificate'))
  })

  test('is refused if it is longer than an issuer allows', async () => {
    const narrow = await certify('CN=Narrow', { kind, pathLength: 0 })
    const middle = await certify('CN=Middle', { kind, issuer: narrow, isAuthority: true })
    const lee = await certify('CN=lee', { kind, issuer: middle })
    expect(await check([await certify('CN=kim', { kind, issuer: narrow })], [narrow])).toEqual({
      kind: 'valid',
    })
    expect(await check([lee, middle], [narrow])).toEqual(refused('the path is longer than its issuer allows'))
  })

  test('is refused for a certificate of a server, and with rules that are not understood', async () => {
    const usage = (purpose: string) => new ExtendedKeyUsageExtension([purpose])
    const withExtension = (extension: Extension) =>
      certify('CN=kim', { kind, issuer: root, extensions: [extension] })
    const ofClient = await withExtension(usage('1.3.6.1.5.5.7.3.2'))
    const ofServer = await withExtension(usage('1.3.6.1.5.5.7.3.1'))
    const strange = await withExtension(new Extension('1.2.3.4', true, Buffer.from('0500', 'hex')))
    const harmless = await withExtension(new Extension('1.2.3.4', false, Buffer.from('0500', 'hex')))
    const constrained = await certify('CN=Root', {
      kind,
      extensions: [new Extension('2.5.29.30', false, Buffer.from('3000', 'hex'))],
    })
    const below = await certify('CN=kim', { kind, issuer: constrained })
    expect(await check([ofClient], [root])).toEqual({ kind: 'valid' })
    expect(await check([harmless], [root])).toEqual({ kind: 'valid' })
    expect(await check([ofServer], [root])).toEqual(refused('the certificate is not for clients'))
    expect(await check([strange], [root])).toEqual(refused('the extension 1.2.3.4 is not supported'))
    expect(await check([below], [constrained])).toMatchObject({ kind: 'untrusted' })
  })

  test('depends on the time', async () => {
    const now = Date.now()
    const inPast = { notBefore: new Date(now - 2 * hour), notAfter: new Date(now - hour) }
    const inFuture = { notBefore: new Date(now + hour), notAfter: new Date(now + 2 * hour) }
    const old = await certify('CN=kim', { kind, issuer: root, ...inPast })
    const early = await certify('CN=kim', { kind, issuer: root, ...inFuture })
    const oldRoot = await certify('CN=Root', { kind, keys: root.keys, ...inPast })
    expect(await check([old], [root])).toMatchObject({ kind: 'expired' })
    expect(await check([old], [root], { dates: false })).toEqual({ kind: 'valid' })
    expect(await check([early], [root])).toEqual(refused('the certificate is not valid yet'))
    expect(await check([kim], [oldRoot])).toMatchObject({ kind: 'untrusted' })
    expect(await check([kim], [oldRoot, root])).toEqual({ kind: 'valid' })
  })
})

describe('revocation lists', () => {
  const named = async (issuer: Certified, paths: readonly string[], serialNumber = '0a') => {
    const points = new CRLDistributionPointsExtension(paths.map((path) => `http://${host}${path}`))
    return certify('CN=kim', { kind, issuer, serialNumber, extensions: [points] })
  }
  const check = (own: Pick<Certified, 'pem'>, { certificates = portWith(), parameters = '' } = {}) =>
    certificates.check(own.pem, {
      trusted: root.pem,
      dates: true,
      revocation: { parameters, isCached: false },
      now: Date.now(),
    })

  test('revoke the certificates that they contain', async () => {
    files.set('/crl', await revocationList(root, ['0b', '0c']))
    expect(await check(await named(root, ['/crl']))).toEqual({ kind: 'valid' })
    expect(await check(await named(root, ['/crl'], '0c'))).toMatchObject({ kind: 'revoked' })
    expect(await check(await named(root, ['/missing', '/crl'], '0c'))).toMatchObject({ kind: 'revoked' })
  })

  test.each([
    ['negative', '80', '80'],
    ['negative, and padded in the list', '80', 'ff80'],
    ['padded in the list', '05', '000005'],
    ['positive with a high bit', '0080', '0080'],
  ])('revoke a certificate with a number that is %s', async (_what, own, listed) => {
    const odd = withSerialNumber(await named(root, ['/crl']), own, root)
    files.set('/crl', await revocationList(root, [], { rawSerialNumbers: ['7b', listed] }))
    expect(await check({ pem: odd })).toMatchObject({ kind: 'revoked' })
    files.set('/crl', await revocationList(root, [], { rawSerialNumbers: ['7b', '6105'] }))
    expect(await check({ pem: odd })).toEqual({ kind: 'valid' })
  })

  test('are read once for concurrent sign-ins, and again after a failure', async () => {
    const certificates = portWith()
    const own = await named(root, ['/crl'])
    expect(await check(own, { certificates })).toMatchObject({ kind: 'untrusted' })
    files.set('/crl', await revocationList(root, ['0a']))
    asked.length = 0
    const verdicts = await Promise.all([1, 2, 3].map(() => check(own, { certificates })))
    expect(verdicts.map(({ kind }) => kind)).toEqual(['revoked', 'revoked', 'revoked'])
    expect(asked).toEqual(['/crl'])
    await check(own, { certificates })
    expect(asked).toHaveLength(2)
  })

  test('revoke issuers, too', async () => {
    const point = (path: string) => [new CRLDistributionPointsExtension([`http://${host}${path}`])]
    const middle = await certify('CN=Middle', {
      kind,
      issuer: root,
      isAuthority: true,
      serialNumber: '0d',
      extensions: point('/root'),
    })
    const lee = await certify('CN=lee', { kind, issuer: middle, extensions: point('/middle') })
    files.set('/root', await revocationList(root, ['0d']))
    files.set('/middle', await revocationList(middle, []))
    const chain = `${lee.pem}\n${middle.pem}`
    const revocation = { parameters: '', isCached: false }
    const checks = { trusted: root.pem, dates: true, revocation, now: Date.now() }
    expect(await portWith().check(chain, checks)).toMatchObject({ kind: 'revoked' })
    files.set('/root', await revocationList(root, []))
    expect(await portWith().check(chain, checks)).toEqual({ kind: 'valid' })
    files.delete('/root')
    expect(await portWith().check(chain, checks)).toMatchObject({ kind: 'untrusted' })
  })

  test.each<[string, () => Promise<Buffer | undefined>, string]>([
    ['missing', async () => undefined, 'the revocation list was answered with 404'],
    ['no list', async () => Buffer.from('<html>'), ''],
    [
      'signed by somebody else',
      async () => revocationList(root, [], { signer: await certify('CN=Root', { kind }) }),
      'the signature of the revocation list is wrong',
    ],
    [
      'that of another issuer',
      async () => revocationList(await certify('CN=Other', { kind }), []),
      'the revocation list is of another issuer',
    ],
    [
      'too old',
      async () =>
        revocationList(root, [], {
          thisUpdate: new Date(Date.now() - 2 * hour),
          nextUpdate: new Date(Date.now() - hour),
        }),
      'the revocation list is not valid at this time',
    ],
    [
      'of the future',
      async () =>
        revocationList(root, [], {
          thisUpdate: new Date(Date.now() + hour),
          nextUpdate: new Date(Date.now() + 2 * hour),
        }),
      'the revocation list is not valid at this time',
    ],
    [
      'partial',
      async () =>
        revocationList(root, [], {
          extensions: [new Extension('2.5.29.28', true, Buffer.from('30038101ff', 'hex'))],
        }),
      'the revocation list is partial',
    ],
  ])('are never left out: one is %s', async (_what, file, problem) => {
    const bytes = await file()
    if (bytes !== undefined) files.set('/crl', bytes)
    const verdict = await check(await named(root, ['/crl']))
    expect(verdict).toMatchObject({ kind: 'untrusted', problem: expect.stringContaining(problem) })
  })

  test('are never left out: a certificate names none, or has no issuer', async () => {
    const ldap = new CRLDistributionPointsExtension(['ldap://127.0.0.1/cn=crl'])
    const byLdap = await certify('CN=kim', { kind, issuer: root, extensions: [ldap] })
    const problem = 'the certificate names no revocation list that can be read'
    expect(await check(kim)).toEqual({ kind: 'untrusted', problem })
    expect(await check(byLdap)).toEqual({ kind: 'untrusted', problem })
    expect(await check(root)).toMatchObject({ kind: 'untrusted' })
  })

  test('are not read from an issuer that may not sign them', async () => {
    const usages = new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true)
    const issuer = await certify('CN=Quiet', { kind, extensions: [usages] })
    files.set('/crl', await revocationList(issuer, []))
    const own = await named(issuer, ['/crl'])
    const revocation = { parameters: '', isCached: false }
    expect(
      await portWith().check(own.pem, { trusted: issuer.pem, dates: true, revocation, now: Date.now() }),
    ).toEqual({ kind: 'untrusted', problem: 'the issuer may not sign revocation lists' })
  })

  test('are not read from private hosts that are not listed, and not beyond a size', async () => {
    files.set('/crl', await revocationList(root, []))
    const own = await named(root, ['/crl'])
    expect(await check(own, { certificates: portWith([]) })).toMatchObject({ kind: 'untrusted' })
    expect(asked).toEqual([])
    expect(await check(own, { certificates: portWith([host], 10) })).toMatchObject({ kind: 'untrusted' })
  })

  test('are asked for with the parameters, and not before the path is trusted', async () => {
    files.set('/crl', await revocationList(root, []))
    const own = await named(root, ['/crl'])
    expect(await check(own, { parameters: 'a=1,b=x y' })).toEqual({ kind: 'valid' })
    expect(asked).toEqual(['/crl?a=1&b=x+y'])
    const stranger = await named(await certify('CN=Root', { kind }), ['/crl'])
    expect(await check(stranger)).toMatchObject({ kind: 'untrusted' })
    expect(asked).toHaveLength(1)
  })

  test('are kept until they end, for each issuer, and only if the node wants it', async () => {
    const certificates = portWith()
    const now = Date.now()
    files.set('/crl', await revocationList(root, [], { nextUpdate: new Date(now + hour / 2) }))
    const own = await named(root, ['/crl'])
    const checkAt = (time: number, isCached = true) =>
      certificates.check(own.pem, {
        trusted: root.pem,
        dates: false,
        revocation: { parameters: '', isCached },
        now: time,
      })
    await checkAt(now)
    expect(await checkAt(now + 1000)).toEqual({ kind: 'valid' })
    expect(asked).toHaveLength(1)
    files.set('/crl', await revocationList(root, ['0a'], { nextUpdate: new Date(now + 2 * hour) }))
    expect(await checkAt(now, false)).toMatchObject({ kind: 'revoked' })
    expect(await checkAt(now + hour / 2 + 2000)).toMatchObject({ kind: 'revoked' })
  })
})

test('reads subject and alternative names', async () => {
  const extension = new SubjectAlternativeNameExtension([
    { type: 'email', value: 'kim@example.com' },
    { type: 'upn', value: 'kim@corp.example.com' },
    { type: 'dns', value: 'kim.example.com' },
  ])
  const subject = 'C=US, O="Ex, ample", 0.9.2342.19200300.100.1.1=k1, E=k@example.com, CN=kim, CN=kimberly'
  const { pem } = await certify(subject, { kind, issuer: root, extensions: [extension] })
  const names = await port.names(pem)
  expect(names.dn).toBe('CN=kimberly,CN=kim,E=k@example.com,UID=k1,O=Ex\\, ample,C=US')
  expect(Object.fromEntries(names.subject)).toEqual({
    C: ['US'],
    O: ['Ex, ample'],
    UID: ['k1'],
    EMAILADDRESS: ['k@example.com'],
    CN: ['kim', 'kimberly'],
  })
  expect(names).toMatchObject({ emails: ['kim@example.com'], principals: ['kim@corp.example.com'] })
})
