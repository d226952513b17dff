import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import type { Method } from '../../engine/methods.ts'
import type { IdentityPort } from '../ports/ports.ts'
import { enableDeviceManagement } from './enable-device-management.ts'

const people: Record<string, JsonObject> = {
  kim: { _id: 'kim-id', userName: 'kim', accountStatus: 'active' },
  gone: { _id: 'gone-id', userName: 'gone', accountStatus: 'inactive' },
}

function run(strategy: string | undefined, methods: Method[] = [], username?: string) {
  const identities = { find: async (name: string) => people[name] } as unknown as IdentityPort
  return runNode(enableDeviceManagement, {
    config: strategy === undefined ? {} : { deviceEnforcementStrategy: strategy },
    shared: username === undefined ? {} : { username },
    ports: { identities },
    context: { methods: async () => methods },
  })
}

test.each([
  [undefined, [], 'SAME'],
  ['SAME', ['pwd'], 'SAME'],
  ['NONE', ['pwd'], 'NONE'],
  ['ANY', ['pwd', 'otp'], 'ANY'],
  ['ANY', ['pop'], 'ANY'],
  ['ANY', ['hwk'], 'ANY'],
] as const)('with %s and the methods %j, the session gets %s', async (strategy, methods, expected) => {
  const { action } = await run(strategy, [...methods], 'kim')
  expect(action).toEqual({
    kind: 'goTo',
    outcome: 'successOutcome',
    sessionProperties: { deviceManagement: expected },
  })
})

test.each([
  ['nobody is named', 'SAME', [], undefined],
  ['nobody has the name', 'NONE', ['otp'], 'nobody'],
  ['the person is inactive', 'NONE', ['otp'], 'gone'],
  ['there was only a password', 'ANY', ['pwd'], 'kim'],
  [
    'there was only a recovery code, a sent code or an identity provider',
    'ANY',
    ['rc', 'code', 'fed', 'cookie', 'kba'],
    'kim',
  ],
] as const)('fails if %s', async (_case, strategy, methods, username) => {
  const { action, log } = await run(strategy, [...methods], username)
  expect(action).toEqual({ kind: 'goTo', outcome: 'failureOutcome' })
  expect(log).toEqual([{ level: 'warn', message: 'devices cannot be managed' }])
})
