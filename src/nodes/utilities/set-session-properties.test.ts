import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import { setSessionProperties } from './set-session-properties.ts'

test('adds properties and limits to the outcome', async () => {
  const { action } = await runNode(setSessionProperties, {
    config: { properties: { channel: 'phone' }, maxSessionTime: 60, maxIdleTime: 5 },
  })
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'outcome',
    sessionProperties: { channel: 'phone' },
    maxSessionMinutes: 60,
    maxIdleMinutes: 5,
  })
})

test('sets no limits by default', async () => {
  const { action } = await runNode(setSessionProperties)
  expect(action).toEqual({ kind: 'goTo', outcome: 'outcome', sessionProperties: {} })
})

test('rejects system properties', async () => {
  const { action } = await runNode(setSessionProperties, { config: { properties: { UserId: 'amadmin' } } })
  expect(action).toEqual({ kind: 'error', message: 'Cannot set system session property UserId' })
})

test.each([[{ maxSessionTime: 0 }], [{ maxIdleTime: -1 }]])('rejects settings %j', (config) => {
  expect(setSessionProperties.config.safeParse(config).success).toBe(false)
})
