import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import type { RecordedStep } from '../../src/engine/recorded-step.ts'
import { scriptSchema } from '../../src/scripts/script.ts'
import { type ConsoleClient, consoleClient } from '../support/console-client.ts'
import { preparedFolder, saveJourney, saveRealm, scripted } from '../support/prepared-folder.ts'
import { asking, audited } from '../support/rest.ts'
import { startServer, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney } from '../support/wire.ts'

const password = 'Pa55-is-long'
const spills = `
  logger.warn('the password is ' + nodeState.get('password'))
  logger.info('looked at ' + nodeState.get('username'))
  nodeState.putShared('plain', { greeting: 'Hello', apiToken: 'abc' })
  nodeState.putShared('copied', 'was ' + nodeState.get('password'))
  nodeState.putShared('nested', { deep: [nodeState.get('password')] })
  nodeState.putShared('link', 'https://id.example.com/?token=x')
  nodeState.putShared('home', 'https://id.example.com/home')
  nodeState.putTransient('private', 'only for now')
  nodeState.putShared('long', 'x '.repeat(3000))
  nodeState.remove('gone')
  outcome = 'next'`
const looksAgain = `
  nodeState.putShared('again', nodeState.get('copied'))
  nodeState.putShared('later', nodeState.get('nested'))
  nodeState.putShared('plain', { greeting: 'Bye' })
  outcome = 'next'`
const fails = `var tools = require('Tools')
var name = nodeState.get('username')
if (name == 'library') tools.use()
if (name == 'secret') throw new Error('no: ' + nodeState.get('password'))
nodeStat.get('x')`
const tools = `exports.use = function () {
  throw new Error('not usable')
}`

let server: TestServer
let admin: ConsoleClient
beforeAll(async () => {
  const dataFolder = await preparedFolder(async (stores) => {
    await saveRealm(stores, '/alpha')
    const child = (id: string, type: string) => ({ id, type, version: '1.0', config: {} })
    await stores.configuration.saveNode('/alpha', child('ask-name', 'UsernameCollectorNode'))
    await stores.configuration.saveNode('/alpha', child('ask-password', 'PasswordCollectorNode'))
    const nodes = [
      { _id: 'ask-name', nodeType: 'UsernameCollectorNode', displayName: 'Name' },
      { _id: 'ask-password', nodeType: 'PasswordCollectorNode', displayName: 'Password' },
    ]
    await saveJourney(stores, 'Outer', {
      page: { type: 'PageNode', config: { nodes }, to: { outcome: 'spill' } },
      spill: await scripted(stores, 'Spills', spills, { next: 'inner' }),
      inner: {
        type: 'InnerTreeEvaluatorNode',
        config: { tree: 'Inner' },
        to: { true: 'check', false: 'failure' },
      },
      check: { type: 'DataStoreDecisionNode', to: { true: 'success', false: 'failure' } },
    })
    await saveJourney(stores, 'Inner', {
      say: {
        type: 'MessageNode',
        config: { message: { en: 'Go on' } },
        to: { true: 'look', false: 'failure' },
      },
      look: await scripted(stores, 'Looks', looksAgain, { next: 'success' }),
    })
    await saveJourney(stores, 'Round', {
      wait: await scripted(
        stores,
        'Round',
        `if (callbacks.isEmpty()) callbacksBuilder.textInputCallback('again?')
         else { nodeState.putShared('big', 'lorem ipsum '.repeat(120)); outcome = 'next' }`,
        { next: 'wait' },
      ),
    })
    await saveJourney(stores, 'Fails', {
      page: { type: 'PageNode', config: { nodes }, to: { outcome: 'throw' } },
      throw: await scripted(stores, 'Throws', fails, { next: 'success' }),
    })
    await saveJourney(stores, 'Picks', {
      page: { type: 'PageNode', config: { nodes }, to: { outcome: 'pick' } },
      pick: await scripted(stores, 'Picks', "outcome = nodeState.get('password')", { next: 'success' }),
    })
    await stores.configuration.saveNode('/alpha', child('too-early', 'DataStoreDecisionNode'))
    const early = { _id: 'too-early', nodeType: 'DataStoreDecisionNode', displayName: 'Too early' }
    await saveJourney(stores, 'Early', {
      page: { type: 'PageNode', config: { nodes: [...nodes, early] }, to: {} },
    })
    const library = scriptSchema.parse({ id: 'lib', name: 'Tools', source: tools, context: 'LIBRARY' })
    await stores.scripts.save('/alpha', library)
    await saveJourney(stores, 'Misses', {
      lost: { type: 'ScriptedDecisionNode', config: { script: 'gone', outcomes: [] }, to: {} },
    })
  })
  server = await startServer({ dataFolder, withSamples: false })
  admin = await consoleClient(server.url)
  const person = {
    userName: 'elena',
    givenName: 'Elena',
    sn: 'Marsh',
    mail: 'elena@example.com',
    password,
  }
  const made = await fetch(`${server.url}/../openidm/managed/alpha_user?_action=create`, {
    method: 'POST',
    headers: { iPlanetDirectoryPro: admin.token, 'content-type': 'application/json' },
    body: JSON.stringify(person),
  })
  expect(made.status).toBe(201)
})
afterAll(() => server.stop())

async function watch(body: JsonObject = {}) {
  const issued = await admin.post('journey-sessions?_action=watch', body)
  expect(issued.status).toBe(201)
  return issued.body as { watch: string; key: string; header: string; expiresAt: number }
}
const withKey = (key: string) => ({ headers: { 'x-sidegate-watch': key } })
async function runOf(watched: string) {
  const { body } = await admin.get(`journey-sessions?watch=${watched}`)
  const [found] = body.result as JsonObject[]
  if (found === undefined) return undefined
  const { body: run } = await admin.get(`journey-sessions/${found._id}`)
  return { found, run, steps: run.steps as (RecordedStep & { title: string })[], text: JSON.stringify(run) }
}
const answered = async (journey: string, more = {}) =>
  answerStep(server.url, await startJourney(server.url, journey, more), ['elena', password])

test('a run with a watch key is recorded with its values, but without secrets', async () => {
  const issued = await watch({ journey: 'Outer' })
  expect(issued).toEqual({
    watch: expect.any(String),
    key: expect.any(String),
    header: 'x-sidegate-watch',
    expiresAt: expect.any(Number),
  })
  const message = await answered('Outer', withKey(issued.key))
  const end = await answerStep(server.url, message, [0])
  expect(end.status).toBe(200)
  const { found, run, steps, text } = (await runOf(issued.watch)) ?? expect.fail('the run is not there')
  expect(found).toMatchObject({
    journey: 'Outer',
    outcome: 'success',
    user: 'elena',
    isWatched: true,
    nodes: 8,
  })
  expect(run).toMatchObject({ isWatched: true, isCut: false })
  expect(
    steps.map(({ request, order, journeys, page, nodeId, title, result, outcome, callbacks }) =>
      [request, order, journeys.join('/'), page, nodeId, title, outcome ?? result, callbacks.join()].join(
        ' | ',
      ),
    ),
  ).toEqual([
    '1 | 1 | Outer | Outer-page | ask-name | Username Collector | callbacks | NameCallback',
    '1 | 1 | Outer | Outer-page | ask-password | Password Collector | callbacks | PasswordCallback',
    '1 | 1 | Outer |  | Outer-page | Page Node | callbacks | NameCallback,PasswordCallback',
    '2 | 2 | Outer | Outer-page | ask-name | Username Collector | outcome | ',
    '2 | 2 | Outer | Outer-page | ask-password | Password Collector | outcome | ',
    '2 | 2 | Outer |  | Outer-page | Page Node | outcome | ',
    '2 | 3 | Outer |  | Outer-spill | Scripted Decision | next | ',
    '2 | 4 | Outer |  | Outer-inner | Inner Tree Evaluator | entered | ',
    '2 | 5 | Outer/Inner |  | Inner-say | Message Node | callbacks | TextOutputCallback,ConfirmationCallback',
    '3 | 6 | Outer/Inner |  | Inner-say | Message Node | true | ',
    '3 | 7 | Outer/Inner |  | Inner-look | Scripted Decision | next | ',
    '3 | 8 | Outer |  | Outer-check | Data Store Decision | true | ',
  ])
  expect(text).not.toContain(password)
  expect(text).not.toContain('only for now')
  expect(text).not.toContain('token=x')
  expect(text).not.toContain(String(end.body.tokenId))
  const spill = steps.find(({ nodeId }) => nodeId === 'Outer-spill')
  expect(spill?.reads).toEqual(
    expect.arrayContaining([
      { key: 'password', isMasked: true },
      { key: 'username', value: 'elena' },
    ]),
  )
  expect(spill?.writes).toEqual([
    { key: 'plain', change: 'added', after: { greeting: 'Hello', apiToken: '••••••' } },
    { key: 'copied', change: 'added', isMasked: true },
    { key: 'nested', change: 'added', isMasked: true },
    { key: 'link', change: 'added', isMasked: true },
    { key: 'home', change: 'added', after: 'https://id.example.com/home' },
    { key: 'private', change: 'added', isMasked: true },
    { key: 'long', change: 'added', after: expect.stringMatching(/^"x x .*…$/), isCut: true },
    { key: 'gone' },
  ])
  expect(spill?.log).toEqual([
    { level: 'warn', message: '••••••' },
    { level: 'info', message: 'looked at elena' },
  ])
  // What a script logs is no reason.
  expect(spill).not.toHaveProperty('reason')
  expect(steps.at(-1)?.reason).toBe('The credentials are right.')
  const look = steps.find(({ nodeId }) => nodeId === 'Inner-look')
  expect(look?.writes).toEqual([
    { key: 'again', change: 'added', isMasked: true },
    { key: 'later', change: 'added', isMasked: true },
    {
      key: 'plain',
      change: 'changed',
      before: { greeting: 'Hello', apiToken: '••••••' },
      after: { greeting: 'Bye' },
    },
  ])
  expect(steps.every(({ duration, at }) => duration >= 0 && at > 0)).toBe(true)
  expect(server.logged()).not.toContain(issued.key)
})

test('a run without a key has no values', async () => {
  const started = await answered('Outer')
  expect(started.status).toBe(200)
  const { body } = await admin.get('journey-sessions?journey=Outer&outcome=underway')
  const [session] = body.result as JsonObject[]
  expect(session).toMatchObject({ isWatched: false, nodes: 5 })
  expect(session).not.toHaveProperty('user')
  const run = (await admin.get(`journey-sessions/${session?._id}`)).body
  const spill = (run.steps as RecordedStep[]).find(({ nodeId }) => nodeId === 'Outer-spill')
  expect(spill).toMatchObject({
    request: 2,
    order: 3,
    journeys: ['Outer'],
    page: null,
    outcome: 'next',
    log: [],
  })
  expect(spill?.writes[0]).toEqual({ key: 'plain' })
  expect(spill?.reads.every((read) => Object.keys(read).join() === 'key')).toBe(true)
})

test('a key counts once', async () => {
  const { key, watch: name } = await watch()
  expect((await startJourney(server.url, 'Outer', withKey(key))).status).toBe(200)
  const again = await startJourney(server.url, 'Outer', withKey(key))
  expect(again).toMatchObject({
    status: 400,
    body: { message: 'The watch key is unknown, used, or too old' },
  })
  expect((await runOf(name))?.steps).toHaveLength(3)
})

test('of concurrent starts with one key, one is recorded and the others are rejected', async () => {
  const { key, watch: name } = await watch()
  const starts = await Promise.all(
    Array.from({ length: 6 }, () => startJourney(server.url, 'Outer', withKey(key))),
  )
  expect(starts.map(({ status }) => status).toSorted()).toEqual([200, 400, 400, 400, 400, 400])
  expect((await runOf(name))?.found).toMatchObject({ outcome: 'underway' })
})

test.each(['nonsense', '', 'v1.AAAA'])('the key %j starts nothing', async (key) => {
  expect((await startJourney(server.url, 'Outer', withKey(key))).status).toBe(400)
})

test('a key is for its realm and its journey', async () => {
  const { key } = await watch({ journey: 'Inner' })
  expect((await startJourney(server.url, 'Outer', withKey(key))).status).toBe(400)
  const root = await consoleClient(server.url, '/')
  const elsewhere = (await root.post('journey-sessions?_action=watch')).body
  expect((await startJourney(server.url, 'Outer', withKey(String(elsewhere.key)))).status).toBe(400)
  expect((await startJourney(server.url, 'Inner', withKey(key))).status).toBe(200)
})

test('further steps need no key and ignore one', async () => {
  const { key } = await watch()
  const started = await startJourney(server.url, 'Outer', withKey(key))
  const more = await answerStep(server.url, started, ['elena', 'wrong'], withKey('nonsense'))
  expect(more.status).toBe(200)
})

test('a key grants no rights, and only administrators can get one', async () => {
  const person = await signIn(server.url, 'elena', password).catch(() => '')
  const at = `${server.url}/json/realms/root/realms/alpha/journey-sessions`
  const { key } = await watch()
  for (const headers of [
    { 'x-sidegate-watch': key },
    { 'x-sidegate-watch': key, iPlanetDirectoryPro: person },
  ]) {
    const json = { ...headers, 'content-type': 'application/json' }
    expect((await fetch(`${at}?_action=watch`, { method: 'POST', headers: json })).status).toBe(401)
    expect((await fetch(at, { headers: json })).status).toBe(401)
  }
  expect((await admin.post('journey-sessions?_action=watch', { journey: 7 })).status).toBe(400)
  expect((await admin.get('journey-sessions?outcome=perhaps')).status).toBe(400)
  expect((await admin.get('journey-sessions?watch=nobody')).body.result).toEqual([])
})

test('a long run keeps its newest steps, within limits', async () => {
  const { key, watch: name } = await watch()
  let step = await startJourney(server.url, 'Round', withKey(key))
  for (let count = 0; count < 160; count++) step = await answerStep(server.url, step, ['yes'])
  const { run, steps, text } = (await runOf(name)) ?? expect.fail('the run is not there')
  expect(run.isCut).toBe(true)
  expect(steps.length).toBeLessThanOrEqual(300)
  expect(steps.at(-1)).toMatchObject({ request: 161, order: 321 })
  expect(text.length).toBeLessThan(400 * 1024)
})

test('a step gives its reason in the words of its node type', async () => {
  const { key, watch: name } = await watch()
  const started = await startJourney(server.url, 'Outer', withKey(key))
  const message = await answerStep(server.url, started, ['elena', 'Wrong-pass-1'])
  expect((await answerStep(server.url, message, [0])).status).toBe(401)
  const { steps, text } = (await runOf(name)) ?? expect.fail('the run is not there')
  expect(steps.at(-1)).toMatchObject({
    nodeType: 'DataStoreDecisionNode',
    outcome: 'false',
    reason: 'The password is wrong, or the person may not sign in.',
    log: [{ level: 'warn', message: 'invalid password error' }],
  })
  expect(text).not.toContain('Wrong-pass-1')
})

test.each([
  ['elena', 'runtime', 'Throws', 5, 'ReferenceError: nodeStat is not defined'],
  ['library', 'runtime', 'Tools', 2, 'Error: not usable'],
  ['secret', 'runtime', 'Throws', 4, '••••••'],
])(
  'the record of a failed script says what it threw and where: %s',
  async (name, fault, script, line, message) => {
    const { key, watch: watched } = await watch()
    const step = await startJourney(server.url, 'Fails', withKey(key))
    const end = await answerStep(server.url, step, [name, password])
    expect(end.status).toBe(401)
    expect(JSON.stringify(end.body)).not.toMatch(/nodeStat|usable|Throws|Tools/)
    const { steps, text } = (await runOf(watched)) ?? expect.fail('the run is not there')
    expect(steps.at(-1)).toMatchObject({
      result: 'error',
      reason: `The script “${script}” threw an exception in line ${line}.`,
      exception: { fault, name: script, line, message },
    })
    expect(text).not.toContain(password)
  },
)

test('a page that fails gives the reason of the node on it that failed', async () => {
  const { key, watch: watched } = await watch()
  expect((await startJourney(server.url, 'Early', withKey(key))).status).toBe(401)
  const { steps } = (await runOf(watched)) ?? expect.fail('the run is not there')
  expect(steps.at(-1)).toMatchObject({
    nodeType: 'PageNode',
    result: 'error',
    reason: 'State has no password.',
  })
})

test('a run that nobody watches records which script failed, but not what it threw', async () => {
  const step = await startJourney(server.url, 'Fails')
  expect((await answerStep(server.url, step, ['secret', password])).status).toBe(401)
  const { body } = await admin.get('journey-sessions?journey=Fails&outcome=failure')
  const [session] = body.result as JsonObject[]
  const run = (await admin.get(`journey-sessions/${session?._id}`)).body
  const last = (run.steps as RecordedStep[]).at(-1)
  expect(last?.reason).toBe('The script “Throws” threw an exception in line 4.')
  expect(last?.exception).toEqual({
    fault: 'runtime',
    id: 'Throws',
    name: 'Throws',
    context: 'AUTHENTICATION_TREE_DECISION_NODE',
    line: 4,
  })
  expect(JSON.stringify(run)).not.toMatch(/no: |Pa55/)
  const [entry] = await audited(asking(server.url, admin.token), 'result=FAILED')
  expect(entry).toMatchObject({
    run: session?._id,
    reason: last?.reason,
    node: { name: 'throw', outcome: '' },
  })
})

test('the audit trail has no text of a script', async () => {
  const step = await startJourney(server.url, 'Picks')
  expect((await answerStep(server.url, step, ['elena', password])).status).toBe(401)
  const [entry] = await audited(asking(server.url, admin.token), 'result=FAILED')
  expect(entry).toMatchObject({ journey: 'Picks', node: { name: 'pick' } })
  expect(JSON.stringify(entry)).not.toContain(password)
})

test('a run says that its script is missing', async () => {
  const { key, watch: watched } = await watch()
  await startJourney(server.url, 'Misses', withKey(key))
  const { steps } = (await runOf(watched)) ?? expect.fail('the run is not there')
  expect(steps.at(-1)).toMatchObject({
    reason: 'The script “gone” does not exist.',
    exception: { fault: 'missing', id: 'gone' },
  })
})
