import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const settings = '/realms/root/realms/alpha/realm-config/settings'
const versions = '/realms/root/realms/alpha/versions/realmSettings/settings'
const token = 'token-of-larkfield'
const mask = '********'

const twilio = { provider: 'twilio', accountSid: `AC${'0'.repeat(32)}`, from: '+15005550006' }
const plain = { provider: 'http', url: 'https://sms.example.com/send', secret: 'secret-of-larkfield' }
const keptPlain = { ...plain, secret: mask }

let server: TestServer
let ask: Ask

beforeAll(async () => {
  server = await startServer()
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
})
afterAll(() => server.stop())

const put = (messaging: object) => ask(settings, { method: 'PUT', body: { messaging } })
const get = async () => (await ask(settings)).body.messaging

/** Whether any file of the data folder contains a text. */
function isOnDisk(text: string): boolean {
  return readdirSync(server.folder).some((name) => readFileSync(join(server.folder, name)).includes(text))
}

test('the secret of a gateway is sealed, and no answer, version or comparison contains it', async () => {
  const saved = await put({ sms: { ...twilio, authToken: token } })
  expect(saved).toMatchObject({ status: 200, body: { messaging: { sms: { authToken: mask } } } })
  expect(await get()).toMatchObject({ sms: { ...twilio, authToken: mask }, voice: null })
  await put({ sms: { ...twilio, authToken: `${token}-2` } })
  const [newest, older] = (await ask(versions)).body.result
  const at = (number: number) => `${versions}/${number}`
  const answers = await Promise.all(
    [at(newest.number), at(older.number), `${at(older.number)}/differences?to=${newest.number}`].map((path) =>
      ask(path),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(JSON.stringify(answers)).not.toMatch(new RegExp(`${token}|sealed:`))
  expect(isOnDisk(token)).toBe(false)
  expect(server.logged()).not.toContain(token)
})

test('an omitted secret stays, and an empty one is refused by providers that need one', async () => {
  await put({ sms: { ...twilio, authToken: token } })
  for (const authToken of [undefined, null, mask]) {
    const sms = { ...twilio, from: '+15005550007', ...(authToken === undefined ? {} : { authToken }) }
    expect((await put({ sms })).body.messaging.sms).toMatchObject({ authToken: mask, from: '+15005550007' })
  }
  const refused = await put({ sms: { ...twilio, authToken: '' } })
  expect(refused).toMatchObject({
    status: 400,
    body: { detail: { 'messaging.sms.authToken': 'must not be empty' } },
  })
  await put({ sms: plain })
  expect((await put({ sms: { ...plain, secret: '' } })).body.messaging.sms.secret).toBeNull()
  expect((await put({ sms: { ...plain, secret: mask } })).body.messaging.sms.secret).toBeNull()
})

test.each([
  [
    { ...twilio, authToken: token },
    { ...twilio, baseUrl: 'https://attacker.example.com' },
  ],
  [
    { ...twilio, authToken: token },
    { ...twilio, accountSid: `AC${'1'.repeat(32)}`, authToken: mask },
  ],
  [plain, { provider: 'http', url: 'https://attacker.example.com/send' }],
  [plain, { provider: 'http', url: 'http://sms.example.com/send' }],
  [plain, { ...keptPlain, body: '{"to": "{{to}}", "text": "{{secret}}"}' }],
  [plain, { ...keptPlain, url: 'https://sms.example.com/send?text={{secret}}' }],
  [plain, { ...keptPlain, headers: { 'x-text': '{{secret}}' } }],
  [plain, { ...keptPlain, method: 'PUT' }],
  [plain, { ...keptPlain, contentType: 'text/plain' }],
  [
    { ...twilio, authToken: token },
    { provider: 'http', url: 'https://attacker.example.com', secret: mask },
  ],
])('nobody can have a stored secret sent elsewhere or in a text: %#', async (before, after) => {
  await put({ sms: before })
  const moved = await put({ sms: after })
  const secret = 'accountSid' in after ? 'authToken' : 'secret'
  expect(moved).toMatchObject({
    status: 400,
    body: { detail: { [`messaging.sms.${secret}`]: expect.stringContaining('must be entered again') } },
  })
  expect(await get()).toMatchObject({ sms: { provider: before.provider } })
})

test.each([
  'https://sms.example{{from}}.com/send',
  'https://{{from}}/send',
  'https://sms.example.com{{from}}',
  'https:\\\\{{from}}/send',
])('the host of a gateway has no placeholders: %s', async (url) => {
  await put({ sms: plain })
  expect(await put({ sms: { ...keptPlain, url, from: '-evil' } })).toMatchObject({
    status: 400,
    body: {
      detail: { 'messaging.sms.url': expect.stringContaining('must have a host without placeholders') },
    },
  })
})

test('what is not sent with the secret can change, and another provider starts without it', async () => {
  await put({ sms: plain })
  const same = await put({ sms: { ...keptPlain, from: 'Larkfield', idPointer: '/id' } })
  expect(same.body.messaging.sms).toMatchObject({ secret: mask, from: 'Larkfield' })
  expect(await put({ sms: twilio })).toMatchObject({ status: 400 })
  const other = await put({ sms: { ...twilio, authToken: token } })
  expect(other.body.messaging.sms.authToken).toBe(mask)
})

test('a gateway that can’t work is refused: without a sender, or with a variable as its secret', async () => {
  expect(await put({ sms: { ...twilio, authToken: token, from: '' } })).toMatchObject({
    status: 400,
    body: { detail: { 'messaging.sms.from': expect.stringContaining('must be a telephone number') } },
  })
  expect(await put({ sms: { ...twilio, authToken: '&{esv.token}' } })).toMatchObject({
    status: 400,
    body: { detail: { 'messaging.sms.authToken': expect.stringContaining('must be the secret itself') } },
  })
})

test('a restored version has its own secret again', async () => {
  await put({ sms: { ...twilio, authToken: token } })
  await put({ sms: null })
  const [, before] = (await ask(versions)).body.result
  const restored = await ask(`${versions}/${before.number}?_action=restore`, { method: 'POST', body: {} })
  expect(restored.status).toBe(200)
  expect((await get()).sms).toMatchObject({ ...twilio, authToken: mask })
})

test('an invalid gateway is refused with the name of the member and what it must be', async () => {
  const unknown = await put({ sms: { provider: 'pigeon' } })
  expect(unknown).toMatchObject({
    status: 400,
    body: { detail: { 'messaging.sms.provider': expect.any(String) } },
  })
  expect(await put({ sms: { ...twilio, accountSid: 'x' } })).toMatchObject({
    status: 400,
    body: { detail: { 'messaging.sms.accountSid': 'must be AC and 32 characters' } },
  })
  expect(await put({ voice: { provider: 'sns' } })).toMatchObject({ status: 400 })
})
