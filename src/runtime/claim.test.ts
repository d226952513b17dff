import { expect, test } from 'vitest'
import { runWork, type Work, waitFor } from '../base/work.ts'
import { createSealer } from '../secrets/seal.ts'
import type { AuthenticateAnswer } from './authenticate-request.ts'
import { Claims } from './claim.ts'
import { type SavedRun, writeRun } from './saved-run.ts'
import type { Claim } from './step-store.ts'
import type { World } from './world.ts'

const sealer = createSealer(new Uint8Array(32).fill(7))
const request = { idHash: 'a', step: 0, requestHash: undefined }
const answer: AuthenticateAnswer = { status: 200, body: {} }
const claimed = {
  kind: 'claimed',
  session: { idHash: 'a', outcome: 'underway', expiresAt: Number.MAX_SAFE_INTEGER },
  text: writeRun({ trace: '' } as SavedRun, undefined),
} as Claim

/** Claims of steps with these results in turn, at these times. */
function claimsWith(results: Claim[], { times = [0], release = async () => undefined } = {}) {
  let claims = 0
  const steps = {
    claim: async () => results[claims++] ?? { kind: 'unknown' },
    renew: async () => undefined,
    release,
  }
  const now = () => times[Math.min(claims, times.length - 1)]
  const world = { serverId: 's', now, steps, sealer }
  const all = new Claims(world as unknown as World)
  const run = async (work: () => Work<AuthenticateAnswer>) => runWork(all.run(request, work))
  return { all, run, claims: () => claims }
}

function fails(): Work<AuthenticateAnswer> {
  throw new Error('the step ran')
}

test('a step that this server runs is not claimed again, even if its lease has ended', async () => {
  const { run, claims } = claimsWith([claimed, { kind: 'unknown' }])
  const { promise, resolve } = Promise.withResolvers<AuthenticateAnswer>()
  const first = run(() => waitFor(promise))
  await expect.poll(claims).toBe(1)
  const second = run(fails)
  await new Promise(setImmediate)
  expect(claims()).toBe(1)
  resolve(answer)
  expect(await first).toBe(answer)
  await expect(second).rejects.toThrow('Session has timed out')
})

test('a request waits for another server that runs the same step, but not for ever', async () => {
  const busy: Claim[] = [{ kind: 'busy' }, { kind: 'busy' }]
  const patient = claimsWith([...busy, { kind: 'unknown' }], { times: [0, 30_000, 59_000] })
  await expect(patient.run(fails)).rejects.toThrow('Session has timed out')
  const { run } = claimsWith(busy, { times: [0, 61_000] })
  await expect(run(fails)).rejects.toThrow('the same step is still running')
})

test('the reason of a failed step is not replaced by the failure to release it', async () => {
  const { run } = claimsWith([claimed], { release: () => Promise.reject(new Error('the database is away')) })
  await expect(run(fails)).rejects.toThrow('the step ran')
})

test.each([
  ['this version', { body: sealer.seal(writeRun({ trace: '' } as SavedRun, answer)) }],
  ['version 0.1', { body: 'of version 0.1', lastAnswer: sealer.seal(JSON.stringify(answer)) }],
])('a repeated request gets the response that %s saved', async (_version, saved) => {
  const session = { step: 1, lastRequest: 'hash', expiresAt: Number.MAX_SAFE_INTEGER, ...saved }
  const { all } = claimsWith([{ kind: 'moved', session } as Claim, { kind: 'moved', session } as Claim])
  const repeated = async (requestHash: string) => runWork(all.run({ ...request, requestHash }, fails))
  expect(await repeated('hash')).toEqual(answer)
  await expect(repeated('other')).rejects.toThrow('This step was answered before')
})
