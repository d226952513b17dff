import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Certified, certify } from '../../../../test/support/certificates.ts'
import {
  administrator,
  type DirectoryServer,
  startDirectory,
  suffix,
} from '../../../../test/support/directory-server.ts'
import { directories, ldapFence } from '../directories.ts'

let directory: DirectoryServer
let kim: Certified
let lee: Certified

beforeAll(async () => {
  kim = await certify('CN=kim')
  lee = await certify('CN=lee')
  const person = (name: string, certificate: string) =>
    `dn: cn=${name},${suffix}\nobjectClass: inetOrgPerson\ncn: ${name}\nsn: ${name}\nuserCertificate;binary:: ${certificate}\n`
  directory = await startDirectory(
    [
      `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n`,
      person('kim', kim.base64),
      person('lee', kim.base64),
    ].join('\n'),
  )
})
afterAll(() => directory.stop())

const holds = (value: string, { pem }: Certified, more: object = {}) =>
  directories(ldapFence(['127.0.0.1'])).holdsCertificate(
    {
      servers: [directory.address],
      connection: 'LDAP',
      bindDn: administrator.dn,
      bindPassword: administrator.password,
      baseDns: [`local|${suffix}`],
      attribute: 'cn',
      value,
      ...more,
    },
    pem,
  )

test('finds exactly this certificate, in an entry with this name', async () => {
  expect(await holds('kim', kim)).toBe(true)
  expect(await holds('lee', lee)).toBe(false)
  expect(await holds('*', kim)).toBe(false)
  expect(await holds('kim)(cn=*', kim)).toBe(false)
  expect(await holds('kim', kim, { baseDns: [] })).toBe(false)
})

test('fails without a directory that answers', async () => {
  await expect(holds('kim', kim, { bindPassword: 'wrong' })).rejects.toThrow()
  await expect(holds('kim', kim, { servers: [] })).rejects.toThrow('no directory server is configured')
  await expect(holds('kim', kim, { connection: 'LDAPS', servers: [directory.tlsAddress] })).rejects.toThrow()
})
