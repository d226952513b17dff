import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  administrator,
  type DirectoryServer,
  startDirectory,
  suffix,
} from '../../../test/support/directory-server.ts'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import { directories, ldapFence } from '../../people/directories/directories.ts'
import { adDecision } from './ad-decision.ts'

const person = (uid: string) => `dn: uid=${uid},ou=people,${suffix}
objectClass: inetOrgPerson
uid: ${uid}
cn: ${uid}
sn: Lee
mail: ${uid}@example.com
userPassword: open-sesame
`

const codes = ['525', '52e', '530', '531', '532', '533', '701', '773', '775', '999']

const entries = [
  `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n`,
  `dn: ou=people,${suffix}\nobjectClass: organizationalUnit\nou: people\n`,
  ...['kim', 'reset', 'strict', 'strict-forbidden', ...codes.map((code) => `with-${code}`)].map(person),
].join('\n')

const octets = '1.3.6.1.4.1.1466.115.121.1.40'
const socketPath = join(tmpdir(), `sidegate-ad-${process.pid}.sock`)
let directory: DirectoryServer
let activeDirectory: Server
/** Modifications of passwords, as slapd passes them on. */
const changes: string[] = []

/** What Active Directory answers: a real slapd asks for it at every bind and modification. */
function answerOf(request: string): string {
  const dn = /^dn: (.*)$/m.exec(request)?.[1] ?? ''
  const refusal = (code: string) =>
    `RESULT\ncode: 49\ninfo: 80090308: LdapErr: DSID-0C09042F, comment: AcceptSecurityContext error, data ${code}, v4563\n`
  if (request.startsWith('MODIFY')) {
    changes.push(request)
    if (dn.startsWith('uid=strict-forbidden')) return 'RESULT\ncode: 50\ninfo: 00000005: SecErr\n'
    return dn.startsWith('uid=strict')
      ? 'RESULT\ncode: 53\ninfo: 0000052D: WILL_NOT_PERFORM\n'
      : 'RESULT\ncode: 0\n'
  }
  const code = /^uid=with-(\w+),/.exec(dn)?.[1]
  if (code !== undefined) return refusal(code)
  const isToReset = dn.startsWith('uid=strict') || (dn.startsWith('uid=reset') && changes.length === 0)
  if (!isToReset) return changes.length > 0 && dn.startsWith('uid=reset') ? 'RESULT\ncode: 0\n' : 'CONTINUE\n'
  return refusal(/^cred: (.*)$/m.exec(request)?.[1] === 'open-sesame' ? '773' : '52e')
}

beforeAll(async () => {
  activeDirectory = createServer((socket) => {
    let request = ''
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      request += data.toString()
      if (request.includes('\n\n')) socket.end(answerOf(request))
    })
  }).listen(socketPath)
  await once(activeDirectory, 'listening')
  const overlay = `overlay sock\nsocketpath ${socketPath}\nextensions binddn\nsockops bind modify`
  const password = `attributetype ( 1.2.840.113556.1.4.90 NAME 'unicodePwd' SYNTAX ${octets} )`
  directory = await startDirectory(entries, overlay, `moduleload back_sock\n${password}`)
}, 120_000)

beforeEach(() => {
  changes.length = 0
})

afterAll(async () => {
  await directory.stop()
  activeDirectory.close()
  rmSync(socketPath, { force: true })
})

function check(
  username: string,
  password: string,
  settings: JsonObject = {},
  more: Partial<Parameters<typeof runNode>[1]> = {},
) {
  return runNode(adDecision, {
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

test('takes the outcome TRUE for the right password, and stores who it is', async () => {
  const { action, state } = await check('kim@example.com', 'open-sesame', { userCreationAttrs: ['mail'] })
  expect(action).toEqual({ kind: 'goTo', outcome: 'TRUE', identified: { kind: 'user', name: 'kim' } })
  expect(state.shared).toEqual({
    username: 'kim',
    userInfo: { attributes: { mail: ['kim@example.com'] }, userNames: { username: ['kim'] } },
  })
})

test.each([
  ['a wrong password', 'kim', 'guessed'],
  ['an unknown person', 'nobody', 'open-sesame'],
  ['no password, with which a bind would be anonymous', 'kim', ''],
  ['a blank password', 'kim', ' '],
  ['no username', '', 'open-sesame'],
])('takes the outcome FALSE for %s', async (_, username, password) => {
  const { action } = await check(username, password)
  expect(action).toEqual({ kind: 'goTo', outcome: 'FALSE', errorMessage: 'Login failure' })
})

test.each([
  ['525', 'no such person', 'FALSE'],
  ['52e', 'a wrong password', 'FALSE'],
  ['530', 'no sign-in at this time', 'FALSE'],
  ['531', 'no sign-in at this computer', 'FALSE'],
  ['999', 'a code that Microsoft may add', 'FALSE'],
  ['532', 'an expired password', 'EXPIRED'],
  ['533', 'a disabled account', 'DISABLED'],
  ['701', 'an expired account', 'ACCOUNT_EXPIRED'],
  ['775', 'a locked account', 'LOCKED'],
])('understands data %s, %s, as %s', async (code, _reason, outcome) => {
  const { action } = await check(`with-${code}`, 'open-sesame')
  expect(action).toEqual({ kind: 'goTo', outcome, errorMessage: 'Login failure' })
})

test('tells people that their account is locked if the setting says so', async () => {
  const { action } = await check('with-775', 'open-sesame', { returnAccountLockedMessage: true })
  const message = 'Account locked'
  expect(action).toEqual({ kind: 'goTo', outcome: 'LOCKED', errorMessage: message, lockoutMessage: message })
})

test('asks for a new password after a reset', async () => {
  const ran = await check('reset', 'open-sesame')
  expect(messageOf(ran)).toBe('PASSWORD MUST BE RESET.')
  expect(callbacksOf(ran.action)).toHaveLength(5)
  expect(ran.state.shared).toMatchObject({ lastModuleState: 'changeAfterReset' })
  expect(messageOf(await check('reset', 'open-sesame', { mixedCaseForPasswordChangeMessages: true }))).toBe(
    'Password must be reset.',
  )
})

test('signs nobody in who cancels the change', async () => {
  const { action } = await check('reset', 'open-sesame', {}, changing('', '', '', 1))
  expect(action).toEqual({ kind: 'goTo', outcome: 'CANCELLED' })
  expect(changes).toEqual([])
})

test('changes the password by the old one, in the form of Active Directory', async () => {
  const { action, state } = await check('reset', '', {}, changing('open-sesame', 'correct horse'))
  expect(action).toEqual({ kind: 'goTo', outcome: 'TRUE', identified: { kind: 'user', name: 'reset' } })
  expect(state.transient).toEqual({ password: 'correct horse' })
  const asSent = (text: string) => Buffer.from(`"${text}"`, 'utf16le').toString('base64')
  const [change = ''] = changes
  expect(changes).toHaveLength(1)
  expect(change).toContain(`delete: unicodePwd\nunicodePwd:: ${asSent('open-sesame')}\n`)
  expect(change).toContain(`add: unicodePwd\nunicodePwd:: ${asSent('correct horse')}\n`)
})

test.each([
  ['is too short', 'reset', changing('open-sesame', 'short'), 'NEW PASSWORD IS TOO SHORT.', 0],
  [
    'comes with a wrong old one',
    'reset',
    changing('guessed', 'correct horse'),
    'THE PASSWORD YOU ENTERED IS INVALID.',
    0,
  ],
  [
    'the directory refuses',
    'strict',
    changing('open-sesame', 'correct horse'),
    'NEW PASSWORD DOES NOT MEET THE PASSWORD POLICY REQUIREMENTS.',
    1,
  ],
])('asks again for a new password that %s', async (_, username, answers, message, count) => {
  expect(messageOf(await check(username, 'open-sesame', {}, answers))).toBe(message)
  expect(changes).toHaveLength(count)
})

test('a change signs nobody in whose account is disabled', async () => {
  const { action } = await check('with-533', '', {}, changing('open-sesame', 'correct horse'))
  expect(outcomeOf(action)).toBe('DISABLED')
  expect(changes).toEqual([])
})

test.each([
  ['no server', { primaryServers: [] }, 'Server error'],
  ['a bind user that is rejected', { adminPassword: 'wrong' }, 'Server error'],
  ['client certificates', { mtlsEnabled: true }, 'mTLS to LDAP servers is not available'],
])('fails for %s', async (_, settings, message) => {
  expect((await check('kim', 'open-sesame', settings)).action).toEqual({ kind: 'error', message })
})

test.each([
  ['no account may change the password', 'reset', { adminDn: '', adminPassword: '' }, 0],
  ['its account may not change the password', 'strict-forbidden', {}, 1],
])(
  'says that the server failed, and nothing about the password, if %s',
  async (_case, name, settings, sent) => {
    const { action, log } = await check(
      name,
      'open-sesame',
      settings,
      changing('open-sesame', 'new-Sesame-1'),
    )
    expect(action).toEqual({ kind: 'error', message: 'Server error' })
    expect(log).toEqual([{ level: 'error', message: 'the directory request failed' }])
    expect(changes).toHaveLength(sent)
  },
)
