import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import { updateJourneyTimeout } from './update-journey-timeout.ts'

const key = 'maxAuthenticationSessionDuration'
const update = (operation: string, value: number, transient = {}) =>
  runNode(updateJourneyTimeout, { config: { operation, value }, transient, context: { journeyMinutes: 5 } })

test.each([
  ['set', 'SET', 20, {}, 20],
  ['set to zero', 'SET', 0, {}, 0],
  ['lengthened', 'MODIFY', 3, {}, 8],
  ['shortened', 'MODIFY', -3, {}, 2],
  ['extended again in the same request', 'MODIFY', 3, { [key]: 30 }, 33],
])('the timeout is %s', async (_case, operation, value, transient, journeyMinutes) => {
  const { action, state } = await update(operation, value, transient)
  expect(action).toEqual({ kind: 'goTo', outcome: 'outcome', journeyMinutes })
  expect(state.transient).toEqual({ [key]: journeyMinutes })
})

test.each([
  ['SET', -1, 'The timeout value must be positive when SET operation is selected'],
  ['MODIFY', -6, 'The resulting timeout value must be positive'],
])('fails for %s %i', async (operation, value, message) => {
  expect((await update(operation, value)).action).toEqual({ kind: 'error', message })
})

test.each([
  [{}],
  [{ operation: 'SET' }],
  [{ operation: 'ADD', value: 1 }],
  [{ operation: 'SET', value: 1.5 }],
])('rejects settings %j', (config) => {
  expect(updateJourneyTimeout.config.safeParse(config).success).toBe(false)
})
