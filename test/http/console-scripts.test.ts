import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { type ConsoleClient, consoleClient } from '../support/console-client.ts'
import { startOutside } from '../support/outside-server.ts'
import { preparedFolder, saveRealm } from '../support/prepared-folder.ts'
import { scriptOf } from '../support/small-bundle.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let outside: Awaited<ReturnType<typeof startOutside>>
let server: TestServer
let admin: ConsoleClient
let people: string
beforeAll(async () => {
  outside = await startOutside()
  const dataFolder = await preparedFolder(async (stores) => {
    await saveRealm(stores, '/alpha')
    const library = scriptOf('lib', 'greetings', 'exports.hello = function (who) { return "Hello, " + who }')
    await stores.scripts.save('/alpha', { ...library, context: 'LIBRARY' })
  })
  server = await startServer({ dataFolder, withSamples: false, httpAllow: [outside.host] })
  admin = await consoleClient(server.url)
  people = `${new URL(server.url).origin}/openidm/managed/alpha_user`
  await ask('?_action=create', 'POST', {
    _id: 'u',
    userName: 'ann',
    givenName: 'Ann',
    sn: 'Lee',
    mail: 'ann@example.com',
  })
})
afterAll(async () => {
  await server.stop()
  await outside.stop()
})

async function ask(path: string, method = 'GET', body?: JsonObject) {
  const response = await fetch(`${people}${path}`, {
    method,
    headers: { iPlanetDirectoryPro: admin.token, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await response.json()) as JsonObject
}
const named = async (name: string) => {
  const { result } = await ask(`?_queryFilter=userName+eq+"${name}"`)
  return (result as JsonObject[])[0]
}

type Tried = {
  outcome: string | null
  config: JsonObject | null
  error: { kind: string; message: string; line: number | null; column: number | null } | null
  action: JsonObject
  state: Record<string, JsonObject>
  callbacks: JsonObject[]
  log: { level: string; at: number; message: string }[]
  calls: { op: string; summary: string; isMade: boolean }[]
  cpuMilliseconds: number
  wallMilliseconds: number
  memoryBytes?: number
}

async function trial(source: string, more: JsonObject = {}): Promise<Tried & JsonObject> {
  const body = { source, context: 'SCRIPTED_DECISION_NODE', ...more }
  const answer = await admin.post('scripts?_action=try', body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body as Tried & JsonObject
}

test('the trial of a decision script reports outcome, state, log and host calls', async () => {
  const source = `
    logger.info('{} is here', nodeState.get('username'))
    nodeState.putShared('seen', true)
    nodeState.putTransient('token', 'x')
    nodeState.remove('old')
    nodeState.putShared('step', 2)
    action.goTo('yes').putSessionProperty('level', 'high')`
  const shared = { username: 'ann', old: 1, step: 1 }
  const found = await trial(source, { state: { shared }, outcomes: ['yes', 'no'] })
  expect(found).toEqual({
    outcome: 'yes',
    config: null,
    value: null,
    error: null,
    action: { sessionProperties: { level: 'high' } },
    state: {
      seen: { part: 'shared', change: 'added', before: null, after: true },
      token: { part: 'transient', change: 'added', before: null, after: 'x' },
      old: { part: 'shared', change: 'removed', before: 1, after: null },
      step: { part: 'shared', change: 'changed', before: 1, after: 2 },
    },
    callbacks: [],
    log: [{ level: 'info', at: expect.any(Number), message: 'ann is here' }],
    calls: [],
    cpuMilliseconds: expect.any(Number),
    wallMilliseconds: expect.any(Number),
    memoryBytes: expect.any(Number),
    limits: { cpuMilliseconds: 100, memoryBytes: 16_777_216 },
  })
  expect(found.cpuMilliseconds).toBeGreaterThan(0)
  expect(found.memoryBytes).toBeLessThan(16_777_216)
  const large = await trial("var a = []; for (var i = 0; i < 20000; i++) a.push({ i: i }); outcome = 'x'")
  expect(large.memoryBytes).toBeGreaterThan(500_000)
})

test('the source can be base64, as in the resource', async () => {
  const script = Buffer.from("outcome = 'é'").toString('base64')
  const answer = await admin.post('scripts?_action=try', { script, context: 'SCRIPTED_DECISION_NODE' })
  expect(answer.body).toMatchObject({ outcome: 'é', error: null })
})

test('a trial shows callbacks as on the wire and reads answers like a client’s', async () => {
  const source = `
    if (callbacks.isEmpty()) {
      callbacksBuilder.nameCallback('Who?')
      callbacksBuilder.choiceCallback('Colour', ['red', 'blue'], 0, false)
    } else action.goTo(callbacks.getNameCallbacks().get(0) + callbacks.getChoiceCallbacks().get(0)[0])`
  expect(await trial(source)).toMatchObject({
    outcome: null,
    error: null,
    callbacks: [
      {
        type: 'NameCallback',
        output: [{ name: 'prompt', value: 'Who?' }],
        input: [{ name: 'IDToken1', value: '' }],
      },
      { type: 'ChoiceCallback' },
    ],
  })
  const choices = [{ name: 'choices', value: ['red', 'blue'] }]
  const answers = [
    { type: 'NameCallback', value: 'ann' },
    { type: 'ChoiceCallback', output: choices, input: [{ name: 'IDToken2', value: 1 }] },
  ]
  expect(await trial(source, { answers })).toMatchObject({ outcome: 'ann1', callbacks: [] })
})

test('legacy scripts, Config Providers, custom nodes and transformations run in their own contexts', async () => {
  const legacy = `var fr = JavaImporter(org.forgerock.openam.auth.node.api.Action)
    sharedState.put('a', 1)
    action = fr.Action.goTo('true').build()`
  const context = 'AUTHENTICATION_TREE_DECISION_NODE'
  expect(await trial(legacy, { context })).toMatchObject({
    outcome: 'true',
    state: { a: { part: 'shared', after: 1 } },
  })
  expect(
    await trial('outcome = typeof callbacksBuilder', { context, evaluatorVersion: '2.0' }),
  ).toMatchObject({
    outcome: 'object',
  })
  const declared = await trial("outcome = 'x'", { context, outputs: ['needed'] })
  expect(declared.error).toMatchObject({
    kind: 'result',
    message: 'Script did not provide all declared outputs',
  })
  for (const context of ['CONFIG_PROVIDER_NODE', 'CONFIG_PROVIDER_NODE_NEXT_GEN']) {
    expect(await trial('config = { secondsToWait: 5 }', { context })).toMatchObject({
      outcome: null,
      config: { secondsToWait: 5 },
      error: null,
    })
    expect((await trial('var a', { context })).error).toMatchObject({ kind: 'result' })
  }
  expect(
    await trial('outcome = properties.colour + (typeof require)', {
      context: 'NODE_DESIGNER',
      properties: { colour: 'red' },
    }),
  ).toMatchObject({ outcome: 'redundefined' })
  expect(
    await trial('({ name: rawProfile.sub.asString() })', {
      context: 'SOCIAL_PROVIDER_HANDLER_NODE',
      profile: { rawProfile: { sub: 'ann' }, selectedIdp: 'idp' },
    }).then(({ error, value }) => error ?? value),
  ).toBeTruthy()
})

test('request, session and libraries are available', async () => {
  const source = `outcome = [
    requestHeaders.get('User-Agent').get(0), requestParameters.get('locale').get(0), requestCookies.get('theme'),
    existingSession.get('UserId'), resumedFromSuspend, journey.name(), require('greetings').hello('ann'),
    nodeState.get('hidden')].join('|')`
  const world = {
    headers: { 'User-Agent': 'Firefox' },
    parameters: { locale: ['en'] },
    cookies: { theme: 'dark' },
    existingSession: { UserId: 'u' },
    resumedFromSuspend: true,
    journey: 'Login',
    inputs: ['shown'],
    state: { shared: { shown: 1, hidden: 2 } },
  }
  expect((await trial(source, world)).outcome).toBe('Firefox|en|dark|u|true|Login|Hello, ann|')
})

test.each<[string, string, JsonObject]>([
  ['syntax', 'var a = 1\nvar b = ;', { line: 2, column: expect.any(Number) }],
  ['runtime', 'var a = 1\n  nothing.here()', { line: 2, column: expect.any(Number) }],
  ['timeout', 'for (;;) {}', {}],
  ['memory', 'var a = []; for (;;) a.push(new Uint8Array(1e6))', {}],
  [
    'result',
    "outcome = 'other'",
    { message: "Invalid outcome from script, 'other'", line: null, column: null },
  ],
  ['result', 'var a', { message: "Script must set 'outcome' to a string." }],
  ['result', 'nodeState.mergeShared({ a: [1] }); action.goTo("nowhere")', {}],
])('a script that fails by %s changes nothing: %s', async (kind, source, error) => {
  const found = await trial(`${source}`, { outcomes: ['true'] })
  expect(found).toMatchObject({ outcome: null, state: {}, error: { kind, ...error } })
  expect(found.error?.message).not.toBe('')
})

test('a failed trial includes the log before the error', async () => {
  const found = await trial("logger.warn('so far'); throw new Error('no')")
  expect(found.log).toMatchObject([{ level: 'warn', message: 'so far' }])
  expect(found.error).toMatchObject({ kind: 'runtime', line: 1 })
})

const changes = `
  var ann = idRepository.getIdentity('ann')
  ann.setAttribute('sn', ['Changed'])
  ann.store()
  openidm.patch('managed/alpha_user/' + ann.getAttributeValues('fr-idm-uuid').get(0), null,
    [{ operation: 'replace', field: 'city', value: 'Bristol' }])
  var made = openidm.create('managed/alpha_user', null,
    { userName: 'bob', givenName: 'Bob', sn: 'May', mail: 'bob@example.com' })
  var answer = httpClient.send(URL, { method: 'POST', body: { secret: 'in the body' } }).get()
  outcome = [idRepository.getIdentity('ann').getAttributeValues('sn').get(0), made.userName, answer.status].join()`

test('without effects no person is changed and nothing is sent', async () => {
  const asked = outside.calls.length
  const source = changes.replace('URL', `'http://${outside.host}/risk'`)
  const found = await trial(source, { responses: [{ status: 202, body: '{"risk":"low"}' }] })
  expect(found).toMatchObject({ outcome: 'Changed,bob,202', error: null })
  expect(found.calls.map(({ op, isMade }) => [op, isMade])).toEqual([
    ['idRepository.store', false],
    ['openidm.patch', false],
    ['openidm.create', false],
    ['httpClient.send', false],
  ])
  expect(found.log.map(({ level, message }) => `${level}: ${message}`)).toContain(
    `effect: Not sent: POST http://${outside.host}/risk. Example answer`,
  )
  expect(JSON.stringify(found)).not.toContain('in the body')
  expect(await named('ann')).toMatchObject({ sn: 'Lee' })
  expect(await named('bob')).toBeUndefined()
  expect(outside.calls).toHaveLength(asked)
  const id = (await named('ann'))?._id
  const removal = await trial(`outcome = openidm.delete('managed/alpha_user/${id}', null).userName`)
  expect(removal).toMatchObject({ outcome: 'ann', calls: [{ op: 'openidm.delete', isMade: false }] })
  expect(await named('ann')).toBeDefined()
})

test('without effects a request without a prepared response gets an empty one', async () => {
  const found = await trial(
    "outcome = JSON.stringify(httpClient.send('https://example.com', {}).get().json())",
  )
  expect(found.outcome).toBe('{}')
})

test('policies also apply in a trial', async () => {
  const source = "openidm.create('managed/alpha_user', null, { userName: 'x' }); outcome = 'made'"
  expect((await trial(source)).error).toMatchObject({ kind: 'host' })
})

test('with effects all calls are made', async () => {
  const asked = outside.calls.length
  const source = changes.replace('URL', `'http://${outside.host}/risk'`)
  const found = await trial(source, { effects: true })
  expect(found.error).toBeNull()
  expect(found.calls.every(({ isMade }) => isMade)).toBe(true)
  expect(found.log.filter(({ level }) => level === 'effect')).toEqual([])
  expect(await named('ann')).toMatchObject({ sn: 'Changed', city: 'Bristol' })
  expect(await named('bob')).toMatchObject({ sn: 'May' })
  expect(outside.calls.length).toBe(asked + 1)
})

test('with effects a script that fails changes no person', async () => {
  const source =
    "var a = idRepository.getIdentity('ann'); a.setAttribute('sn', ['No']); a.store(); throw 'no'"
  expect((await trial(source, { effects: true })).error).not.toBeNull()
  expect(await named('ann')).not.toMatchObject({ sn: 'No' })
})

test.each<[JsonObject, string]>([
  [{ context: 'SCRIPTED_DECISION_NODE' }, 'script: is required, or source instead'],
  [{ source: '', script: '', context: 'SCRIPTED_DECISION_NODE' }, 'script: is required, or source instead'],
  [{ script: '%', context: 'SCRIPTED_DECISION_NODE' }, 'script: must be base64'],
  [{ source: '' }, 'context: must be a text'],
  [{ source: '', context: 'LIBRARY' }, 'context: has no scripts'],
  [{ source: '', context: 'OAUTH2_ACCESS_TOKEN_MODIFICATION' }, 'context: has no scripts'],
  [{ source: '', context: 'NODE_DESIGNER', evaluatorVersion: '1.0' }, 'evaluatorVersion: must be 2.0'],
  [{ source: '', context: 'NODE_DESIGNER', state: { shared: 1 } }, 'state.shared'],
  [
    { source: '', context: 'NODE_DESIGNER', answers: [{ type: 'Nothing' }] },
    'answers.0.type: must be the name',
  ],
  [
    { source: '', context: 'NODE_DESIGNER', answers: [{ type: 'ChoiceCallback', value: 'x' }] },
    'answers: Invalid value',
  ],
  [{ source: '', context: 'NODE_DESIGNER', responses: [{ status: 9 }] }, 'responses.0.status'],
  [{ source: '', context: 'NODE_DESIGNER', effects: 'yes' }, 'effects: must be true or false'],
])('a trial of %j is rejected', async (body, message) => {
  expect(await admin.post('scripts?_action=try', body)).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining(message) },
  })
})

test('an editor reads the bindings of a context, member by member', async () => {
  const { status, body } = await admin.get('scripts/bindings?context=SCRIPTED_DECISION_NODE')
  expect(status).toBe(200)
  expect(body).toMatchObject({ context: 'SCRIPTED_DECISION_NODE', evaluatorVersion: '2.0' })
  const bindings = body.bindings as { name: string; members?: JsonObject[] }[]
  const nodeState = bindings.find(({ name }) => name === 'nodeState')
  expect(nodeState?.members).toContainEqual({
    name: 'putShared',
    signature: 'putShared(key, value)',
    help: 'Writes shared state, which lasts for the whole journey. Don’t store passwords in it.',
    answers: 'nodeState',
  })
  expect(bindings).toContainEqual({
    name: 'require',
    kind: 'function',
    help: 'Loads a library script of the realm.',
    signature: 'require(name)',
  })
  expect(bindings).toContainEqual(expect.objectContaining({ name: 'outcome', kind: 'variable' }))
  expect(body.types).toContainEqual(expect.objectContaining({ name: 'identity' }))
  const context = 'AUTHENTICATION_TREE_DECISION_NODE'
  const names = async (query: string) =>
    ((await admin.get(`scripts/bindings?context=${context}${query}`)).body.bindings as JsonObject[]).map(
      ({ name }) => name,
    )
  expect(await names('')).toContain('sharedState')
  expect(await names('&evaluatorVersion=2.0')).toContain('action')
  expect((await admin.get(`scripts/bindings?context=${context}&evaluatorVersion=3.0`)).status).toBe(400)
  expect((await admin.get('scripts/bindings?context=toString')).status).toBe(400)
})
