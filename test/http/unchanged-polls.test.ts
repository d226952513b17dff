import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  agentOpens,
  agentWatches,
  callerOpens,
  letAnyoneStartChecks,
  linkOf,
  message,
} from '../support/help-desk-play.ts'
import { saveJourney, saveVariant, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, startJourney, stepOf, type WireAnswer } from '../support/wire.ts'

const wait = (config: object = {}) => ({
  type: 'PollingWaitNode',
  config: { secondsToWait: 0, ...config },
})
const count = `
nodeState.putShared("count", (nodeState.get("count") || 0) + 1);
action.goTo("next");`
const tell = `
nodeState.putShared("told", { text: "Still here" });
action.goTo("next");`

let server: TestServer
let url: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveVariant(stores, 'HelpDesk', 'HelpDeskQuick', {
      PollingWaitNode: { secondsToWait: 0 },
      BackChannelInitNode: { tree: 'Tells' },
    })
    await saveJourney(stores, 'Waits', { wait: { ...wait(), to: { DONE: 'wait' } } })
    await saveJourney(stores, 'CountsReturns', {
      wait: { ...wait({ spamDetectionEnabled: true, spamDetectionTolerance: 9 }), to: { DONE: 'wait' } },
    })
    await saveJourney(stores, 'Counts', {
      wait: { ...wait(), to: { DONE: 'count' } },
      count: await scripted(stores, 'count', count, { next: 'wait' }),
    })
    await saveJourney(stores, 'SetsCookie', {
      wait: { ...wait(), to: { DONE: 'cookie' } },
      cookie: {
        type: 'SetCustomCookieNode',
        config: { name: 'polled', value: 'yes', maxAge: 60 },
        to: { outcome: 'wait' },
      },
    })
    await saveJourney(stores, 'Tells', {
      wait: { ...wait(), to: { DONE: 'tell' } },
      tell: await scripted(stores, 'tell', tell, { next: 'notify' }),
      notify: {
        type: 'BackchannelNotificationNode',
        config: { dataKey: 'told' },
        to: { success: 'wait', error: 'failure' },
      },
    })
  })
  url = server.url
  await letAnyoneStartChecks(url)
})

afterAll(() => server.stop())

const authIdOf = (page: WireAnswer) => stepOf(page).authId

/** Polls `times` times. @returns the number of different authIds among the responses. */
async function polled(first: WireAnswer, times: number): Promise<number> {
  const authIds = new Set<string>()
  let page = first
  for (let poll = 0; poll < times; poll++) {
    page = await answerStep(url, page)
    authIds.add(authIdOf(page))
  }
  return authIds.size
}

test('a poll without news gets the same response under the same authId', async () => {
  const saved = await answerStep(url, await startJourney(url, 'Waits'))
  const again = await answerStep(url, saved)
  expect(again).toMatchObject({ status: 200, body: saved.body })
  expect(await polled(again, 3)).toBe(1)
})

test.each([
  ['whose early returns are counted', 'CountsReturns'],
  ['in a loop that changes state', 'Counts'],
  ['in a loop that sets a cookie', 'SetsCookie'],
])('a page %s gets a new authId with each poll', async (_what, journey) => {
  expect(await polled(await startJourney(url, journey), 4)).toBe(4)
})

test('a poll that asks for no session is saved', async () => {
  const saved = await answerStep(url, await startJourney(url, 'Waits'))
  const asking = await answerStep(url, saved, [], { query: '?noSession=true' })
  expect(authIdOf(asking)).not.toBe(authIdOf(saved))
})

test('an agent whose polls brought no news sees the next event', async () => {
  const pending = await answerStep(url, await agentOpens(url, 'HelpDeskQuick'))
  expect(authIdOf(await answerStep(url, pending))).toBe(authIdOf(pending))
  const { id } = await linkOf(url, pending)
  await callerOpens(url, id)
  const progress = await answerStep(url, pending)
  expect(message(progress)).toBe('Authentication in progress...')
  expect(authIdOf(progress)).not.toBe(authIdOf(pending))
  expect((await answerStep(url, pending)).body).toEqual(progress.body)
})

test('every notification of a polling caller reaches the agent', async () => {
  const pending = await agentOpens(url, 'HelpDeskQuick')
  const { id } = await linkOf(url, pending)
  const feed = await agentWatches(url, pending)
  const [snapshot] = await feed.first(1)
  await polled(await callerOpens(url, id), 3)
  const events = (await feed.first(5)).slice(1)
  await feed.leave()
  expect(snapshot?.data.state).toBe('CREATED')
  expect(events.map(({ event }) => event)).toEqual(['state', 'notification', 'notification', 'notification'])
})
