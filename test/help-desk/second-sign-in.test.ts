import { afterAll, beforeAll, expect, test } from 'vitest'
import { agentSignsIn, linkOf } from '../support/help-desk-play.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const mira = '5d2b7c1e-6a0f-4f0c-9d43-8e1f0c6b2a71'
const noor = 'c0e4a5f2-3b71-4f5e-8a6d-2f9b7d104c38'
const dana = 'aa1c497b-09de-4eb9-95a0-d1981e9604eb'

let server: TestServer
let ask: Ask
let agent: string

// The second agent signs in at the first agent's desk, to a journey without scripts.
beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    for (const [journey, id] of Object.entries({ VouchesForNoor: noor, VouchesForDana: dana })) {
      const source = `
        nodeState.putShared('username', 'alex')
        nodeState.putShared('about', { vouchFor: 'Somebody', vouchForId: '${id}' })
        action.goTo('next')
      `
      await saveJourney(stores, journey, {
        name: { type: 'UsernameCollectorNode', to: { outcome: 'password' } },
        password: { type: 'PasswordCollectorNode', to: { outcome: 'check' } },
        check: { type: 'DataStoreDecisionNode', to: { true: 'names', false: 'failure' } },
        names: await scripted(stores, journey, source, { next: 'open' }),
        open: {
          type: 'BackChannelInitNode',
          config: { tree: 'VerifyCaller', idType: 'USER', usernameKey: 'username', dataKey: 'about' },
          to: { created: 'success', unknown: 'failure', error: 'failure' },
        },
      })
    }
    await saveJourney(stores, 'TwoSignIns', {
      name: { type: 'UsernameCollectorNode', to: { outcome: 'password' } },
      password: { type: 'PasswordCollectorNode', to: { outcome: 'check' } },
      check: { type: 'DataStoreDecisionNode', to: { true: 'mail', false: 'failure' } },
      mail: {
        type: 'AttributeCollectorNode',
        config: { attributesToCollect: ['mail'] },
        to: { outcome: 'find' },
      },
      find: {
        type: 'IdentifyExistingUserNode',
        config: { identifier: 'userName', identityAttribute: 'mail' },
        to: { true: 'open', false: 'failure' },
      },
      open: {
        type: 'BackChannelInitNode',
        config: { tree: 'VerifyCaller', idType: 'USER', usernameKey: 'username' },
        to: { created: 'wait', unknown: 'failure', error: 'failure' },
      },
      wait: { type: 'PollingWaitNode', config: { secondsToWait: 60 }, to: { DONE: 'success' } },
    })
  })
  agent = await agentSignsIn(server.url)
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  const checks = ['TwoSignIns', 'VouchesForNoor', 'VouchesForDana'].map((journey) => ({ journey }))
  const offered = { checks }
  await ask(`${alpha}/realm-config/help-desk`, { method: 'PUT', body: offered })
  const path = `/openidm/managed/alpha_user/${mira}?_action=setRoles`
  await ask(path, { method: 'POST', body: { roles: ['agent'] } })
})
afterAll(() => server.stop())

/** A second agent signs in, for a check of the privileged account of mira. */
function opens(name: string, password: string, query = '') {
  return startsWith('TwoSignIns', [name, password, 'mira@example.com'], query)
}

async function startsWith(journey: string, values: readonly string[], query = '') {
  const headers = { iplanetdirectorypro: agent }
  let page = await startJourney(server.url, journey, { query: `&ForceAuth=true${query}`, headers })
  for (const value of values) page = await answerStep(server.url, page, [value], { headers })
  return page
}

test('a second agent can sign in to the journey of the first', async () => {
  const { reference } = await linkOf(server.url, await opens('noor', 'Noor-Pass-2026'))
  const { body } = await ask(`${alpha}/help-desk/verifications/${reference}`, { as: agent })
  expect(body).toMatchObject({ subject: 'Mira Marlow', agent: 'Dana Desk', secondAgent: 'Noor Night' })
})

test.each([
  ['the first agent', 'dana', 'Dana-Pass-2026'],
  ['the caller', 'mira', 'Mira-Pass-2026'],
  ['no agent', 'alex', 'Alex-Pass-2026'],
])('the second agent is not %s', async (_who, name, password) => {
  const end = await opens(name, password)
  expect(end).toMatchObject({ status: 401, body: { detail: { problem: 'needsSecondAgent' } } })
})

test.each([
  ['the person that the agent picked', () => opens('noor', 'Noor-Pass-2026', `&chosenPerson=${noor}`)],
  ['the person vouched for', () => startsWith('VouchesForNoor', ['noor', 'Noor-Pass-2026'])],
])('the second agent is not %s', async (_who, start) => {
  expect(await start()).toMatchObject({ status: 401, body: { detail: { problem: 'needsSecondAgent' } } })
})

test('an agent has nobody vouch for themself', async () => {
  const end = await startsWith('VouchesForDana', ['noor', 'Noor-Pass-2026'])
  expect(end).toMatchObject({ status: 401, body: { detail: { problem: 'self' } } })
})

test('a person whose password has to be changed first is no second agent', async () => {
  const password = 'Seen-By-Others-1'
  const path = `/openidm/managed/alpha_user/${noor}?_action=resetPassword`
  await ask(path, { method: 'POST', body: { password } })
  const end = await opens('noor', password)
  expect(end).toMatchObject({ status: 401, body: { detail: { problem: 'needsSecondAgent' } } })
})
