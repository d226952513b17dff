import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveJourney, saveRealm, scripted } from '../support/prepared-folder.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import {
  answerStep,
  authenticate,
  output,
  signIn,
  startJourney,
  stepOf,
  type WireAnswer,
} from '../support/wire.ts'

const loginFailure = {
  code: 401,
  reason: 'Unauthorized',
  message: 'Login failure',
  detail: { failureUrl: '' },
}
const timedOut = { code: 401, message: 'Session has timed out', detail: { errorCode: '110' } }

const show = (what: string) => `
if (callbacks.isEmpty()) callbacksBuilder.textOutputCallback(0, String(${what}));
else action.goTo("next");`

const suspends = (minutes: string) => `
if (resumedFromSuspend) action.goTo("next");
else action.suspend("Look at your email", function (uri) { logger.warn("mailed {}", uri); }${minutes});`

let server: TestServer
let url: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/beta')
    const outcomeOnly = (name: string, source: string, to: Record<string, string>) =>
      scripted(stores, name, source, to)
    const shown = await scripted(stores, 'shown', show('nodeState.get("errorMessage")'), { next: 'success' })

    await saveJourney(stores, 'Circle', {
      here: await outcomeOnly('here', 'action.goTo("on")', { on: 'there' }),
      there: await outcomeOnly('there', 'action.goTo("on")', { on: 'here' }),
    })
    const grow = `
var n = (nodeState.get("n") || 0) + 1;
nodeState.putShared("n", n);
nodeState.putShared("big" + n, "x".repeat(200000));
action.goTo("on");`
    await saveJourney(stores, 'Grows', {
      here: await outcomeOnly('grow', grow, { on: 'there' }),
      there: await outcomeOnly('grow', grow, { on: 'here' }),
    })
    await saveJourney(stores, 'Unconnected', {
      decide: await outcomeOnly('decide', 'action.goTo("left")', { right: 'success' }).then((node) => ({
        ...node,
        config: { ...node.config, outcomes: ['left', 'right'] },
      })),
    })
    await saveJourney(stores, 'NoScript', {
      decide: {
        type: 'ScriptedDecisionNode',
        config: { script: 'not-there', outcomes: ['next'], inputs: ['*'], outputs: ['*'] },
        to: { next: 'success' },
      },
    })
    await saveJourney(stores, 'UnknownType', { odd: { type: 'NobodyKnowsNode', to: { outcome: 'success' } } })
    await saveJourney(stores, 'UnknownCustomType', {
      odd: { type: 'designer-gone', to: { outcome: 'success' } },
    })
    await saveJourney(stores, 'BadSettings', {
      ask: { type: 'ChoiceCollectorNode', config: { choices: 'red' }, to: { red: 'success' } },
    })
    await saveJourney(
      stores,
      'BrokenEntry',
      { ask: { type: 'UsernameCollectorNode', to: {} } },
      { entryNodeId: 'nowhere' },
    )
    await saveJourney(stores, 'Throws', {
      fail: await outcomeOnly('throws', '\n\nthrow new Error("out of tea")', { next: 'success' }),
    })
    const inner = (tree: string, displayErrorOutcome: boolean) => ({
      type: 'InnerTreeEvaluatorNode',
      config: { tree, displayErrorOutcome },
    })
    await saveJourney(
      stores,
      'Inner',
      {
        ask: { type: 'UsernameCollectorNode', to: { outcome: 'decide' } },
        decide: await outcomeOnly(
          'byName',
          'var name = nodeState.get("username"); if (name === "error") throw new Error("broken inside"); action.goTo(name);',
          { good: 'success', bad: 'failure' },
        ),
      },
      { innerTreeOnly: true },
    )
    await saveJourney(stores, 'Outer', {
      inner: { ...inner('Inner', true), to: { true: 'success', false: 'failure', error: 'shown' } },
      shown,
    })
    await saveJourney(stores, 'OuterWithoutError', {
      inner: { ...inner('Inner', false), to: { true: 'success', false: 'success' } },
    })
    await saveJourney(stores, 'OuterOfNothing', {
      inner: { ...inner('Nowhere', true), to: { true: 'success', false: 'success', error: 'failure' } },
    })
    await saveJourney(stores, 'Itself', {
      inner: { ...inner('Itself', false), to: { true: 'success', false: 'success' } },
    })
    const afterwards = await scripted(stores, 'afterwards', show('"Back again"'), { next: 'success' })
    await saveJourney(stores, 'Suspends', {
      wait: await outcomeOnly('suspends', suspends(''), { next: 'afterwards' }),
      afterwards,
    })
    await saveJourney(stores, 'SuspendsNoTime', {
      wait: await outcomeOnly('suspendsNoTime', suspends(', 0'), { next: 'success' }),
    })
  })
  url = server.url
})

afterAll(() => server.stop())

/** Log lines about nodes that stopped a journey. */
function stops(journey: string) {
  return logLines(server).filter((line) => line.journey === journey && line.reason !== undefined)
}

describe('a broken journey fails closed:', () => {
  test.each([
    ['Circle', /more than 200 nodes ran in one request: the journey loops/],
    ['Grows', /Script made the journey's state longer than 1048576 characters/],
    ['Unconnected', /outcome 'left' of node 'decide' leads nowhere/],
    ['NoScript', /Script not-there does not exist in realm \/alpha/],
    ['UnknownType', /Node type NobodyKnowsNode is unknown/],
    ['UnknownCustomType', /Node type designer-gone is unknown/],
    ['BadSettings', /'ask' \(ChoiceCollectorNode\) is not configured: choices/],
    ['BrokenEntry', /node nowhere is not in journey 'BrokenEntry'/],
    ['Throws', /out of tea.*throws.*3|throws.*3.*out of tea/s],
    ['Itself', /Tree would result in recursive loop: Itself/],
  ])('%s, with the reason in the log', async (journey, reason) => {
    const end = await startJourney(url, journey)
    expect(end.status).toBe(401)
    expect(end.body).toEqual(loginFailure)
    const [stop] = stops(journey)
    expect(stop).toMatchObject({ level: 40, journey, nodeId: expect.any(String) })
    expect(stop?.reason).toMatch(reason)
  })

  test('other journeys still run', async () => {
    expect((await startJourney(url, 'Login')).status).toBe(200)
  })
})

describe('an inner journey', () => {
  const answer = async (journey: string, name: string) =>
    answerStep(url, await startJourney(url, journey), [name])

  test('sends its callbacks like the outer one, and its ends are outcomes', async () => {
    expect(stepOf(await startJourney(url, 'Outer')).callbacks[0]?.type).toBe('NameCallback')
    expect((await answer('Outer', 'good')).status).toBe(200)
    expect((await answer('Outer', 'bad')).body).toEqual(loginFailure)
  })

  test('with an error leads to the error outcome, with the message', async () => {
    const page = await answer('Outer', 'error')
    expect(output(page, 'message')).toContain('broken inside')
    expect((await answerStep(url, page)).status).toBe(200)
  })

  test('with an error fails the whole journey if the error outcome is off', async () => {
    expect((await answer('OuterWithoutError', 'error')).body).toEqual(loginFailure)
    expect((await answer('OuterWithoutError', 'bad')).status).toBe(200)
  })

  test('that doesn’t exist fails', async () => {
    const end = await startJourney(url, 'OuterOfNothing')
    expect(end.body).toEqual(loginFailure)
    expect(stops('OuterOfNothing')[0]?.reason).toMatch(/does not exist: Nowhere/)
  })

  test('can’t be started by itself', async () => {
    expect((await startJourney(url, 'Inner')).status).toBe(400)
  })
})

describe('a suspended journey', () => {
  /** The id in the newest emailed link. */
  function mailedId(): string {
    const lines = logLines(server).filter(({ msg }) => msg.startsWith('mailed '))
    const link = new URL(lines.at(-1)?.msg.slice('mailed '.length) ?? '')
    expect(link.searchParams.get('realm')).toBe('/alpha')
    return link.searchParams.get('suspendedId') ?? ''
  }

  const resume = (id: string, more = {}) =>
    authenticate(url, { query: `?suspendedId=${encodeURIComponent(id)}`, ...more })

  async function suspended(journey = 'Suspends'): Promise<{ page: WireAnswer; id: string }> {
    const page = await startJourney(url, journey)
    return { page, id: mailedId() }
  }

  test('shows a text with an authId and no inputs', async () => {
    const { page, id } = await suspended()
    expect(stepOf(page)).toEqual({
      authId: expect.any(String),
      callbacks: [
        {
          type: 'SuspendedTextOutputCallback',
          output: [
            { name: 'message', value: 'Look at your email' },
            { name: 'messageType', value: '0' },
          ],
        },
      ],
    })
    expect(page.headers.getSetCookie()).toEqual([])
    expect(id.length).toBeGreaterThan(20)
    expect(JSON.stringify(page.body)).not.toContain(id)
  })

  test('continues from its link, without an authId, to its end', async () => {
    const { id } = await suspended()
    const page = await resume(id)
    expect(output(page, 'message')).toBe('Back again')
    expect((await answerStep(url, page)).status).toBe(200)
  })

  test.each(['{}', ''])('continues with the body %j', async (body) => {
    const { id } = await suspended()
    const query = `?suspendedId=${id}&authIndexType=service&authIndexValue=Login`
    expect(output(await authenticate(url, { query, body }), 'message')).toBe('Back again')
  })

  test('continues once only', async () => {
    const { id } = await suspended()
    const page = await resume(id)
    expect(await resume(id)).toMatchObject({ status: 401, body: timedOut })
    expect((await answerStep(url, page)).status).toBe(200)
    expect(await resume(id)).toMatchObject({ status: 401, body: timedOut })
  })

  test('continues for one of many concurrent requests', async () => {
    const { id } = await suspended()
    const answers = await Promise.all(Array.from({ length: 10 }, () => resume(id)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(9)
  })

  test('doesn’t continue from an unknown link or in another realm', async () => {
    for (const wrong of ['', 'unknown', '../..', 'x'.repeat(1000)]) {
      expect(await resume(wrong)).toMatchObject({ status: 401, body: timedOut })
    }
    const { id } = await suspended()
    expect(await resume(id, { realm: 'beta' })).toMatchObject({ status: 401, body: timedOut })
    expect((await resume(id)).status).toBe(200)
  })

  test('doesn’t continue by its authId, and the link still works', async () => {
    const { page, id } = await suspended()
    expect((await answerStep(url, page)).status).toBe(400)
    expect((await resume(id)).status).toBe(200)
  })

  test('expires', async () => {
    const { id } = await suspended('SuspendsNoTime')
    expect(await resume(id)).toMatchObject({ status: 401, body: timedOut })
  })
})

describe('the trace', () => {
  const get = async (path: string, token?: string) => {
    const response = await fetch(`${url}/json/realms/root/realms/alpha/journey-sessions${path}`, {
      headers: token === undefined ? {} : { iPlanetDirectoryPro: token },
    })
    return { status: response.status, text: await response.text() }
  }

  test('shows administrators which nodes a sign-in ran, with keys and without values', async () => {
    const administrator = await signIn(url, 'amadmin', adminPassword, '/')
    const end = await answerStep(url, await startJourney(url, 'Login'), ['dana', 'Dana-Pass-2026'])
    expect(end.status).toBe(200)
    const list = JSON.parse((await get('', administrator)).text)
    const { _id } = list.result.find((session: { journey: string }) => session.journey === 'Login')
    const { status, text } = await get(`/${_id}`, administrator)
    expect(status).toBe(200)
    const seen = JSON.parse(text)
    expect(seen).toMatchObject({ journey: 'Login', outcome: 'success' })
    const ran = seen.trace.map((entry: Record<string, string>) => [
      entry.nodeType,
      entry.outcome ?? entry.result,
    ])
    expect(ran).toEqual([
      ['PageNode', 'callbacks'],
      ['PageNode', 'outcome'],
      ['IdentityStoreDecisionNode', 'TRUE'],
      ['IncrementLoginCountNode', 'outcome'],
    ])
    expect(seen.trace[1].keysWritten).toEqual(expect.arrayContaining(['username', 'password']))
    expect(seen.trace[2].keysRead).toEqual(expect.arrayContaining(['username', 'password']))
    expect(seen.user).toBe('dana')
    for (const secret of ['Dana-Pass-2026', '"dana"', String(end.body.tokenId)])
      expect(JSON.stringify({ ...seen, user: undefined })).not.toContain(secret)
    expect(server.logged()).not.toContain('Dana-Pass-2026')
    expect(server.logged()).not.toContain(String(end.body.tokenId))
  })

  test('is only for administrators', async () => {
    const person = await signIn(url, 'alex', 'Alex-Pass-2026')
    for (const path of ['', '/any']) {
      expect((await get(path)).status).toBe(401)
      expect((await get(path, person)).status).toBe(403)
    }
  })
})
