import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  administrator,
  type DirectoryServer,
  freePort,
  startDirectory,
  suffix,
} from '../../../test/support/directory-server.ts'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import { directories, ldapFence } from '../../people/directories/directories.ts'
import { ldapDecision } from './ldap-decision.ts'

const person = (uid: string, more = '') => `dn: uid=${uid},ou=people,${suffix}
objectClass: inetOrgPerson
uid: ${uid}
cn: ${uid}
sn: Lee
mail: ${uid}@example.com
userPassword: open-sesame
${more}
`

const policy = (name: string, more: string) => `dn: cn=${name},ou=policies,${suffix}
objectClass: device
objectClass: pwdPolicy
cn: ${name}
pwdAttribute: userPassword
pwdLockout: TRUE
pwdMaxFailure: 3
pwdMustChange: TRUE
pwdAllowUserChange: TRUE
pwdCheckQuality: 2
${more}
`

const longAgo = (name: string) =>
  `pwdPolicySubentry: cn=${name},ou=policies,${suffix}\npwdChangedTime: 20200101000000Z\n`

const entries = [
  `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n`,
  `dn: ou=people,${suffix}\nobjectClass: organizationalUnit\nou: people\n`,
  `dn: ou=policies,${suffix}\nobjectClass: organizationalUnit\nou: policies\n`,
  policy('default', 'pwdMinLength: 10'),
  policy('short', 'pwdMaxAge: 60'),
  policy('graceful', 'pwdMaxAge: 60\npwdGraceAuthNLimit: 5'),
  person('kim'),
  person('guessed'),
  person('locked', 'pwdAccountLockedTime: 000001010000Z\n'),
  person('reset', 'pwdReset: TRUE\n'),
  person('changing', 'pwdReset: TRUE\n'),
  person('old', longAgo('short')),
  person('graceful', longAgo('graceful')),
  `dn: cn=Lee\\, Ann,ou=people,${suffix}\nobjectClass: inetOrgPerson\ncn: Lee, Ann\nsn: Lee\nuid: ann\nuserPassword: open-sesame\n`,
].join('\n')

let directory: DirectoryServer

beforeAll(async () => {
  directory = await startDirectory(entries)
}, 120_000)

afterAll(() => directory.stop())

function check(
  username: string,
  password: string,
  settings: JsonObject = {},
  more: Partial<Parameters<typeof runNode>[1]> = {},
) {
  return runNode(ldapDecision, {
    config: {
      primaryServers: [directory.address],
      accountSearchBaseDn: [`ou=people,${suffix}`],
      adminDn: administrator.dn,
      adminPassword: administrator.password,
      userProfileAttribute: 'uid',
      searchFilterAttributes: ['uid', 'mail'],
      ldapOperationsTimeout: 5,
      ...settings,
    },
    shared: { username },
    transient: { password },
    ports: { directories: directories(ldapFence(['127.0.0.1'])) },
    ...more,
  })
}

test('rejects a server inside the network unless it is allowed', async () => {
  const at = async (primaryServers: string[]) => {
    const ports = { directories: directories(ldapFence([])) }
    return check('kim', 'Kim-Pass-2026', { primaryServers }, { ports })
  }
  const open = await at([directory.address])
  expect(open.action).toMatchObject({ kind: 'error', message: 'Unable to connect to LDAP server' })
  expect(await at(['127.0.0.1:1'])).toEqual(open)
})

const changing = (old: string, fresh: string, confirmed = fresh, pressed = 0) => ({
  answers: [
    answer('TextOutputCallback'),
    answer('PasswordCallback', old),
    answer('PasswordCallback', fresh),
    answer('PasswordCallback', confirmed),
    answer('ConfirmationCallback', pressed),
  ],
})

const messageOf = ({ action }: Awaited<ReturnType<typeof check>>) => callbacksOf(action)[0]?.output.message

test('takes the outcome TRUE for the right password and identifies the person', async () => {
  const { action, state } = await check('kim', 'open-sesame')
  expect(action).toEqual({ kind: 'goTo', outcome: 'TRUE', identified: { kind: 'user', name: 'kim' } })
  expect(state.shared).toEqual({ username: 'kim' })
})

test('stores the username of a person found by email address', async () => {
  const { state } = await check('kim@example.com', 'open-sesame')
  expect(state.shared.username).toBe('kim')
})

test.each([
  ['a wrong password', 'kim', 'guessed'],
  ['an unknown person', 'nobody', 'open-sesame'],
  ['a blank password, which a directory would treat as anonymous', 'kim', ' '],
  ['no password', 'kim', ''],
  ['no username', '', 'open-sesame'],
  ['a username that is a pattern', 'ki*', 'open-sesame'],
  ['a username that is a filter', 'kim)(uid=*', 'open-sesame'],
])('takes the outcome FALSE for %s', async (_, username, password) => {
  const { action } = await check(username, password)
  expect(action).toEqual({ kind: 'goTo', outcome: 'FALSE', errorMessage: 'Login failure' })
})

test('takes the outcome LOCKED for an account locked by an administrator', async () => {
  const { action } = await check('locked', 'open-sesame')
  const message = 'User Locked Out.'
  expect(action).toEqual({ kind: 'goTo', outcome: 'LOCKED', errorMessage: message, lockoutMessage: message })
})

test('takes the outcome LOCKED after too many wrong passwords', async () => {
  for (let tries = 0; tries < 3; tries++) await check('guessed', 'wrong')
  expect(outcomeOf((await check('guessed', 'open-sesame')).action)).toBe('LOCKED')
})

test('treats a lock as a wrong password without the policy control', async () => {
  expect(outcomeOf((await check('locked', 'open-sesame', { beheraEnabled: false })).action)).toBe('FALSE')
})

test('takes the outcome EXPIRED for an expired password', async () => {
  expect(outcomeOf((await check('old', 'open-sesame')).action)).toBe('EXPIRED')
})

test('asks for a new password after a reset', async () => {
  const ran = await check('reset', 'open-sesame')
  expect(messageOf(ran)).toBe('PASSWORD MUST BE RESET.')
  expect(callbacksOf(ran.action)).toHaveLength(5)
})

test('signs nobody in if a required change is cancelled', async () => {
  const { action } = await check('reset', 'open-sesame', {}, changing('', '', '', 1))
  expect(action).toEqual({ kind: 'goTo', outcome: 'CANCELLED' })
})

test('signs the person in if an advised change is cancelled', async () => {
  const asked = await check('graceful', 'open-sesame', { mixedCaseForPasswordChangeMessages: true })
  expect(messageOf(asked)).toMatch(/^Your password has expired and you have \d grace logins remaining\.$/)
  const { action } = await check(
    'graceful',
    '',
    {},
    { ...changing('', '', '', 1), shared: asked.state.shared },
  )
  expect(action).toEqual({ kind: 'goTo', outcome: 'TRUE', identified: { kind: 'user', name: 'graceful' } })
})

test.each([
  ['is too short for the node', changing('open-sesame', 'short'), 'NEW PASSWORD IS TOO SHORT.'],
  ['is too short for the directory', changing('open-sesame', 'eight888'), 'NEW PASSWORD IS TOO SHORT.'],
  [
    'differs from its confirmation',
    changing('open-sesame', 'correct horse', 'correct house'),
    'THE PASSWORD AND THE CONFIRM PASSWORD DO NOT MATCH.',
  ],
  [
    'comes with a wrong old one',
    changing('guessed', 'correct horse'),
    'THE PASSWORD YOU ENTERED IS INVALID.',
  ],
])('asks again for a new password that %s', async (_, answers, message) => {
  expect(messageOf(await check('reset', 'open-sesame', {}, answers))).toBe(message)
})

test('sets a valid new password in the directory', async () => {
  const changed = await check('changing', 'open-sesame', {}, changing('open-sesame', 'correct horse'))
  expect(outcomeOf(changed.action)).toBe('TRUE')
  expect(changed.state.transient).toEqual({ password: 'correct horse' })
  expect(outcomeOf((await check('changing', 'correct horse')).action)).toBe('TRUE')
  expect(outcomeOf((await check('changing', 'open-sesame')).action)).toBe('FALSE')
})

test.each([
  ['the first value of the DN', true, 'Lee, Ann'],
  ['the profile attribute', false, 'ann'],
])('takes the username from %s', async (_, returnUserDn, name) => {
  const { state } = await check('ann', 'open-sesame', { returnUserDn })
  expect(state.shared.username).toBe(name)
})

test('stores attributes for a new profile in state', async () => {
  const { state } = await check('kim', 'open-sesame', { userCreationAttrs: ['mail', 'sn|lastName', 'title'] })
  expect(state.shared.userInfo).toEqual({
    attributes: { mail: ['kim@example.com'], lastName: ['Lee'], title: [] },
    userNames: { username: ['kim'] },
  })
})

test.each([
  ['one level finds direct children', { searchScope: 'ONE_LEVEL' }, 'TRUE'],
  ['one level finds no deeper entries', { searchScope: 'ONE_LEVEL', accountSearchBaseDn: [suffix] }, 'FALSE'],
  ['one object is named after the user', { searchScope: 'OBJECT', searchFilterAttributes: ['uid'] }, 'TRUE'],
  ['a filter excludes others', { userSearchFilter: '(mail=lee@*)' }, 'FALSE'],
  ['a filter includes matching entries', { userSearchFilter: '(mail=*@example.com)' }, 'TRUE'],
])('search scope and filter: %s', async (_, settings, outcome) => {
  expect(outcomeOf((await check('kim', 'open-sesame', settings)).action)).toBe(outcome)
})

test('a name that no object has takes the outcome FALSE after every base, as a wrong password does', async () => {
  const settings = { searchScope: 'OBJECT', searchFilterAttributes: ['uid'] }
  expect(outcomeOf((await check('nobody', 'open-sesame', settings)).action)).toBe('FALSE')
  const accountSearchBaseDn = [`ou=policies,${suffix}`, `ou=people,${suffix}`]
  const second = await check('kim', 'open-sesame', { ...settings, accountSearchBaseDn })
  expect(outcomeOf(second.action)).toBe('TRUE')
})

test('uses a secondary server if no primary server can be reached', async () => {
  const away = `127.0.0.1:${await freePort()}`
  const servers = { primaryServers: [away], secondaryServers: [`here|${directory.address}`] }
  expect(outcomeOf((await check('kim', 'open-sesame', servers)).action)).toBe('TRUE')
})

test.each(['LDAPS', 'START_TLS'])('connects by %s only if the certificate is trusted', async (mode) => {
  const address = mode === 'LDAPS' ? directory.tlsAddress : directory.address
  const settings = { ldapConnectionMode: mode, primaryServers: [address] }
  const trusting = { ...settings, trustAllServerCertificates: true }
  expect(outcomeOf((await check('kim', 'open-sesame', trusting)).action)).toBe('TRUE')
  const { action, log } = await check('kim', 'open-sesame', settings)
  expect(action).toEqual({ kind: 'error', message: 'Unable to connect to LDAP server' })
  expect(log).toEqual([{ level: 'error', message: 'the directory request failed' }])
})

test.each([
  ['no server', { primaryServers: [] }, 'Unable to connect to LDAP server'],
  ['a bind user that is rejected', { adminPassword: 'wrong' }, 'Unable to connect to LDAP server'],
  ['an invalid filter', { userSearchFilter: '(mail=' }, 'Unable to connect to LDAP server'],
  ['client certificates', { mtlsEnabled: true }, 'mTLS to LDAP servers is not available'],
])('fails for %s', async (_, settings, message) => {
  expect((await check('kim', 'open-sesame', settings)).action).toEqual({ kind: 'error', message })
})
