import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { setState } from './set-state.ts'

test('writes texts to shared state and removes earlier values from all parts', async () => {
  const { action, state } = await runNode(setState, {
    config: { attributes: { 'customer.tier': 'gold', channel: 'phone' } },
    shared: { kept: true },
    secure: { channel: 'mail' },
    transient: { channel: 'web' },
  })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state).toEqual({
    shared: { kept: true, 'customer.tier': 'gold', channel: 'phone' },
    secure: {},
    transient: {},
  })
})

test('accepts an empty map exported as a list', async () => {
  const { action, state } = await runNode(setState, { config: { attributes: [] } })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({})
})
