import { expect, test } from 'vitest'
import { createSlowGate } from './slow-calls.ts'

/** A calculation that ends when the test says so. */
function held() {
  let end = () => {}
  const done = new Promise<void>((resolve) => {
    end = resolve
  })
  return { done, end: () => end() }
}

test('does two calculations at a time, in order', async () => {
  const gate = createSlowGate()
  const started: number[] = []
  const works = [held(), held(), held(), held()]
  const all = works.map(({ done }, at) =>
    gate({ count: 0 })(() => {
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
  const gate = createSlowGate()
  const failing = () => Promise.reject(new Error('no'))
  for (let count = 0; count < 5; count++) await expect(gate({ count: 0 })(failing)).rejects.toThrow('no')
  expect(await gate({ count: 0 })(() => Promise.resolve('yes'))).toBe('yes')
})

test('refuses the fifth calculation of a run', async () => {
  const turn = createSlowGate()({ count: 0 })
  for (let count = 0; count < 4; count++) await turn(() => Promise.resolve())
  await expect(turn(() => Promise.resolve())).rejects.toMatchObject({ code: 429 })
})

test('refuses a calculation if fifty others wait', async () => {
  const gate = createSlowGate()
  const { done, end } = held()
  const all = Array.from({ length: 52 }, () => gate({ count: 0 })(() => done))
  const refused = gate({ count: 0 })(() => done)
  end()
  await expect(refused).rejects.toMatchObject({ code: 503 })
  await Promise.all(all)
})
