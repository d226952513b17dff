import { afterAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from '../create-script-engine.ts'
import { answer, evaluate, run } from '../fixtures/script-job.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

const kind = 'legacyDecision'
const state = {
  shared: { username: 'ann', n: 5, map: { a: 'x' }, flag: true },
  secure: {},
  transient: { t: 1 },
}

test.each([
  ['sharedState.get("username")', 'ann'],
  ['sharedState.get("t")', null],
  ['transientState.get("t")', 1],
  ['sharedState.get("map").get("a")', 'x'],
  ['nodeState.get("username").asString()', 'ann'],
  ['nodeState.get("n").asInteger()', 5],
  ['nodeState.get("flag").asBoolean()', true],
  ['nodeState.get("map").asMap().a', 'x'],
  ['nodeState.get("map").get("a").asString()', 'x'],
  ['nodeState.get("absent")', null],
  ['sharedState.get("username").equals("ann")', true],
])('%s returns %j', async (expression, value) => {
  expect(await evaluate(engine, expression, { kind, state })).toEqual(value)
})

test('outcome, state and logger work', async () => {
  const { outcome, writes, logs } = await run(
    engine,
    `sharedState.put('a', 1); transientState.put('b', 2); logger.message('m'); logger.warning('w'); logger.error('e')
     outcome = logger.messageEnabled() ? 'true' : 'false'`,
    { kind },
  )
  expect(outcome).toBe('true')
  expect(writes).toEqual([
    { op: 'putShared', key: 'a', value: 1 },
    { op: 'putTransient', key: 'b', value: 2 },
  ])
  expect(logs.map(({ level }) => level)).toEqual(['debug', 'warn', 'error'])
})

describe('in a legacy script', () => {
  const source = `var fr = JavaImporter(
      org.forgerock.openam.auth.node.api,
      javax.security.auth.callback.NameCallback,
      javax.security.auth.callback.TextOutputCallback)
    if (callbacks.isEmpty()) {
      action = fr.Action.send(
        new fr.NameCallback('User'),
        new fr.TextOutputCallback(fr.TextOutputCallback.WARNING, 'Careful')
      ).build()
    } else {
      sharedState.put('username', callbacks.get(0).getName())
      action = fr.Action.goTo('next').putSessionProperty('p', 'v').build()
    }`

  test('Action.send sends callbacks', async () => {
    const { callbacks, action } = await run(engine, source, { kind })
    expect(callbacks).toEqual([
      { type: 'NameCallback', output: { prompt: 'User' } },
      { type: 'TextOutputCallback', output: { message: 'Careful', messageType: '1' } },
    ])
    expect(action).toEqual({})
  })

  test('Action.goTo continues with the answers', async () => {
    const { action, writes } = await run(engine, source, {
      kind,
      callbacks: [answer('NameCallback', { '': 'ann' })],
    })
    expect(action).toEqual({ outcome: 'next', sessionProperties: { p: 'v' } })
    expect(writes).toEqual([{ op: 'putShared', key: 'username', value: 'ann' }])
  })

  test('a JavaImporter works in a with statement', async () => {
    const { action } = await run(
      engine,
      'with (new JavaImporter(org.forgerock.openam.auth.node.api)) { action = Action.goTo("x").build() }',
      { kind },
    )
    expect(action).toEqual({ outcome: 'x' })
  })

  test('rejects an action that was not built', async () => {
    await expect(run(engine, 'action = "true"', { kind })).rejects.toThrow("Script must set 'action'")
  })
})

test('sends an org.forgerock.http.protocol.Request', async () => {
  const { outcome } = await run(
    engine,
    `var request = new org.forgerock.http.protocol.Request()
     request.setUri('https://x.example').setMethod('POST'); request.getHeaders().add('A', 'b')
     request.getEntity().setString('body')
     var response = httpClient.send(request).get()
     outcome = [response.getStatus().getCode(), response.getEntity().getString()]`,
    { kind },
    async ({ args }) => ({ status: 200, statusText: 'OK', headers: {}, body: JSON.stringify(args) }),
  )
  expect(outcome).toEqual([
    200,
    '[{"url":"https://x.example","method":"POST","headers":{"A":"b"},"body":"body"}]',
  ])
})

test('idRepository reads and writes immediately', async () => {
  const calls: string[] = []
  const { outcome } = await run(
    engine,
    `outcome = idRepository.getAttribute('ann', 'mail').iterator().next(); idRepository.setAttribute('ann', 'sn', ['S'])`,
    { kind },
    async ({ op }) => {
      calls.push(op)
      return { id: '1', name: 'ann', universalId: 'u', attributes: { mail: ['m'] }, exists: true }
    },
  )
  expect([outcome, calls]).toEqual(['m', ['idRepository.getIdentity', 'idRepository.store']])
})

test.each([
  'new java.io.File("x")',
  'java.io.File("x")',
  'java.io.File.separator',
  'Packages.java.io.File.separator',
  'JavaImporter(java.io.File).File.separator',
  'JavaImporter(java.io).File',
  'java.lang.Thread.sleep(1)',
])('reports an unsupported Java class by name and line: %s', async (source) => {
  await expect(run(engine, `\n${source}`, { kind })).rejects.toMatchObject({
    fault: 'runtime',
    line: 2,
    message: expect.stringContaining('is not available: scripts run without Java'),
  })
})
