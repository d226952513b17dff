import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import { haveIBeenPwned } from './have-i-been-pwned.ts'

async function check(count: number | Error, config: JsonObject = {}, password = 'open-sesame') {
  const asked: string[][] = []
  const ran = await runNode(haveIBeenPwned, {
    config,
    transient: password === '' ? {} : { password },
    ports: {
      breaches: {
        async count(...asking) {
          asked.push(asking)
          if (count instanceof Error) throw count
          return count
        },
      },
    },
  })
  return { ...ran, asked }
}

test.each([
  [0, 0, 'Not Compromised'],
  [1, 0, 'Compromised'],
  [5, 5, 'Not Compromised'],
  [6, 5, 'Compromised'],
])('with %i breaches and the threshold %i: %s', async (count, threshold, outcome) => {
  const { action, state } = await check(count, { threshold })
  expect([outcomeOf(action), state.shared]).toEqual([outcome, { breaches: count }])
})

test('names itself to the service', async () => {
  expect((await check(0, { userAgent: 'Larkfield', apiKey: 'key' })).asked).toEqual([
    ['open-sesame', 'Larkfield'],
  ])
})

test('keeps the number under another key, or not at all', async () => {
  expect((await check(2, { breaches: 'seen' })).state.shared).toEqual({ seen: 2 })
  expect((await check(2, { breaches: '' })).state.shared).toEqual({})
})

test('no password counts as compromised', async () => {
  const { action, asked } = await check(0, {}, '')
  expect([outcomeOf(action), asked]).toEqual(['Compromised', []])
})

test('takes Error if the service doesn’t answer', async () => {
  const { action, log } = await check(new Error('no answer'))
  expect(outcomeOf(action)).toBe('Error')
  expect(log).toEqual([{ level: 'warn', message: 'the password could not be checked' }])
})
