import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney, stepOf, type WireAnswer } from '../support/wire.ts'

// What a removed person has begun must not count for a new person with the same name or id.

const people = '/openidm/managed/alpha_user'
const cookie = { useSecureCookie: false, persistentCookieName: 'remember-me' }
const password = 'First-Pass-2026'

/** The nodes of a sign-in with name and password that continues to `next`. */
const passwordThen = (next: string) => ({
  name: { type: 'UsernameCollectorNode', to: { outcome: 'password' } },
  password: { type: 'PasswordCollectorNode', to: { outcome: 'check' } },
  check: { type: 'DataStoreDecisionNode', to: { true: next, false: 'failure' } },
})
const pause = { type: 'MessageNode', to: { true: 'success', false: 'failure' } }

let server: TestServer
let url: string
let ask: Ask
let created = 0

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    const options = { noSession: false }
    await saveJourney(stores, 'Proven', { ...passwordThen('pause'), pause }, options)
    await saveJourney(
      stores,
      'Named',
      { name: { type: 'UsernameCollectorNode', to: { outcome: 'pause' } }, pause },
      options,
    )
    await saveJourney(
      stores,
      'Remember',
      {
        known: {
          type: 'PersistentCookieDecisionNode',
          config: cookie,
          to: { true: 'success', false: 'name' },
        },
        ...passwordThen('remember'),
        remember: { type: 'SetPersistentCookieNode', config: cookie, to: { outcome: 'success' } },
      },
      options,
    )
  })
  url = server.url
  ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
})
afterAll(() => server.stop())

type Made = { id: string; userName: string }

async function make({ id, userName }: Partial<Made> = {}): Promise<Made> {
  const name = userName ?? `leaver${++created}`
  const body = { userName: name, givenName: 'Lea', sn: 'Ver', mail: `${name}@example.com`, password }
  const { status, body: person } = await ask(`${people}?_action=create`, {
    method: 'POST',
    body: { ...body, ...(id === undefined ? {} : { _id: id }) },
  })
  expect(status, person.message).toBe(201)
  return { id: String(person._id), userName: name }
}

const remove = async ({ id }: Made) =>
  expect((await ask(`${people}/${id}`, { method: 'DELETE' })).status).toBe(200)

/** A later person with a name or id of a removed one. */
const successors = {
  name: ({ userName }: Made) => make({ userName }),
  id: ({ id }: Made) => make({ id }),
  'name and id': (former: Made) => make(former),
}

async function paused(journey: 'Proven' | 'Named', userName: string): Promise<WireAnswer> {
  const next = await answerStep(url, await startJourney(url, journey), [userName])
  return journey === 'Proven' ? answerStep(url, next, [password]) : next
}

const rememberMe = ({ headers }: WireAnswer) =>
  headers
    .getSetCookie()
    .find((text) => text.startsWith('remember-me.'))
    ?.split(';')[0] ?? ''

test.each(['Proven', 'Named'] as const)('a removed person gets no session from %s', async (journey) => {
  const leaver = await make()
  const begun = await paused(journey, leaver.userName)
  await remove(leaver)
  const end = await answerStep(url, begun, [0])
  expect(end.status).toBe(401)
  expect(end.body.tokenId).toBeUndefined()
})

test.each([
  ['Proven', 'name'],
  ['Proven', 'name and id'],
  ['Named', 'name'],
  ['Named', 'name and id'],
] as const)('a sign-in with %s ends if another person gets the %s', async (journey, what) => {
  const leaver = await make()
  const begun = await paused(journey, leaver.userName)
  await remove(leaver)
  await successors[what](leaver)
  const end = await answerStep(url, begun, [0])
  expect(end.status).toBe(401)
  expect(end.body.tokenId).toBeUndefined()
})

test.each(['id', 'name and id'] as const)(
  'a persistent cookie ends if another person gets the %s',
  async (what) => {
    const leaver = await make()
    const named = await answerStep(url, await startJourney(url, 'Remember'), [leaver.userName])
    const header = rememberMe(await answerStep(url, named, [password]))
    const withCookie = () => startJourney(url, 'Remember', { headers: { cookie: header } })
    expect((await withCookie()).body.tokenId).toBeDefined()
    await remove(leaver)
    expect(stepOf(await withCookie()).callbacks[0]?.type).toBe('NameCallback')
    await successors[what](leaver)
    expect(stepOf(await withCookie()).callbacks[0]?.type).toBe('NameCallback')
  },
)

test('a person who is created after the journey asked for the name signs in', async () => {
  const userName = `late${++created}`
  const begun = await paused('Named', userName)
  await make({ userName })
  expect((await answerStep(url, begun, [0])).body.tokenId).toBeDefined()
})

test('a person who was renamed gives no name away', async () => {
  const [former, taker] = [await make(), await make()]
  const begun = await paused('Named', former.userName)
  const rename = (id: string, value: string) =>
    ask(`${people}/${id}`, { method: 'PATCH', body: [{ operation: 'replace', field: 'userName', value }] })
  expect((await rename(former.id, `${former.userName}-renamed`)).status).toBe(200)
  expect((await rename(taker.id, former.userName)).status).toBe(200)
  expect((await answerStep(url, begun, [0])).status).toBe(401)
})
