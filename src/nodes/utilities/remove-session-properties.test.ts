import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import { removeSessionProperties } from './remove-session-properties.ts'

test('removes properties', async () => {
  const { action } = await runNode(removeSessionProperties, {
    config: { propertyNames: ['channel', 'desk'] },
  })
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'outcome',
    sessionProperties: { channel: null, desk: null },
  })
})

test('rejects system properties', async () => {
  const { action } = await runNode(removeSessionProperties, { config: { propertyNames: ['UserId'] } })
  expect(action).toEqual({ kind: 'error', message: 'Cannot remove system session property UserId' })
})

test.each([[{}], [{ propertyNames: [] }]])('rejects settings %j', (config) => {
  expect(removeSessionProperties.config.safeParse(config).success).toBe(false)
})
