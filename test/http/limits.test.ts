import { rmSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { backchannel, newBackchannelToken, signInAsAdministrator } from '../support/backchannel-client.ts'
import { agentSignsIn } from '../support/help-desk-play.ts'
import { preparedFolder, saveRealm } from '../support/prepared-folder.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney, type WireAnswer } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const people = '/openidm/managed/alpha_user'
const password = 'Pat-Pass-2026'

let dataFolder: string
let server: TestServer
let ask: Ask
let dana: string
let made = 0

beforeAll(async () => {
  // A realm of its own settings keeps the samples' out: the limits are those of any new realm.
  dataFolder = await preparedFolder(async (stores) => saveRealm(stores, '/alpha'))
  await start()
})
afterAll(async () => {
  await server.stop()
  rmSync(dataFolder, { recursive: true, force: true })
})
beforeEach(() => limitsOf({ maxChecksPerAgent: 10, maxChecksPerPerson: 3 }))

async function start() {
  server = await startServer({ dataFolder })
  ask = asking(server.url, await signInAsAdministrator(server.url))
  dana = await agentSignsIn(server.url)
}

const limitsOf = (helpDesk: object) =>
  ask(`${alpha}/realm-config/help-desk`, { method: 'PUT', body: helpDesk })

/** Somebody whom nobody has checked yet. */
async function newPerson(): Promise<string> {
  const name = `person${++made}`
  const body = {
    _id: name,
    userName: name,
    mail: `${name}@example.com`,
    givenName: 'Pat',
    sn: 'Person',
    password,
  }
  expect((await ask(`${people}?_action=create`, { method: 'POST', body })).status).toBe(201)
  return name
}

/** The session of an agent who has begun no check yet. */
async function newAgent(): Promise<string> {
  const name = await newPerson()
  await ask(`${people}/${name}?_action=setRoles`, { method: 'POST', body: { roles: ['agent'] } })
  return signIn(server.url, name, password)
}

/** Begins a check as a desk does. */
async function begins(person: string, agent: string): Promise<WireAnswer> {
  const headers = { iplanetdirectorypro: agent }
  const page = await startJourney(server.url, 'HelpDesk', { query: '&ForceAuth=true', headers })
  return answerStep(server.url, page, [`${person}@example.com`], { headers })
}

async function statuses(count: number, act: () => Promise<WireAnswer>): Promise<number[]> {
  const answers: number[] = []
  for (let done = 0; done < count; done++) answers.push((await act()).status)
  return answers
}

describe('checks', () => {
  test('are three of one person in an hour, whoever asks; the fourth is told how long to wait', async () => {
    const person = await newPerson()
    expect(await statuses(3, () => begins(person, dana))).toEqual([200, 200, 200])
    const { status, body, headers } = await begins(person, await newAgent())
    expect(status).toBe(429)
    expect(body).toMatchObject({
      code: 429,
      reason: 'Too Many Requests',
      message: 'There were too many checks of this person in a short time.',
      detail: { problem: 'tooManyOfPerson', retryAfterSeconds: Number(headers.get('retry-after')) },
    })
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(3600)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(600)
    expect((await begins(await newPerson(), dana)).status).toBe(200)
  })

  test('are ten of one agent in ten minutes; other agents go on', async () => {
    await limitsOf({ maxChecksPerPerson: 0 })
    const person = await newPerson()
    const agent = await newAgent()
    expect(await statuses(10, () => begins(person, agent))).toEqual(Array(10).fill(200))
    const { status, body, headers } = await begins(person, agent)
    expect(status).toBe(429)
    expect(body.detail).toMatchObject({ problem: 'tooManyByAgent' })
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(600)
    expect((await begins(person, await newAgent())).status).toBe(200)
  })

  test('that come at the same time are no more than the limit', async () => {
    const person = await newPerson()
    const agent = await newAgent()
    const answers = await Promise.all(Array.from({ length: 8 }, () => begins(person, agent)))
    const counts = Map.groupBy(answers, ({ status }) => status)
    expect([counts.get(200)?.length, counts.get(429)?.length]).toEqual([3, 5])
  })

  test('that are too many are in the audit book, and none of them is opened', async () => {
    await limitsOf({ maxChecksPerPerson: 1 })
    const person = await newPerson()
    await begins(person, dana)
    await begins(person, dana)
    const [refused] = await audited(ask, 'event=SIDEGATE-VERIFICATION-REFUSED')
    expect(refused).toMatchObject({ whom: { id: person }, result: 'FAILED' })
    const { body } = await ask(`${alpha}/backchannel-transactions?text=${person}`)
    expect(body.result).toHaveLength(1)
  })

  test('are not limited where the realm says 0', async () => {
    await limitsOf({ maxChecksPerPerson: 0, maxChecksPerAgent: 0 })
    const person = await newPerson()
    const agent = await newAgent()
    expect(await statuses(11, () => begins(person, agent))).toEqual(Array(11).fill(200))
  })

  test('are counted on after a restart', async () => {
    const person = await newPerson()
    await statuses(3, () => begins(person, dana))
    await server.stop()
    await start()
    expect((await begins(person, dana)).status).toBe(429)
  })
})

test('clients open as many transactions in a minute as the realm says, each client for itself', async () => {
  const one = await newBackchannelToken(server.url)
  const other = await newBackchannelToken(server.url, { id: 'other-client' })
  await ask(`${alpha}/realm-config/settings`, {
    method: 'PUT',
    body: { limits: { transactionsPerClient: 2 } },
  })
  const opens = (token: string, value = 'VerifyCaller') =>
    backchannel(server.url, 'initialize', { type: 'service', value }, { token })
  expect((await opens(one)).status).toBe(200)
  // What is refused for itself does not count.
  expect((await opens(one, 'Nothing')).status).toBe(400)
  expect((await opens(one)).status).toBe(200)
  const { status, body, headers } = await opens(one)
  expect(status).toBe(429)
  expect(body).toMatchObject({ reason: 'Too Many Requests', detail: { problem: 'tooManyByClient' } })
  expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60)
  expect((await opens(other)).status).toBe(200)
})
