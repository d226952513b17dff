import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, output, startJourney } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const breached = 'Summer-2026!'
const good = 'quiet-lamp-over-7-rivers'

let range: Server
let host: string
let server: TestServer
let ask: Ask
let asked: { path: string; padding: string | undefined }[]
/** If set, the service answers with this status only. */
let status: number | undefined
let created = 0

beforeAll(async () => {
  const hash = createHash('sha1').update(breached).digest('hex').toUpperCase()
  range = createServer((request, response) => {
    asked.push({ path: request.url ?? '', padding: String(request.headers['add-padding']) })
    const padding = `${'0'.repeat(35)}:0\r\n`
    const listed = request.url?.endsWith(hash.slice(0, 5)) ? `${hash.slice(5)}:1204\r\n` : ''
    response.writeHead(status ?? 200, { 'content-type': 'text/plain' }).end(padding + listed)
  }).listen(0, '127.0.0.1')
  await once(range, 'listening')
  host = `127.0.0.1:${(range.address() as AddressInfo).port}`
  const settings = { httpAllow: [host] }
  server = await startPrepared(async (stores) => {
    await saveJourney(stores, 'NewPassword', {
      password: {
        type: 'ValidatedPasswordNode',
        config: { validateInput: true, passwordAttribute: 'password' },
        to: { outcome: 'success' },
      },
    })
  }, settings)
  ask = asking(server.url, await signInAsAdministrator(server.url))
})
afterAll(async () => {
  await server.stop()
  range.close()
})
beforeEach(() => {
  asked = []
  status = undefined
})

const policy = (passwordPolicy: object) =>
  ask(`${alpha}/realm-config/settings`, { method: 'PUT', body: { passwordPolicy } })

const configureService = (breachServiceMustAnswer = false) =>
  policy({ breachService: `http://${host}/range/`, breachServiceMustAnswer })

/** Creates a new person with this password. */
function create(password: string) {
  const userName = `breach${++created}`
  const body = { userName, givenName: 'Some', sn: 'Body', mail: `${userName}@example.com`, password }
  return ask('/openidm/managed/alpha_user?_action=create', { method: 'POST', body })
}

test('without a service no request is sent', async () => {
  await policy({ breachService: '' })
  expect((await create(breached)).status).toBe(201)
  expect(asked).toEqual([])
})

describe('a realm with a service', () => {
  test('rejects a listed password and accepts another', async () => {
    await configureService()
    const refused = await create(breached)
    expect(refused.status).toBe(403)
    expect(refused.body.detail.failedPolicyRequirements).toEqual([
      { property: 'password', policyRequirements: [{ policyRequirement: 'DICTIONARY' }] },
    ])
    expect((await create(good)).status).toBe(201)
    expect(asked.map(({ path }) => path)).toEqual([
      expect.stringMatching(/^\/range\/[0-9A-F]{5}$/),
      expect.stringMatching(/^\/range\/[0-9A-F]{5}$/),
    ])
    expect(asked.map(({ padding }) => padding)).toEqual(['true', 'true'])
  })

  test('rejects it in a journey like any policy', async () => {
    await configureService()
    const page = await startJourney(server.url, 'NewPassword')
    expect(JSON.stringify(output(page, 'policies'))).toContain('"policyRequirements":["DICTIONARY"]')
    const again = await answerStep(server.url, page, [breached])
    expect(output(again, 'failedPolicies')).toEqual([JSON.stringify({ policyRequirement: 'DICTIONARY' })])
    const end = await answerStep(server.url, again, [good])
    expect(end.body.callbacks).toBeUndefined()
    expect(end.status).toBe(200)
  })

  test('accepts a password if the service fails, and logs that without the password', async () => {
    await configureService()
    status = 503
    expect((await create(breached)).status).toBe(201)
    const log = server.logged()
    expect(log).toContain('checking a new password for breaches failed')
    expect(log).not.toContain(breached)
    expect(log).not.toContain(asked[0]?.path.split('/').at(-1) ?? 'nothing was asked')
  })

  test('rejects a password if the service fails and an answer is required', async () => {
    await configureService(true)
    status = 503
    expect((await create(good)).status).toBe(403)
  })

  test('sends no request for a password that is rejected anyway', async () => {
    await configureService()
    expect((await create('short')).status).toBe(403)
    expect(asked).toEqual([])
  })
})

test('a service in a private network is called only if the server’s settings allow it', async () => {
  await policy({ breachService: 'http://127.0.0.2:9/range/', breachServiceMustAnswer: true })
  expect((await create(good)).status).toBe(403)
  expect(server.logged()).toContain('127.0.0.2 is not a host that scripts may reach')
})

test.each(['ftp://range.example.com/', 'range.example.com', 'https://range.example.com/?q='])(
  '%s is not a valid service address',
  async (breachService) => {
    expect((await policy({ breachService })).status).toBe(400)
  },
)
