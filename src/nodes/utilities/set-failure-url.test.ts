import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { setFailureUrl } from './set-failure-url.ts'

const failureUrl = 'https://app.example.com/failure'

test('stores the failure URL in shared state', async () => {
  const { action, state } = await runNode(setFailureUrl, { config: { failureUrl } })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({ failureUrl })
})

test.each([[{}], [{ failureUrl: '' }]])('rejects settings %j', (config) => {
  expect(setFailureUrl.config.safeParse(config).success).toBe(false)
})
