import { once } from 'node:events'
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  agentOpens,
  agentWaits,
  callerOpens,
  callerSignsIn,
  letAnyoneStartChecks,
  linkOf,
  message,
  patient,
} from '../support/help-desk-play.ts'
import { saveVariant } from '../support/prepared-folder.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, filledIn, output, startJourney, stepOf, type WireAnswer } from '../support/wire.ts'

const pendingText = 'Waiting for the caller to open the link...'

let server: TestServer
let url: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveVariant(stores, 'HelpDesk', 'HelpDeskBrief', { BackChannelInitNode: { timeout: 1 } })
    await saveVariant(stores, 'HelpDesk', 'HelpDeskQuick', { PollingWaitNode: { secondsToWait: 1 } })
  })
  url = server.url
  await letAnyoneStartChecks(url)
})

afterAll(() => server.stop())

const preferring = (prefer: string) => ({ headers: { prefer } })

/** Measures an answer in milliseconds. */
async function timed(ask: () => Promise<WireAnswer>): Promise<[WireAnswer, number]> {
  const from = performance.now()
  return [await ask(), performance.now() - from]
}

test('a held answer comes as soon as the transaction changes', async () => {
  const pending = await agentOpens(url)
  const { id } = await linkOf(url, pending)
  let isAnswered = false
  const held = answerStep(url, pending, [], patient).finally(() => {
    isAnswered = true
  })
  // Another journey starts meanwhile, so the held answer doesn't block the server.
  await startJourney(url, 'HelpDesk')
  expect(isAnswered).toBe(false)
  await callerOpens(url, id)
  const [progress, waited] = await timed(() => held)
  expect(message(progress)).toBe('Authentication in progress...')
  expect(waited).toBeLessThan(3000)

  const next = answerStep(url, progress, [], patient)
  await callerSignsIn(url, id)
  expect(message(await agentWaits(url, await next))).toBe('User successfully authenticated')
})

test('a change before the request is answered at once', async () => {
  const pending = await agentOpens(url)
  const { id } = await linkOf(url, pending)
  await callerOpens(url, id)
  const [progress, waited] = await timed(() => answerStep(url, pending, [], patient))
  expect(message(progress)).toBe('Authentication in progress...')
  expect(waited).toBeLessThan(3000)
})

test('without a change the same page comes after the wait', async () => {
  const pending = await agentOpens(url)
  const [answer, waited] = await timed(() => answerStep(url, pending, [], preferring('wait=1')))
  expect(message(answer)).toBe(pendingText)
  expect(waited).toBeGreaterThanOrEqual(990)
  expect(waited).toBeLessThan(3000)
})

test('the expiry of a transaction counts as a change', async () => {
  const pending = await agentOpens(url, 'HelpDeskBrief')
  const [end, waited] = await timed(() => answerStep(url, pending, [], patient))
  expect(end.status).toBe(401)
  expect(waited).toBeLessThan(5000)
})

test.each([
  ['no header', {}],
  ['another preference', preferring('respond-async')],
  ['a wait of zero', preferring('wait=0')],
  ['a wait that isn’t a number', preferring('wait=soon')],
])('with %s an early poll gets the same page, as with AM', async (_case, more) => {
  const pending = await agentOpens(url)
  const { id } = await linkOf(url, pending)
  await callerOpens(url, id)
  const [answer, waited] = await timed(() => answerStep(url, pending, [], more))
  expect(waited).toBeLessThan(900)
  expect(message(answer)).toBe(pendingText)
  expect(output(answer, 'waitTime')).toBe('3000')
  expect(stepOf(answer).authId).toBe(stepOf(pending).authId)
})

test('without the header a poll after the wait time continues', async () => {
  const pending = await agentOpens(url, 'HelpDeskQuick')
  const { id } = await linkOf(url, pending)
  expect(output(pending, 'waitTime')).toBe('1000')
  await callerOpens(url, id)
  await new Promise((resolve) => setTimeout(resolve, 1020))
  expect(message(await answerStep(url, pending))).toBe('Authentication in progress...')
})

test.each(['wait=20', 'respond-async, wait=20', 'Wait="20"', 'wait = 20; foo=bar', 'wait=999999'])(
  'the header is read as RFC 7240 defines it: %s',
  async (prefer) => {
    const pending = await agentOpens(url)
    const { id } = await linkOf(url, pending)
    const held = answerStep(url, pending, [], preferring(prefer))
    await callerOpens(url, id)
    expect(message(await held)).toBe('Authentication in progress...')
  },
)

test('a page that doesn’t wait is answered at once', async () => {
  const start = await startJourney(url, 'HelpDesk')
  const [answer, waited] = await timed(() => answerStep(url, start, ['alex@example.com'], patient))
  expect(message(answer)).toBe(pendingText)
  expect(waited).toBeLessThan(3000)
})

test('a client that disconnects ends the wait and can ask again', async () => {
  const pending = await agentOpens(url)
  const { id } = await linkOf(url, pending)
  const asked = await abandon(pending)
  // The step ends long before its 20 seconds; its nodes then appear in the log.
  await vi.waitFor(() => expect(nodesRunFor(asked)).not.toEqual([]), { timeout: 5000 })

  await callerOpens(url, id)
  const again = await answerStep(url, pending)
  expect(message(again)).toBe(pendingText)
  expect(message(await answerStep(url, again, [], patient))).toBe('Authentication in progress...')
})

function nodesRunFor(correlationId: string) {
  return logLines(server).filter((line) => line.correlationId === correlationId && line.msg === 'node')
}

/** Sends a step with a long wait and disconnects once the server holds it. @returns its correlation id. */
async function abandon(page: WireAnswer): Promise<string> {
  const correlationId = crypto.randomUUID()
  const asking = request(`${url}/json/realms/root/realms/alpha/authenticate`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forgerock-transactionid': correlationId,
      prefer: 'wait=20',
    },
  })
  asking.on('error', () => undefined)
  asking.end(JSON.stringify(filledIn(stepOf(page))))
  await once(asking, 'finish')
  // Requests are handled in order: when this one is answered, the step is held.
  await startJourney(url, 'HelpDesk')
  expect(nodesRunFor(correlationId)).toEqual([])
  asking.destroy()
  return correlationId
}

test('only a page whose answer can be held says so in a header', async () => {
  const pending = await agentOpens(url)
  expect(pending.headers.get('x-sidegate-held')).toBe('wait')
  expect((await startJourney(url, 'HelpDesk')).headers.get('x-sidegate-held')).toBeNull()
  const { id } = await linkOf(url, pending)
  expect((await callerOpens(url, id)).headers.get('x-sidegate-held')).toBeNull()
})
