import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { SecretsPort } from '../ports/ports.ts'
import { oneTimePasswordGenerator } from './one-time-password-generator.ts'

const secrets = { digits: (length: number) => '12345678901234567890'.slice(0, length) } as SecretsPort

test('stores the password and its creation time in transient state only', async () => {
  const { action, state, log } = await runNode(oneTimePasswordGenerator, {
    ports: { secrets },
    shared: { username: 'alex' },
  })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state).toEqual({
    shared: { username: 'alex' },
    secure: {},
    transient: { oneTimePassword: '12345678', oneTimePasswordTimestamp: 1_700_000_000 },
  })
  expect(log).toEqual([])
})

test('creates the configured number of digits', async () => {
  const { state } = await runNode(oneTimePasswordGenerator, { config: { length: 6 }, ports: { secrets } })
  expect(state.transient.oneTimePassword).toBe('123456')
})

test('rejects a length that can be guessed', async () => {
  await expect(
    runNode(oneTimePasswordGenerator, { config: { length: 3 }, ports: { secrets } }),
  ).rejects.toThrow('must be at least 4')
})
