import { expect, test } from 'vitest'
import { refusal } from '../../../test/support/one-person.ts'
import { provisioningFakes, userInfo } from '../../../test/support/provisioning-fakes.ts'
import { runNode } from '../../../test/support/run-node.ts'
import { provisionDynamicAccount as node } from './provision-dynamic-account.ts'

const kim = { userName: 'kim', sn: 'Kim', mail: 'kim@example.com', accountStatus: 'active' }
const goesOn = { kind: 'goTo', outcome: 'outcome', identified: { kind: 'user', name: 'new-id' } }

test('creates an account from the provider’s data with the password in state', async () => {
  const { created, ports } = provisioningFakes()
  const transient = { password: 'Chosen-2026' }
  const { action, state } = await runNode(node, { shared: { userInfo }, transient, ports })
  expect(action).toEqual(goesOn)
  expect(created).toEqual([{ ...kim, password: 'Chosen-2026' }])
  expect(state.shared.username).toBe('kim')
})

test('prefers collected attributes to the provider’s data', async () => {
  const { created, ports } = provisioningFakes()
  const shared = { userInfo, objectAttributes: { userName: 'robin', sn: 'Reed' } }
  const { state } = await runNode(node, { shared, ports })
  expect(created).toEqual([
    { userName: 'robin', sn: 'Reed', accountStatus: 'active', password: 'f'.repeat(20) },
  ])
  expect(state.shared.username).toBe('robin')
})

test.each([
  ['the provider’s name', userInfo.userNames, 'google-42'],
  ['a random name', {}, 'f'.repeat(32)],
])('uses %s without a username', async (_what, userNames, userName) => {
  const { created, ports } = provisioningFakes()
  const shared = { userInfo: { attributes: { sn: ['Kim'] }, userNames } }
  await runNode(node, { shared, ports })
  expect(created).toMatchObject([{ userName, sn: 'Kim' }])
})

const first = 'You must call a node that sets this information first'
test.each([
  [{}, `No user information has been found in the shared state. ${first}`],
  [{ userInfo: { attributes: {} } }, `The user information doesn't contain the userNames. ${first}`],
])('fails with %o in state', async (shared, message) => {
  const { created, ports } = provisioningFakes()
  const { action } = await runNode(node, { shared: { ...shared }, ports })
  expect(action).toEqual({ kind: 'error', message })
  expect(created).toEqual([])
})

test('fails and logs the reason if policies reject the person', async () => {
  const { ports } = provisioningFakes(refusal('Policy validation failed: mail REQUIRED'))
  const { action, log, state } = await runNode(node, { shared: { userInfo }, ports })
  expect(action).toEqual({ kind: 'error', message: 'Unable to create user' })
  expect(log).toEqual([{ level: 'warn', message: 'Unable to create user' }])
  expect(state.shared.username).toBeUndefined()
})

test('does not treat a store failure as a rejection', async () => {
  const { ports } = provisioningFakes(new Error('disk full'))
  await expect(runNode(node, { shared: { userInfo }, ports })).rejects.toThrow('disk full')
})

test('rejects other classes', async () => {
  const { created, ports } = provisioningFakes()
  const config = { accountProviderClass: 'com.example.Mine' }
  const { action } = await runNode(node, { config, shared: { userInfo }, ports })
  const message = 'Account provider class com.example.Mine is not available'
  expect(action).toEqual({ kind: 'error', message })
  expect(created).toEqual([])
})
