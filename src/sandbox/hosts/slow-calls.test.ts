import { expect, test } from 'vitest'
import { createSlowGate, type SlowGate } from './slow-calls.ts'

/** A calculation that ends when the test says so. */
function held() {
  let end = () => {}
  const done = new Promise<void>((resolve) => {
    end = resolve
  })
  return { done, end: () => end() }
}

const runsOf =
  (gate: SlowGate) =>
  (realm = '/alpha') =>
    gate({ realm, count: 0 })

test('does two calculations at a time, in order', async () => {
  const run = runsOf(createSlowGate())
  const started: number[] = []
  const works = [held(), held(), held(), held()]
  const all = works.map(({ done }, at) =>
    run().slow(() => {
      started.push(at)
      return done
    }),
  )
  expect(started).toEqual([0, 1])
  works[1]?.end()
  await all[1]
  expect(started).toEqual([0, 1, 2])
  works[0]?.end()
  await all[0]
  expect(started).toEqual([0, 1, 2, 3])
  for (const { end } of works) end()
  await Promise.all(all)
})

test('goes on after a calculation that fails', async () => {
  const run = runsOf(createSlowGate())
  const failing = () => Promise.reject(new Error('no'))
  for (let count = 0; count < 5; count++) await expect(run().slow(failing)).rejects.toThrow('no')
  expect(await run().slow(() => Promise.resolve('yes'))).toBe('yes')
})

test('refuses the fifth calculation of a run', async () => {
  const { slow, brief } = runsOf(createSlowGate())()
  for (let count = 0; count < 9; count++) await brief(() => Promise.resolve())
  for (let count = 0; count < 4; count++) await slow(() => Promise.resolve())
  await expect(slow(() => Promise.resolve())).rejects.toMatchObject({ code: 429 })
})

test('refuses a calculation if fifty others of its realm wait, and none of another realm', async () => {
  const run = runsOf(createSlowGate())
  const { done, end } = held()
  const all = Array.from({ length: 52 }, () => run().slow(() => done))
  const refused = run().slow(() => done)
  const other = run('/beta').slow(() => done)
  end()
  await expect(refused).rejects.toMatchObject({ code: 503 })
  await Promise.all([...all, other])
})

test('brief calculations of a realm don’t wait for its slow ones, and are refused after a thousand', async () => {
  const run = runsOf(createSlowGate())
  const running = [held(), held()]
  const started: string[] = []
  const start = (kind: 'slow' | 'brief') =>
    run()[kind](async () => {
      started.push(kind)
    })
  const all = running.map(({ done }) => run().slow(() => done))
  for (let count = 0; count < 50; count++) all.push(start('slow'))
  for (let count = 0; count < 1000; count++) all.push(start('brief'))
  await expect(start('brief')).rejects.toMatchObject({ code: 503 })
  for (const { end } of running) end()
  await Promise.all(all)
  expect(started.lastIndexOf('brief')).toBe(999)
  expect(started).toHaveLength(1050)
})

test.each(['slow', 'brief'] as const)('realms take turns in %s calculations', async (kind) => {
  const run = runsOf(createSlowGate())
  const first = [held(), held()]
  const running = first.map(({ done }) => run('/alpha')[kind](() => done))
  const started: string[] = []
  const waiting = ['/alpha', '/alpha', '/alpha', '/beta', '/beta'].map((realm) =>
    run(realm)[kind](async () => {
      started.push(realm)
    }),
  )
  expect(started).toEqual([])
  first[0]?.end()
  await Promise.all(waiting)
  expect(started).toEqual(['/alpha', '/beta', '/alpha', '/beta', '/alpha'])
  first[1]?.end()
  await Promise.all(running)
})
