import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import type { IdentityPort } from '../ports/ports.ts'
import { accountLockout } from './account-lockout.ts'

const alex = { _id: 'u-1', userName: 'alex' }

function identitiesOf(...people: (typeof alex)[]) {
  const changes: [string, boolean][] = []
  const identities: Pick<IdentityPort, 'find' | 'setActive'> = {
    find: async (name) => people.find(({ userName }) => userName === name),
    setActive: async (id, isActive) => void changes.push([id, isActive]),
  }
  return { changes, ports: { identities: identities as IdentityPort } }
}

test.each([
  [{}, false],
  [{ lockAction: 'LOCK' }, false],
  [{ lockAction: 'UNLOCK' }, true],
])('%j sets the account active: %s', async (config, isActive) => {
  const { changes, ports } = identitiesOf(alex)
  const { action } = await runNode(accountLockout, { config, shared: { username: 'alex' }, ports })
  expect(action).toEqual({ kind: 'goTo', outcome: 'outcome' })
  expect(changes).toEqual([['u-1', isActive]])
})

test.each([
  [{}, 'Could not get a valid username from the context'],
  [{ username: '' }, 'Could not get a valid username from the context'],
  [{ username: 'sam' }, 'Could not find the identity based on the information available on context.'],
])('fails for state %j without changing any identity', async (shared, message) => {
  const { changes, ports } = identitiesOf(alex)
  const { action } = await runNode(accountLockout, { shared, ports })
  expect(action).toEqual({ kind: 'error', message })
  expect(changes).toEqual([])
})
