import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { startGateways } from '../support/message-gateways.ts'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { asking } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, startJourney } from '../support/wire.ts'

let gateways: Awaited<ReturnType<typeof startGateways>>
let server: TestServer

beforeAll(async () => {
  gateways = await startGateways()
  server = await startPrepared(
    (stores) =>
      saveJourney(stores, 'TextCode', {
        name: { type: 'UsernameCollectorNode', to: { outcome: 'make' } },
        make: { type: 'OneTimePasswordGeneratorNode', config: { length: 8 }, to: { outcome: 'send' } },
        send: { type: 'OneTimePasswordSmsSenderNode', to: { outcome: 'ask' } },
        ask: {
          type: 'OneTimePasswordCollectorDecisionNode',
          config: { passwordExpiryTime: 5 },
          to: { true: 'success', false: 'failure' },
        },
      }),
    { httpAllow: [gateways.host] },
  )
})
afterAll(async () => {
  await server.stop()
  await gateways.stop()
})
beforeEach(() =>
  useMessaging({
    sms: gateways.settings.sms.twilio,
    maxCodesPerPerson: 0,
    maxCodesPerAddress: 0,
    maxMessagesPerRealm: 0,
    countries: [],
  }),
)

async function useMessaging(messaging: object) {
  const ask = asking(server.url, await signInAsAdministrator(server.url))
  const path = '/realms/root/realms/alpha/realm-config/settings'
  expect((await ask(path, { method: 'PUT', body: { messaging } })).status).toBe(200)
}

const start = async () => answerStep(server.url, await startJourney(server.url, 'TextCode'), ['alex'])

test('a person signs in with the one-time password from a text message', async () => {
  const before = gateways.received.length
  const page = await start()
  const { to, text } = await gateways.arrived(before + 1)
  expect(to).toBe('+12025550100')
  const [code = ''] = /\d{8}/.exec(text) ?? []
  const done = await answerStep(server.url, page, [code])
  expect(done).toMatchObject({ status: 200, body: { successUrl: expect.any(String) } })
  expect(server.logged()).not.toMatch(new RegExp(`${code}|12025550100`))
})

test('a gateway that is down delays no step, and a wrong password still fails', async () => {
  gateways.state.mood = 'down'
  const page = await start()
  expect(page.status).toBe(200)
  expect((await answerStep(server.url, page, ['00000000'])).status).toBe(401)
  gateways.state.mood = 'fine'
})

test('a number gets only so many one-time passwords, also in concurrent journeys', async () => {
  await useMessaging({ maxCodesPerPerson: 2 })
  const answers = await Promise.all([1, 2, 3, 4, 5].map(start))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 401, 401, 401])
})

test('a client gets only so many one-time passwords, for all numbers', async () => {
  await useMessaging({ maxCodesPerPerson: 0, maxCodesPerAddress: 1 })
  expect([(await start()).status, (await start()).status]).toEqual([200, 401])
})

test('a realm sends only so many messages, with one alarm', async () => {
  await useMessaging({ maxCodesPerAddress: 0, maxMessagesPerRealm: 2 })
  const answers = await Promise.all([1, 2, 3, 4, 5].map(start))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 401, 401, 401])
  expect((await start()).status).toBe(401)
  expect(server.logged().match(/"eventName":"SIDEGATE-MESSAGES-EXHAUSTED"/g)).toHaveLength(1)
})

test('numbers of other countries get no one-time password', async () => {
  await useMessaging({ maxMessagesPerRealm: 0, maxCodesPerAddress: 0, countries: ['DE', 'CA'] })
  expect((await start()).status).toBe(401)
  await useMessaging({ countries: ['DE', 'US'] })
  expect((await start()).status).toBe(200)
})

test('without a gateway the journey fails', async () => {
  await useMessaging({ sms: null })
  expect((await start()).status).toBe(401)
})
