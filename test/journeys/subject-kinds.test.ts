import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleIdentity } from '../../src/store/contract/examples.ts'
import { backchannel, newBackchannelToken } from '../support/backchannel-client.ts'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, output, startJourney } from '../support/wire.ts'

let server: TestServer
let token: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await stores.identities.create(exampleIdentity({ userName: 'gateway', kind: 'agent', roles: [] }))
    for (const idType of ['USER', 'AGENT']) {
      const saying = (text: string) => ({
        type: 'MessageNode',
        config: { message: { en: text } },
        to: { true: 'success', false: 'failure' },
      })
      await saveJourney(stores, idType, {
        ask: { type: 'UsernameCollectorNode', to: { outcome: 'open' } },
        open: {
          type: 'BackChannelInitNode',
          config: { tree: 'Login', idType, usernameKey: 'username' },
          to: { created: 'created', unknown: 'unknown', error: 'failure' },
        },
        created: saying('Created'),
        unknown: saying('Unknown Subject'),
      })
    }
  })
  token = await newBackchannelToken(server.url)
})

afterAll(() => server.stop())

// Dana is a person with a help-desk role, not an agent in the vendor's sense.
const cases = [
  ['USER', 'alex', true],
  ['USER', 'dana', true],
  ['USER', 'gateway', false],
  ['AGENT', 'gateway', true],
  ['AGENT', 'alex', false],
  ['AGENT', 'dana', false],
] as const

test.each(cases)('Backchannel Initialize for %s %s finds the subject: %s', async (idType, name, isKnown) => {
  const answered = await answerStep(server.url, await startJourney(server.url, idType), [name])
  expect(output(answered, 'message')).toBe(isKnown ? 'Created' : 'Unknown Subject')
})

test.each(cases)('initialize over REST for %s %s finds the subject: %s', async (idType, name, isKnown) => {
  const type = idType.toLowerCase()
  const body = { type: 'service', value: 'Login', subject: { type, name } }
  const opened = await backchannel(server.url, 'initialize', body, { token })
  expect(opened.status).toBe(isKnown ? 200 : 400)
  if (!isKnown) return expect(opened.body.message).toMatch(/^subject.name: not found in this realm/)
  const { body: info } = await backchannel(
    server.url,
    'info',
    { transaction: opened.body.transaction },
    { token },
  )
  expect(info.subject).toEqual({ type, name })
})
