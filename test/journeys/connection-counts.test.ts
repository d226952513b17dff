import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveJourney } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { answerStep, signIn, startJourney, stepOf, type WireAnswer } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const runs = 1000

type Counts = {
  since: number
  versions: { number: number | null; starts: number }[]
  connections: { nodeId: string; outcome: string; count: number; medianMs: number | null }[]
  errors: { nodeId: string; count: number }[]
}

let server: TestServer
let url: string
let admin: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveJourney(stores, 'Inner', {
      question: {
        type: 'ChoiceCollectorNode',
        config: { choices: ['yes', 'no'] },
        to: { yes: 'success', no: 'failure' },
      },
    })
    await saveJourney(stores, 'Lost', {
      ask: { type: 'ChoiceCollectorNode', config: { choices: ['out', 'lost'] }, to: { out: 'success' } },
    })
    await saveJourney(stores, 'Outer', {
      ask: {
        type: 'ChoiceCollectorNode',
        config: { choices: ['inner', 'wrong', 'broken', 'leave'] },
        to: { inner: 'enter', wrong: 'retry', broken: 'broken', leave: 'success' },
      },
      enter: {
        type: 'InnerTreeEvaluatorNode',
        config: { tree: 'Inner' },
        to: { true: 'success', false: 'ask' },
      },
      retry: {
        type: 'RetryLimitDecisionNode',
        config: { retryLimit: 2 },
        to: { Retry: 'ask', Reject: 'failure' },
      },
      broken: { type: 'ChoiceCollectorNode', config: { choices: [] }, to: {} },
    })
  })
  url = server.url
  admin = await signIn(url, 'amadmin', adminPassword, '/')
})
afterAll(() => server.stop())

async function ask(path: string, { method = 'GET', body, token = admin }: Asked = {}) {
  const response = await fetch(`${url}/json${path}`, {
    method,
    headers: { 'content-type': 'application/json', iplanetdirectorypro: token },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}
type Asked = { method?: string; body?: unknown; token?: string }

async function countsOf(journey: string, query = ''): Promise<Counts> {
  const { status, body } = await ask(`${alpha}/journeys/${journey}/counts${query}`)
  expect(status).toBe(200)
  return body
}

/** A small generator of random numbers, the same in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

/** Answers at random until the journey ends, or leaves it. */
async function playAtRandom(seed: number): Promise<void> {
  const below = randomFrom(seed)
  let answer: WireAnswer = await startJourney(url, 'Outer')
  while (answer.body.authId !== undefined) {
    if (below(8) === 0) return
    const choices = stepOf(answer).callbacks[0]?.output.find(({ name }) => name === 'choices')?.value
    answer = await answerStep(url, answer, [below(Array.isArray(choices) ? choices.length : 1)])
  }
}

async function bookedNodes(): Promise<Record<string, number>> {
  await expect.poll(async () => (await ask('/global-config/audit')).body.waiting).toBe(0)
  const booked: Record<string, number> = {}
  let cookie = ''
  do {
    const page = `event=AM-NODE-LOGIN-COMPLETED&_pageSize=1000${cookie && `&_pagedResultsCookie=${cookie}`}`
    const { body } = await ask(`${alpha}/audit?${page}`)
    for (const { node } of body.result) {
      const key = `${node.id} ${node.outcome}`
      booked[key] = (booked[key] ?? 0) + 1
    }
    cookie = body.pagedResultsCookie ?? ''
  } while (cookie !== '')
  return booked
}

describe('the connections of a journey', () => {
  test(`are counted as the audit book has them, after ${runs} random runs`, {
    timeout: 120_000,
  }, async () => {
    await ask('/global-config/audit', { method: 'PUT', body: { keepsNodes: true } })
    const seeds = Array.from({ length: runs }, (_, seed) => seed + 1).values()
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (const seed of seeds) await playAtRandom(seed)
      }),
    )
    await ask('/global-config/audit', { method: 'PUT', body: { keepsNodes: false } })
    const [outer, inner, booked] = await Promise.all([countsOf('Outer'), countsOf('Inner'), bookedNodes()])

    const own = [...outer.connections, ...inner.connections].filter(
      ({ nodeId }) => nodeId !== 'startNode' && nodeId !== 'Outer-enter',
    )
    expect(
      Object.fromEntries(own.map(({ nodeId, outcome, count }) => [`${nodeId} ${outcome}`, count])),
    ).toEqual(booked)
    const of = (counts: Counts, nodeId: string, outcome: string) =>
      counts.connections.find((one) => one.nodeId === nodeId && one.outcome === outcome)?.count
    expect(of(outer, 'startNode', '')).toBe(runs)
    expect(outer.versions.map(({ starts }) => starts)).toEqual([runs])
    expect(of(inner, 'startNode', '')).toBe(of(outer, 'Outer-ask', 'inner'))
    expect(of(outer, 'Outer-enter', 'true')).toBe(of(inner, 'Inner-question', 'yes'))
    expect(of(outer, 'Outer-enter', 'false')).toBe(of(inner, 'Inner-question', 'no'))
    expect(outer.errors).toEqual([{ nodeId: 'Outer-broken', count: of(outer, 'Outer-ask', 'broken') }])
    expect(outer.connections.find(({ nodeId }) => nodeId === 'Outer-ask')?.medianMs).toEqual(
      expect.any(Number),
    )
    expect(await countsOf('Outer', '?period=hour')).toMatchObject({ connections: outer.connections })
  })

  test('are counted for each version of the journey', async () => {
    const before = await countsOf('Inner')
    const tree = `${alpha}/realm-config/authentication/authenticationtrees/trees/Inner`
    const { _rev, ...journey } = (await ask(tree)).body
    const body = { ...journey, description: 'Asks once more.' }
    const { status } = await ask(tree, { method: 'PUT', body })
    expect(status).toBe(200)
    await answerStep(url, await startJourney(url, 'Inner'), [0])
    const { versions } = await countsOf('Inner')
    expect(versions).toMatchObject([{ starts: 1 }, { starts: before.versions[0]?.starts }])
    const newest = await countsOf('Inner', `?version=${versions[0]?.number}`)
    expect(newest.connections.map(({ nodeId, outcome, count }) => [nodeId, outcome, count])).toEqual(
      expect.arrayContaining([
        ['startNode', '', 1],
        ['Inner-question', 'yes', 1],
      ]),
    )
  })

  test('are errors of a node whose outcome leads nowhere', async () => {
    await answerStep(url, await startJourney(url, 'Lost'), [1])
    const { connections, errors } = await countsOf('Lost')
    expect(connections.map(({ nodeId }) => nodeId)).toEqual(['startNode'])
    expect(errors).toEqual([{ nodeId: 'Lost-ask', count: 1 }])
  })

  test('are not counted for runs that an administrator watches', async () => {
    const before = await countsOf('Inner')
    const { body } = await ask(`${alpha}/journey-sessions?_action=watch`, { method: 'POST', body: {} })
    const answer = await startJourney(url, 'Inner', { headers: { 'x-sidegate-watch': body.key } })
    await answerStep(url, answer, [0])
    expect(await countsOf('Inner')).toEqual({ ...before, since: expect.any(Number) })
  })

  test('are only for those who may read journeys, of journeys that exist', async () => {
    const dana = await signIn(url, 'dana', 'Dana-Pass-2026')
    expect((await ask(`${alpha}/journeys/Outer/counts`, { token: dana })).status).toBe(403)
    expect((await ask(`${alpha}/journeys/Nowhere/counts`)).status).toBe(404)
    const bad = await ask(`${alpha}/journeys/Outer/counts?period=year`)
    expect(bad).toMatchObject({ status: 400, body: { message: expect.stringContaining('period') } })
  })
})
