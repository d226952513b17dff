import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { defined } from '../../src/base/defined.ts'
import { main } from '../../src/main.ts'
import { startMailServer } from '../support/mail-server.ts'
import { preparedFolder, saveJourney } from '../support/prepared-folder.ts'
import { RelyingParty } from '../support/relying-party.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, signIn, startJourney, stepOf } from '../support/wire.ts'

const realm = '/realms/root/realms/alpha'
const newMaster = Buffer.alloc(32, 9)

let mail: Awaited<ReturnType<typeof startMailServer>>
let folder: string
let server: TestServer
let port: number
let masterKey: Uint8Array | undefined

beforeAll(async () => {
  mail = await startMailServer()
  folder = await preparedFolder(async (stores) => {
    await saveJourney(stores, 'Reset', {
      ask: { type: 'UsernameCollectorNode', to: { outcome: 'link' } },
      link: {
        type: 'EmailSuspendNode',
        config: { emailTemplateName: 'resetPassword', objectLookup: true, suspendDuration: 5 },
        to: { outcome: 'again' },
      },
      again: { type: 'MessageNode', to: { true: 'success', false: 'failure' } },
    })
    const cookie = { useSecureCookie: false, hmacSigningKey: 'cookie-key-of-larkfield' }
    await saveJourney(
      stores,
      'Remembered',
      {
        known: {
          type: 'PersistentCookieDecisionNode',
          config: cookie,
          to: { true: 'success', false: 'ask' },
        },
        ask: { type: 'UsernameCollectorNode', to: { outcome: 'password' } },
        password: { type: 'PasswordCollectorNode', to: { outcome: 'check' } },
        check: { type: 'DataStoreDecisionNode', to: { true: 'remember', false: 'failure' } },
        remember: { type: 'SetPersistentCookieNode', config: cookie, to: { outcome: 'success' } },
      },
      { noSession: false },
    )
  })
  await start()
  port = Number(new URL(server.url).port)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await server?.stop()
  await mail?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function start() {
  const settings = { smtpUrl: mail.url, masterKey, ...defined({ port }) }
  server = await startServer({ dataFolder: folder, ...settings })
}

const rotate = (...more: string[]) => main(['rotate-keys', ...more], { onReady: () => undefined })

const administrator = async (): Promise<Ask> =>
  asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))

const cookieOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith('session-jwt.'))
    ?.split(';')[0] ?? ''

const suspendedIn = (body: string) =>
  new URL(/href="([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? '').searchParams.get('suspendedId')

/** Starts everything that lasts. @returns a function that finishes it, and fails if any of it was lost. */
async function startEverything(): Promise<() => Promise<void>> {
  const { url } = server
  const session = await signIn(url, 'alex', 'Alex-Pass-2026')
  const started = await answerStep(url, await startJourney(url, 'Remembered'), ['alex'])
  const signedIn = await answerStep(
    url,
    await answerStep(url, await startJourney(url, 'Remembered'), ['dana']),
    ['Dana-Pass-2026'],
  )
  const cookie = cookieOf(signedIn.headers)
  expect(cookie).not.toBe('')
  const count = mail.mails.length
  await answerStep(url, await startJourney(url, 'Reset'), ['alex'])
  const { body: letter } = await mail.arrived(count + 1)
  const web = new RelyingParty(url, 'web', 'web-secret')
  await web.register()
  const tokens = await web.tokens(session)

  return async () => {
    const read = await asking(server.url, session)(`${realm}/sessions?_action=validate`, {
      method: 'POST',
      body: { tokenId: session },
    })
    expect(read.body).toMatchObject({ valid: true })
    const end = await answerStep(server.url, started, ['Alex-Pass-2026'])
    expect(end.body).toHaveProperty('tokenId')
    const remembered = await startJourney(server.url, 'Remembered', { headers: { cookie } })
    expect(remembered.body).toHaveProperty('tokenId')
    const resumed = await authenticate(server.url, { query: `?suspendedId=${suspendedIn(letter)}` })
    expect((await answerStep(server.url, resumed, [0])).status).toBe(200)
    expect(stepOf(resumed).callbacks).not.toHaveLength(0)
    const refreshed = await web.refresh(tokens.refresh_token)
    expect(refreshed.status).toBe(200)
    expect((await web.userinfo(refreshed.body.access_token)).status).toBe(200)
    const published = await (await fetch(`${web.issuer}/connect/jwk_uri`)).json()
    const { kid } = JSON.parse(Buffer.from(tokens.id_token.split('.')[0] ?? '', 'base64url').toString())
    expect(published.keys.map((key: { kid: string }) => key.kid)).toContain(kid)
  }
}

/** Rows of a query in the database of a stopped server. */
function queryRows(query: string): Record<string, unknown>[] {
  const database = new DatabaseSync(join(folder, 'sidegate.db'), { readOnly: true })
  try {
    return database.prepare(query).all()
  } finally {
    database.close()
  }
}

test('new keys in the folder affect no session, sign-in or token', async () => {
  const finish = await startEverything()
  await server.stop()
  await rotate('--data', folder)
  await start()
  const { body } = await (await administrator())('/global-config/keys')
  expect(body.result).toMatchObject([
    { number: 2, isCurrent: true },
    { number: 1, isCurrent: false },
  ])
  expect(JSON.stringify(body)).not.toMatch(/[\w-]{40}/)
  await finish()
})

test('long-lived secrets are sealed with the newest keys from the next start on', async () => {
  await server.stop()
  const lasting = [
    ...queryRows("select config as sealed from nodes where config like '%sealed:%'"),
    ...queryRows('select sealed_secret as sealed from oauth_clients where sealed_secret is not null'),
    ...queryRows("select sealed from secrets where name like 'oauth signing keys%'"),
  ]
  expect(lasting.length).toBeGreaterThan(3)
  for (const { sealed } of lasting) expect(sealed).toMatch(/v2\.2\./)
  expect(queryRows("select name from secrets where name like 'oauth signing keys%/alpha'")).toHaveLength(2)
  await start()
})

test('a new master key opens the keys, and the former one no longer does', async () => {
  const finish = await startEverything()
  await server.stop()
  const before = JSON.parse(readFileSync(join(folder, 'keys'), 'utf8')).rootKey
  vi.stubEnv('SIDEGATE_NEW_MASTER_KEY', newMaster.toString('base64url'))
  await rotate('--data', folder)
  vi.unstubAllEnvs()
  expect(existsSync(join(folder, 'keys'))).toBe(false)

  await expect(start()).rejects.toThrow(/written with another key/)
  expect(existsSync(join(folder, 'keys'))).toBe(false)
  masterKey = Buffer.from(before, 'base64url')
  await expect(start()).rejects.toThrow(/written with another key/)
  masterKey = newMaster
  await start()
  await finish()
})

test('a running server creates keys that become active once every server knows them, which is audited', async () => {
  const ask = await administrator()
  const rotated = await ask('/global-config/keys?_action=rotate', { method: 'POST', body: {} })
  expect(rotated.status).toBe(200)
  const [newest, current] = rotated.body.result
  expect(newest).toMatchObject({ number: 4, isCurrent: false })
  // Every server reads new keys once a minute.
  expect(newest.activeAt - newest.madeAt).toBeGreaterThan(60_000)
  expect(current).toMatchObject({ number: 3, isCurrent: true })
  const [entry] = await audited(ask, 'event=AM-CONFIG-CHANGE', '/realms/root')
  expect(entry).toMatchObject({ result: 'SUCCESSFUL', what: { operation: 'ACTION', action: 'rotate' } })
  expect(
    (await ask('/global-config/keys', { as: await signIn(server.url, 'alex', 'Alex-Pass-2026') })).status,
  ).toBe(403)
})

test('the command line asks a running server, which accepts no master key', async () => {
  vi.stubEnv('SIDEGATE_URL', server.url)
  vi.stubEnv('SIDEGATE_ADMIN_PASSWORD', adminPassword)
  await rotate()
  const { body } = await (await administrator())('/global-config/keys')
  expect(body.result[0].number).toBe(5)
  vi.stubEnv('SIDEGATE_NEW_MASTER_KEY', newMaster.toString('base64url'))
  const exitCode = process.exitCode
  await rotate()
  expect(process.exitCode).toBe(2)
  process.exitCode = exitCode
  expect((await (await administrator())('/global-config/keys')).body.result[0].number).toBe(5)
})
