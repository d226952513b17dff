import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { agentOpens, agentWatches, letAnyoneStartChecks, patient } from '../support/help-desk-play.ts'
import { type OutsideServer, startOutside } from '../support/outside-server.ts'
import { preparedFolder, saveJourney, scripted } from '../support/prepared-folder.ts'
import { ServerProcess } from '../support/server-process.ts'
import { answerStep, startJourney } from '../support/wire.ts'

let folder: string
let outside: OutsideServer
beforeAll(async () => {
  outside = await startOutside()
  folder = await preparedFolder(async (stores) => {
    const source = `httpClient.send('http://${outside.host}/slow', {}); action.goTo('true')`
    await saveJourney(stores, 'CallsOutside', {
      call: await scripted(stores, 'CallsOutside', source, { true: 'success' }),
    })
  })
})
afterAll(async () => {
  await outside.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Starts a server with an open step, which ends once `outside` answers. */
async function startBusy(settings: Record<string, string> = {}) {
  const environment = { SIDEGATE_HTTP_ALLOW: outside.host, ...settings }
  const server = await ServerProcess.start(folder, { environment })
  onTestFinished(() => server.kill())
  await letAnyoneStartChecks(server.url)
  outside.hold()
  const before = outside.calls.length
  const step = startJourney(server.url, 'CallsOutside').catch(() => undefined)
  await outside.called(before + 1)
  return { server, step }
}

test('SIGTERM makes a server report it, close feeds, finish its steps and exit', async () => {
  const { server, step } = await startBusy({ SIDEGATE_STOP_DELAY_SECONDS: '1' })
  const page = await agentOpens(server.url)
  const feed = await agentWatches(server.url, page)
  await feed.first(1)
  const held = answerStep(server.url, page, [], patient)
  const health = async (name: string) => {
    const answer = await fetch(`${server.url}/json/health/${name}`)
    return [answer.status, await answer.json()]
  }
  expect(await health('ready')).toEqual([200, { status: 'UP' }])

  server.signal('SIGTERM')
  const stopping = { code: 503, reason: 'Service Unavailable', message: 'The server is shutting down' }
  await expect.poll(() => health('ready'), { interval: 10 }).toEqual([503, stopping])
  // Requests are still served until the load balancer notices.
  expect(await health('live')).toEqual([200, { status: 'UP' }])

  await feed.closed
  expect(feed.retryAfter).toBeGreaterThanOrEqual(200)
  expect((await held).body.callbacks?.[0]?.type).toBe('PollingWaitCallback')
  await expect(fetch(`${server.url}/json/health/live`)).rejects.toThrow('fetch failed')

  outside.release()
  expect((await step)?.body.successUrl).toBeDefined()
  expect(await server.ended).toEqual([0, null])
})

test('a second signal ends the server at once, even with open requests', async () => {
  const { server, step } = await startBusy()
  const feed = await agentWatches(server.url, await agentOpens(server.url))
  server.signal('SIGTERM')
  await feed.closed
  server.signal('SIGINT')
  expect(await server.ended).toEqual([1, null])
  expect(await step).toBeUndefined()
})

test('a step that takes too long is abandoned, with an error in the log', async () => {
  const { server, step } = await startBusy({ SIDEGATE_STOP_SECONDS: '1' })
  const logged = server.waitForLog('shutdown took too long, exiting')
  server.signal('SIGTERM')
  expect(JSON.parse(await logged)).toMatchObject({ level: 50, seconds: 1 })
  expect(await server.ended).toEqual([1, null])
  expect(await step).toBeUndefined()
})
