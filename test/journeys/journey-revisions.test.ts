import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { failureId, successId } from '../../src/engine/journey.ts'
import { signInAsAdministrator } from '../support/backchannel-client.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, authenticate, output, startJourney } from '../support/wire.ts'

const say = (text: string) => `
if (callbacks.isEmpty()) callbacksBuilder.textOutputCallback(0, "${text}");
else action.goTo("next");`

const names = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth']
let server: TestServer
let url: string
let administrator: string
/** Each test changes its own journey. */
let journey: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    for (const name of names) {
      await saveJourney(stores, name, {
        ask: await scripted(stores, `${name} ask`, say('asked'), { next: 'show' }),
        show: await scripted(stores, `${name} show`, say('shown as before'), { next: 'success' }),
      })
      await saveJourney(stores, `Around ${name}`, {
        inner: {
          type: 'InnerTreeEvaluatorNode',
          config: { tree: name, displayErrorOutcome: false },
          to: { true: 'success', false: 'failure' },
        },
      })
    }
  })
  url = server.url
  administrator = await signInAsAdministrator(url)
})

beforeEach(() => {
  journey = names.shift() ?? ''
})

afterAll(() => server.stop())

async function configure(
  method: 'GET' | 'PUT' | 'DELETE',
  path: string,
  body?: JsonObject,
): Promise<JsonObject> {
  const response = await fetch(`${url}/json/realms/root/realms/alpha/${path}`, {
    method,
    headers: { 'content-type': 'application/json', iPlanetDirectoryPro: administrator },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer = (await response.json()) as JsonObject
  expect(response.ok, JSON.stringify(answer)).toBe(true)
  return answer
}

const trees = 'realm-config/authentication/authenticationtrees'
const treeOf = (name: string) => `${trees}/trees/${encodeURIComponent(name)}`

async function saveScript(name: string, source: string): Promise<void> {
  const existing = await configure('GET', `scripts/${encodeURIComponent(name)}`)
  const script = Buffer.from(source).toString('base64')
  await configure('PUT', `scripts/${encodeURIComponent(name)}`, { ...existing, script })
}

/** Connects the entry node to another end. */
async function connectTo(end: string): Promise<void> {
  const { _rev, ...tree } = await configure('GET', treeOf(journey))
  const nodes = Object.entries(tree.nodes as JsonObject).map(([id, node]) => [
    id,
    id === tree.entryNodeId ? { ...(node as JsonObject), connections: { next: end } } : node,
  ])
  await configure('PUT', treeOf(journey), { ...tree, nodes: Object.fromEntries(nodes) })
}

test('saving a journey doesn’t affect running sign-ins, and the next one uses it', async () => {
  const underWay = await startJourney(url, journey)
  await connectTo(failureId)
  const shown = await answerStep(url, underWay)
  expect(output(shown, 'message')).toBe('shown as before')
  expect((await answerStep(url, shown)).status).toBe(200)
  expect((await answerStep(url, await startJourney(url, journey))).status).toBe(401)
})

test('saving a script doesn’t affect running sign-ins, and the next one runs it', async () => {
  const underWay = await startJourney(url, journey)
  await saveScript(`${journey} show`, say('shown again'))
  expect(output(await answerStep(url, underWay), 'message')).toBe('shown as before')
  expect(output(await answerStep(url, await startJourney(url, journey)), 'message')).toBe('shown again')
})

test('an inner journey and its scripts are frozen with the outer one', async () => {
  const underWay = await startJourney(url, `Around ${journey}`)
  await saveScript(`${journey} show`, say('shown again'))
  await connectTo(successId)
  expect(output(await answerStep(url, underWay), 'message')).toBe('shown as before')
  expect((await answerStep(url, await startJourney(url, `Around ${journey}`))).status).toBe(200)
})

test('saving node settings doesn’t affect running sign-ins', async () => {
  const underWay = await startJourney(url, journey)
  const node = `${trees}/nodes/ScriptedDecisionNode/${journey}-show`
  const { _rev, ...settings } = await configure('GET', node)
  await configure('PUT', node, { ...settings, script: `${journey} ask` })
  expect(output(await answerStep(url, underWay), 'message')).toBe('shown as before')
  expect(output(await answerStep(url, await startJourney(url, journey)), 'message')).toBe('asked')
})

test('sign-ins in a disabled or deleted journey can finish, but none can start', async () => {
  const [first, second] = [await startJourney(url, journey), await startJourney(url, journey)]
  const { _rev, ...tree } = await configure('GET', treeOf(journey))
  await configure('PUT', treeOf(journey), { ...tree, enabled: false })
  expect((await answerStep(url, await answerStep(url, first))).status).toBe(200)
  expect((await startJourney(url, journey)).status).toBe(400)
  await configure('DELETE', treeOf(journey))
  expect((await answerStep(url, await answerStep(url, second))).status).toBe(200)
  expect((await startJourney(url, journey)).body).toMatchObject({ message: 'No Configuration found' })
})

test('a journey that is saved back has its former revision', async () => {
  const { _rev, ...tree } = await configure('GET', treeOf(journey))
  await connectTo(failureId)
  await configure('PUT', treeOf(journey), tree)
  const shown = await answerStep(url, await startJourney(url, journey))
  expect((await authenticate(url, { body: shown.body })).status).toBe(200)
})
