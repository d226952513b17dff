import { expect, test } from 'vitest'
import { outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { setSuccessUrl } from './set-success-url.ts'

const successUrl = 'https://app.example.com/success'

test('stores the success URL in shared state', async () => {
  const { action, state } = await runNode(setSuccessUrl, { config: { successUrl } })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.shared).toEqual({ successUrl })
})

test.each([[{}], [{ successUrl: '' }]])('rejects settings %j', (config) => {
  expect(setSuccessUrl.config.safeParse(config).success).toBe(false)
})
