import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { makeThing, type Thing } from '../support/things.ts'
import { answerStep, output, signIn, startJourney, type WireAnswer } from '../support/wire.ts'

let server: TestServer

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    const nodes = (issueRestrictedToken: boolean) => ({
      prove: {
        type: 'IotAuthenticationNode',
        config: { issueRestrictedToken },
        to: { success: 'success', register: 'register', failure: 'failure' },
      },
      register: {
        type: 'IotRegistrationNode',
        config: {
          jwtRegistrationMethod: 'POP_WITHOUT_TRUST',
          createIdentity: true,
          claimToAttributeMapping: { thingType: 'thingType' },
        },
        to: { success: 'success', failure: 'failure' },
      },
    })
    await saveJourney(stores, 'Things', nodes(false), { noSession: false })
    await saveJourney(stores, 'Restricted', nodes(true), { noSession: false })
  })
})

afterAll(() => server.stop())

const challenge = (answer: WireAnswer) => String(output(answer, 'value'))

async function authenticate(journey: string, { authenticate }: Thing): Promise<WireAnswer> {
  const asked = await startJourney(server.url, journey)
  return answerStep(server.url, asked, [await authenticate(challenge(asked), Date.now())])
}

async function whoIs({ body }: WireAnswer) {
  const sessions = `${server.url}/json/realms/root/realms/alpha/sessions?_action=getSessionInfo`
  const info = await fetch(sessions, {
    method: 'POST',
    headers: { 'content-type': 'application/json', iplanetdirectorypro: String(body.tokenId) },
  })
  return { status: info.status, body: (await info.json()) as { username?: string } }
}

test('a thing registers its key and then signs in with it', async () => {
  const thing = await makeThing('lamp')
  const asked = await authenticate('Things', thing)
  expect(output(asked, 'id')).toBe('jwt-pop-registration')
  const registered = await answerStep(server.url, asked, [await thing.register(challenge(asked), Date.now())])
  expect(registered.status).toBe(200)
  const again = await authenticate('Things', thing)
  expect((await whoIs(again)).body.username).toBe((await whoIs(registered)).body.username)

  const token = await signIn(server.url, 'amadmin', adminPassword, '/')
  const filter = encodeURIComponent('userName eq "lamp"')
  const people = await fetch(
    `${server.url.replace(/\/am$/, '')}/openidm/managed/alpha_user?_queryFilter=${filter}`,
    {
      headers: { cookie: `iPlanetDirectoryPro=${token}` },
    },
  )
  expect(await people.json()).toMatchObject({ result: [{ userName: 'lamp', thingType: 'device' }] })
})

test('another thing can’t take the name or sign in without the key', async () => {
  const other = await makeThing('lamp')
  const asked = await authenticate('Things', other)
  // Key ids derive from names, so the known key is used and the signature doesn't match.
  expect(asked.status).toBe(401)
  const renamed = await makeThing('lamp')
  const start = await startJourney(server.url, 'Things')
  const token = await renamed.authenticate(challenge(start), Date.now(), { cnf: { kid: 'new' } })
  const registration = await answerStep(server.url, start, [token])
  expect(output(registration, 'id')).toBe('jwt-pop-registration')
  const taken = await answerStep(server.url, registration, [
    await renamed.register(challenge(registration), Date.now()),
  ])
  expect(taken.status).toBe(401)
})

test('a restricted session signs in no person', async () => {
  const thing = await makeThing('clock')
  const asked = await authenticate('Restricted', thing)
  const token = await thing.register(challenge(asked), Date.now())
  const registered = await answerStep(server.url, asked, [token])
  for (const answer of [registered, await authenticate('Restricted', thing)]) {
    expect(answer.status).toBe(200)
    const { status, body } = await whoIs(answer)
    expect([status, body.username]).toEqual([401, undefined])
  }
  expect((await whoIs(await authenticate('Things', thing))).status).toBe(200)
})
