import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { StartResult } from '../checks/start-check.ts'
import { forgetAllStarting, keepStarting } from '../checks/starting-store.ts'
import { runWhileAwaiting, stopAwaiting } from './approval-runs.ts'

const waiting = {
  authId: 'a',
  callbacks: [
    { type: 'PollingWaitCallback', output: [{ name: 'waitTime', value: '3000' }], input: [] },
    {
      type: 'MetadataCallback',
      output: [{ name: 'data', value: { stage: 'SecondAgentApproval', _id: 'r1', expiresAt: 1 } }],
      input: [],
    },
    { type: 'ConfirmationCallback', output: [], input: [{ name: 'IDToken3', value: 100 }] },
  ],
}

let answers: (() => Response | Promise<Response>)[]
let sent: unknown[]

beforeEach(() => {
  vi.useFakeTimers()
  sent = []
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body).callbacks[2].input[0].value)
    return (answers.shift() ?? offline)()
  })
})

afterEach(() => {
  forgetAllStarting()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const offline = () => Promise.reject(new TypeError('Failed to fetch'))
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

function starts() {
  const id = keepStarting({
    realm: '/alpha',
    check: {
      journey: 'TwoAgents',
      title: 'Two agents',
      description: '',
      takesMail: true,
      lifeSeconds: 180,
      level: 1,
      hasSecondAgent: true,
    },
    person: { _id: 'alex', userName: 'alex' } as never,
    purpose: { action: '', reason: '', ticket: '' },
    step: waiting,
  })
  const results: StartResult[] = []
  return { id, results, end: runWhileAwaiting(id, (result) => results.push(result)) }
}

test('an agent who stops waiting while the server is unreachable is sent at once, and then after pauses', async () => {
  answers = []
  const { id, results, end } = starts()
  stopAwaiting(id)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(sent).toEqual([0])
  await vi.advanceTimersByTimeAsync(3_000)
  expect(sent).toEqual([0, 0])
  answers = [() => json(503, { code: 503 }), () => json(401, { code: 401, message: 'Nobody is verified.' })]
  await vi.advanceTimersByTimeAsync(6_000)
  await end
  expect(sent).toEqual([0, 0, 0, 0])
  expect(results).toMatchObject([{ kind: 'failed', message: 'Nobody is verified.' }])
})

test('an answer that is no JSON ends the wait with a reason', async () => {
  answers = [
    () => json(200, waiting),
    () => new Response('<html>', { headers: { 'content-type': 'application/json' } }),
  ]
  const { results, end } = starts()
  await vi.advanceTimersByTimeAsync(6_000)
  await end
  expect(sent).toEqual([100, 100])
  expect(results).toMatchObject([
    { kind: 'asks' },
    { kind: 'failed', message: 'The server sent an unexpected answer.' },
  ])
})
