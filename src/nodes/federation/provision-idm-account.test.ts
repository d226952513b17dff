import { expect, test } from 'vitest'
import { refusal } from '../../../test/support/one-person.ts'
import { provisioningFakes, userInfo } from '../../../test/support/provisioning-fakes.ts'
import { runNode } from '../../../test/support/run-node.ts'
import { provisionIdmAccount as node } from './provision-idm-account.ts'

const kim = { userName: 'kim', sn: 'Kim', mail: 'kim@example.com', accountStatus: 'active' }

test.each([
  [{}, kim],
  [{ password: 'Chosen-2026' }, { ...kim, password: 'Chosen-2026' }],
])(
  'creates a managed object from the provider’s data, with %o in transient state',
  async (transient, object) => {
    const { created, ports } = provisioningFakes()
    const { action, state } = await runNode(node, {
      shared: { userInfo },
      transient: { ...transient },
      ports,
    })
    expect(action).toEqual({ kind: 'goTo', outcome: 'outcome', identified: { kind: 'user', name: 'new-id' } })
    expect(created).toEqual([object])
    expect(state.shared.username).toBe('kim')
  },
)

test('ignores collected attributes', async () => {
  const { created, ports } = provisioningFakes()
  const shared = { userInfo, objectAttributes: { userName: 'robin' } }
  await runNode(node, { shared, ports })
  expect(created).toEqual([kim])
})

const first = 'You must call a node that sets this information first'
test.each([
  [{}, `No user information has been found in the shared state. ${first}`],
  [{ userInfo: { attributes: {} } }, `The user information doesn't contain the userNames. ${first}`],
])('fails with %o in state', async (shared, message) => {
  const { ports } = provisioningFakes()
  expect((await runNode(node, { shared: { ...shared }, ports })).action).toEqual({ kind: 'error', message })
})

test('fails if policies reject the person', async () => {
  const { ports } = provisioningFakes(refusal('The username is taken'))
  const { action, log } = await runNode(node, { shared: { userInfo }, ports })
  expect(action).toEqual({ kind: 'error', message: 'Unable to create user' })
  expect(log).toEqual([{ level: 'warn', message: 'Unable to create user' }])
})

test('rejects other classes', async () => {
  const { ports } = provisioningFakes()
  const config = { accountProviderClass: 'com.example.Mine' }
  const message = 'Account provider class com.example.Mine is not available'
  expect((await runNode(node, { config, shared: { userInfo }, ports })).action).toEqual({
    kind: 'error',
    message,
  })
})
