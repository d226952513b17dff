import { expect, test } from 'vitest'
import { refusal } from '../../../test/support/one-person.ts'
import { provisioningFakes, userInfo } from '../../../test/support/provisioning-fakes.ts'
import { runNode } from '../../../test/support/run-node.ts'
import { provisionDynamicAccount as node } from './provision-dynamic-account.ts'

const kim = { userName: 'kim', sn: 'Kim', mail: 'kim@example.com', accountStatus: 'active' }
const goesOn = { kind: 'goTo', outcome: 'outcome', identified: { kind: 'user', name: 'new-id' } }

test('what a provider told becomes an account, with the password of the journey', async () => {
  const { created, ports } = provisioningFakes()
  const transient = { password: 'Chosen-2026' }
  const { action, state } = await runNode(node, { shared: { userInfo }, transient, ports })
  expect(action).toEqual(goesOn)
  expect(created).toEqual([{ ...kim, password: 'Chosen-2026' }])
  expect(state.shared.username).toBe('kim')
})

test('what the journey collected goes before what a provider told', async () => {
  const { created, ports } = provisioningFakes()
  const shared = { userInfo, objectAttributes: { userName: 'robin', sn: 'Reed' } }
  const { state } = await runNode(node, { shared, ports })
  expect(created).toEqual([
    { userName: 'robin', sn: 'Reed', accountStatus: 'active', password: 'f'.repeat(20) },
  ])
  expect(state.shared.username).toBe('robin')
})

test.each([
  ['a name of the provider', userInfo.userNames, 'google-42'],
  ['a random name', {}, 'f'.repeat(32)],
])('somebody without a user name gets %s', async (_what, userNames, userName) => {
  const { created, ports } = provisioningFakes()
  const shared = { userInfo: { attributes: { sn: ['Kim'] }, userNames } }
  await runNode(node, { shared, ports })
  expect(created).toMatchObject([{ userName, sn: 'Kim' }])
})

const first = 'You must call a node that sets this information first'
test.each([
  [{}, `No user information has been found in the shared state. ${first}`],
  [{ userInfo: { attributes: {} } }, `The user information doesn't contain the userNames. ${first}`],
])('with %o in state there is nobody to make an account for', async (shared, message) => {
  const { created, ports } = provisioningFakes()
  const { action } = await runNode(node, { shared: { ...shared }, ports })
  expect(action).toEqual({ kind: 'error', message })
  expect(created).toEqual([])
})

test('whom policies do not allow is not made, and the log says why', async () => {
  const { ports } = provisioningFakes(refusal('Policy validation failed: mail REQUIRED'))
  const { action, log, state } = await runNode(node, { shared: { userInfo }, ports })
  expect(action).toEqual({ kind: 'error', message: 'Unable to create user' })
  expect(log).toEqual([{ level: 'warn', message: 'Unable to create user' }])
  expect(state.shared.username).toBeUndefined()
})

test('a store that is away is no refusal', async () => {
  const { ports } = provisioningFakes(new Error('disk full'))
  await expect(runNode(node, { shared: { userInfo }, ports })).rejects.toThrow('disk full')
})

test('a class of somebody else is not run', async () => {
  const { created, ports } = provisioningFakes()
  const config = { accountProviderClass: 'com.example.Mine' }
  const { action } = await runNode(node, { config, shared: { userInfo }, ports })
  const message = 'Account provider class com.example.Mine is not available'
  expect(action).toEqual({ kind: 'error', message })
  expect(created).toEqual([])
})
