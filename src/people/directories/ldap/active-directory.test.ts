import { InvalidCredentialsError } from 'ldapts'
import { expect, test } from 'vitest'
import { directorySchema } from '../../../realms/directory-settings.ts'
import { bindVerdict } from './bind-verdict.ts'
import { namesIn, personIn, requestedAttributes } from './person-entry.ts'

// Expected values follow Microsoft's documentation: tests run no Active Directory.

const settings = directorySchema.parse({ kind: 'ACTIVE_DIRECTORY' })
const names = namesIn(settings)

const entry = (more: Record<string, string | Buffer | string[]> = {}) => ({
  dn: 'CN=Ines Ferreira,OU=Staff,DC=example,DC=com',
  objectGUID: Buffer.from('00112233445566778899aabbccddeeff', 'hex'),
  sAMAccountName: 'ines',
  givenName: 'Ines',
  sn: 'Ferreira',
  mail: 'ines@example.com',
  telephoneNumber: [],
  userAccountControl: '512',
  ...more,
})

test('identifies people by GUID and takes the account name as username', () => {
  expect(requestedAttributes(names, settings)).toEqual([
    'sAMAccountName',
    'objectGUID',
    'mail',
    'givenName',
    'sn',
    'telephoneNumber',
    'userAccountControl',
  ])
  expect(personIn(entry(), names, settings)).toEqual({
    dn: 'CN=Ines Ferreira,OU=Staff,DC=example,DC=com',
    unique: '00112233445566778899aabbccddeeff',
    userName: 'ines',
    isActive: true,
    attributes: { givenName: 'Ines', sn: 'Ferreira', mail: 'ines@example.com', cn: 'Ines Ferreira' },
  })
})

test('reads disabled accounts as inactive and skips accounts without a name or an id', () => {
  expect(personIn(entry({ userAccountControl: '514' }), names, settings)?.isActive).toBe(false)
  expect(personIn(entry({ sAMAccountName: '' }), names, settings)).toBeUndefined()
  expect(personIn(entry({ objectGUID: [] }), names, settings)).toBeUndefined()
})

test('converts attributes to the types of the schema and keeps others unchanged', () => {
  const attributes = [
    { here: 'mail', there: 'mail' },
    { here: 'frIndexedMultivalued1', there: 'memberOf' },
    { here: 'badge', there: 'employeeID' },
    { here: 'nicknames', there: 'otherNames' },
  ]
  const chosen = directorySchema.parse({ kind: 'ACTIVE_DIRECTORY', attributes })
  const given = entry({
    memberOf: 'CN=Desk',
    employeeID: '42',
    otherNames: ['a', 'b'],
    mail: ['1@x.com', '2@x.com'],
  })
  expect(personIn(given, namesIn(chosen), chosen)?.attributes).toEqual({
    mail: '1@x.com',
    frIndexedMultivalued1: ['CN=Desk'],
    badge: '42',
    nicknames: ['a', 'b'],
  })
})

test.each([
  ['52e', 'wrong'],
  ['525', 'wrong'],
  ['532', 'due'],
  ['773', 'due'],
  ['533', 'locked'],
  ['701', 'locked'],
  ['775', 'locked'],
])('reads a failed bind with data %s as %s', async (code, verdict) => {
  const text = `80090308: LdapErr: DSID-0C09042F, comment: AcceptSecurityContext error, data ${code}, v2580`
  expect(await bindVerdict(() => Promise.reject(new InvalidCredentialsError(text)))).toBe(verdict)
})

test('throws errors that say nothing about the password', async () => {
  await expect(bindVerdict(() => Promise.reject(new Error('reset')))).rejects.toThrow('reset')
})
