import { afterAll, beforeAll, expect, test } from 'vitest'
import { agentSignsIn, linkOf } from '../support/help-desk-play.ts'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const mira = '5d2b7c1e-6a0f-4f0c-9d43-8e1f0c6b2a71'

let server: TestServer
let ask: Ask
let agent: string

// The second agent signs in at the first agent's desk, to a journey without scripts.
beforeAll(async () => {
  server = await startPrepared((stores) =>
    saveJourney(stores, 'TwoSignIns', {
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
    }),
  )
  agent = await agentSignsIn(server.url)
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  const offered = { checks: [{ journey: 'TwoSignIns' }] }
  await ask(`${alpha}/realm-config/help-desk`, { method: 'PUT', body: offered })
  const path = `/openidm/managed/alpha_user/${mira}?_action=setRoles`
  await ask(path, { method: 'POST', body: { roles: ['agent'] } })
})
afterAll(() => server.stop())

/** A second agent signs in, for a check of the privileged account of mira. */
async function opens(name: string, password: string) {
  const headers = { iplanetdirectorypro: agent }
  let page = await startJourney(server.url, 'TwoSignIns', { query: '&ForceAuth=true', headers })
  for (const value of [name, password, 'mira@example.com']) {
    page = await answerStep(server.url, page, [value], { headers })
  }
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
