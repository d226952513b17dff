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
  // A realm created here has the default limits, without the samples' settings.
  dataFolder = await preparedFolder(async (stores) => saveRealm(stores, '/alpha'))
  await start()
})
afterAll(async () => {
  await server.stop()
  rmSync(dataFolder, { recursive: true, force: true })
})
beforeEach(() => setLimits({ maxChecksPerAgent: 10, maxChecksPerPerson: 3 }))

async function start() {
  server = await startServer({ dataFolder })
  ask = asking(server.url, await signInAsAdministrator(server.url))
  dana = await agentSignsIn(server.url)
}

const setLimits = (helpDesk: object) =>
  ask(`${alpha}/realm-config/help-desk`, { method: 'PUT', body: helpDesk })

/** Creates a person whose limits are unused. */
async function createPerson(): Promise<string> {
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

/** The session of a new agent, who has started no check yet. */
async function createAgent(): Promise<string> {
  const name = await createPerson()
  await ask(`${people}/${name}?_action=setRoles`, { method: 'POST', body: { roles: ['agent'] } })
  return signIn(server.url, name, password)
}

/** Starts a check as the desk does. */
async function startCheck(person: string, agent: string): Promise<WireAnswer> {
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
  test('of one person are limited to three in an hour over all agents; the fourth gets Retry-After', async () => {
    const person = await createPerson()
    expect(await statuses(3, () => startCheck(person, dana))).toEqual([200, 200, 200])
    const { status, body, headers } = await startCheck(person, await createAgent())
    expect(status).toBe(429)
    expect(body).toMatchObject({
      code: 429,
      reason: 'Too Many Requests',
      message: 'There were too many checks of this person in a short time.',
      detail: { problem: 'tooManyOfPerson', retryAfterSeconds: Number(headers.get('retry-after')) },
    })
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(3600)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(600)
    expect((await startCheck(await createPerson(), dana)).status).toBe(200)
  })

  test('of one agent are limited to ten in ten minutes; other agents are unaffected', async () => {
    await setLimits({ maxChecksPerPerson: 0 })
    const person = await createPerson()
    const agent = await createAgent()
    expect(await statuses(10, () => startCheck(person, agent))).toEqual(Array(10).fill(200))
    const { status, body, headers } = await startCheck(person, agent)
    expect(status).toBe(429)
    expect(body.detail).toMatchObject({ problem: 'tooManyByAgent' })
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(600)
    expect((await startCheck(person, await createAgent())).status).toBe(200)
  })

  test('that start at the same time can’t exceed the limit', async () => {
    const person = await createPerson()
    const agent = await createAgent()
    const answers = await Promise.all(Array.from({ length: 8 }, () => startCheck(person, agent)))
    const counts = Map.groupBy(answers, ({ status }) => status)
    expect([counts.get(200)?.length, counts.get(429)?.length]).toEqual([3, 5])
  })

  test('beyond the limit are audited and not opened', async () => {
    await setLimits({ maxChecksPerPerson: 1 })
    const person = await createPerson()
    await startCheck(person, dana)
    await startCheck(person, dana)
    const [refused] = await audited(ask, 'event=SIDEGATE-VERIFICATION-REFUSED')
    expect(refused).toMatchObject({ whom: { id: person }, result: 'FAILED' })
    const { body } = await ask(`${alpha}/backchannel-transactions?text=${person}`)
    expect(body.result).toHaveLength(1)
  })

  test('are unlimited if the realm sets 0', async () => {
    await setLimits({ maxChecksPerPerson: 0, maxChecksPerAgent: 0 })
    const person = await createPerson()
    const agent = await createAgent()
    expect(await statuses(11, () => startCheck(person, agent))).toEqual(Array(11).fill(200))
  })

  test('still count after a restart', async () => {
    const person = await createPerson()
    await statuses(3, () => startCheck(person, dana))
    await server.stop()
    await start()
    expect((await startCheck(person, dana)).status).toBe(429)
  })
})

test('transactions are limited per client and minute', async () => {
  const one = await newBackchannelToken(server.url)
  const other = await newBackchannelToken(server.url, { id: 'other-client' })
  await ask(`${alpha}/realm-config/settings`, {
    method: 'PUT',
    body: { limits: { transactionsPerClient: 2 } },
  })
  const opens = (token: string, value = 'VerifyCaller') =>
    backchannel(server.url, 'initialize', { type: 'service', value }, { token })
  expect((await opens(one)).status).toBe(200)
  // Requests that fail validation don't count.
  expect((await opens(one, 'Nothing')).status).toBe(400)
  expect((await opens(one)).status).toBe(200)
  const { status, body, headers } = await opens(one)
  expect(status).toBe(429)
  expect(body).toMatchObject({ reason: 'Too Many Requests', detail: { problem: 'tooManyByClient' } })
  expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60)
  expect((await opens(other)).status).toBe(200)
})
