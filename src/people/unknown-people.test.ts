import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  alex,
  type IdentitiesOnDisk,
  identitiesOnDisk,
  lockout,
  password,
} from '../../test/support/identities-on-disk.ts'
import { outcomeOf, runNode } from '../../test/support/run-node.ts'
import { agentDataStoreDecision } from '../nodes/basic-authentication/agent-data-store-decision.ts'
import { dataStoreDecision } from '../nodes/basic-authentication/data-store-decision.ts'
import { identityStoreDecision } from '../nodes/basic-authentication/identity-store-decision.ts'
import { Identities } from './identities.ts'
import { IdentityUnit } from './identity-unit.ts'
import { Passwords } from './passwords/passwords.ts'

// If the server does different work for known and unknown usernames, response times reveal who exists. These tests count
// the hashes, which take nearly all of the time.

class CountedPasswords extends Passwords {
  checked = 0

  override verify(hash: string | undefined, secret: string): Promise<boolean> {
    this.checked++
    return super.verify(hash, secret)
  }
}

let disk: IdentitiesOnDisk
let passwords: CountedPasswords
let identities: Identities

beforeEach(async () => {
  disk = await identitiesOnDisk()
  passwords = new CountedPasswords()
  identities = new Identities(disk.store, passwords, () => disk.clock.now, disk.guesses)
  const create = (userName: string, more: object = {}, given: Parameters<Identities['create']>[2] = {}) => {
    const { password: _none, ...rest } = alex
    return identities.create('/alpha', { ...rest, userName, mail: `${userName}@example.com`, ...more }, given)
  }
  await create('somebody', { password })
  await create('without', {})
  await create('inactive', { password, accountStatus: 'inactive' })
  await create('agent', { password }, { kind: 'agent' })
  await create('coded', { password, userCode: '482913' })
  const locked = await create('locked', { password })
  for (let times = 0; times < lockout.maxFailures; times++) {
    await identities.checkPassword(await identities.read('/alpha', locked.id), 'wrong', lockout)
  }
  passwords.checked = 0
})
afterEach(() => disk.close())

const unit = () => new IdentityUnit(identities, '/alpha', lockout)

const names = ['nobody', 'somebody', 'without', 'inactive', 'agent', 'locked']

describe('a wrong password costs one hash', () => {
  test.each(names)('for %s', async (name) => {
    expect((await unit().checkPassword(name, 'wrong')).kind).not.toBe('right')
    expect(passwords.checked).toBe(1)
  })

  test.each(names)('for %s, when only agents are expected', async (name) => {
    await unit().checkPassword(name, 'wrong', 'agent')
    expect(passwords.checked).toBe(1)
  })

  test.each([
    ['Data Store Decision', dataStoreDecision],
    ['Agent Data Store Decision', agentDataStoreDecision],
  ] as const)('in %s, with the same outcome', async (_name, type) => {
    const outcomes = new Set<string>()
    for (const [index, username] of names.entries()) {
      const { action } = await runNode(type, {
        shared: { username },
        transient: { password: 'wrong' },
        ports: { identities: unit() },
      })
      outcomes.add(outcomeOf(action))
      expect(passwords.checked, username).toBe(index + 1)
    }
    expect([...outcomes]).toEqual(['false'])
  })

  test('in Identity Store Decision, which only tells locked people apart', async () => {
    const outcomes: Record<string, string> = {}
    for (const [index, username] of names.entries()) {
      const { action } = await runNode(identityStoreDecision, {
        shared: { username },
        transient: { password: 'wrong' },
        ports: { identities: unit() },
      })
      outcomes[username] = outcomeOf(action)
      expect(passwords.checked, username).toBe(index + 1)
    }
    expect(outcomes).toMatchObject({ nobody: 'FALSE', somebody: 'FALSE', without: 'FALSE', agent: 'FALSE' })
  })
})

test.each(['somebody', 'coded'])('a user code costs one hash, whether %s has one or not', async (name) => {
  const found = await identities.find('/alpha', name)
  if (found === undefined) throw new Error('expected a person')
  expect(
    await identities.checkUserCode({ path: '/alpha', settings: { lockout } }, found.id, '000000', 'app'),
  ).toBe(false)
  expect(passwords.checked).toBe(1)
})

test('a lookup by name makes the same reads for known and unknown names', async () => {
  const reads: string[] = []
  const noted = <Answer>(what: string, answer: Answer) => {
    reads.push(what)
    return answer
  }
  const { read, byUserName } = disk.store
  const store = {
    ...disk.store,
    read: (...given: Parameters<typeof read>) => noted('id', read(...given)),
    byUserName: (...given: Parameters<typeof byUserName>) => noted('name', byUserName(...given)),
  }
  const counted = new Identities(store, passwords, () => disk.clock.now, disk.guesses)
  const readsOf = async (name: string) => {
    reads.length = 0
    await counted.find('/alpha', name)
    return reads.toSorted()
  }
  expect(await readsOf('nobody')).toEqual(await readsOf('somebody'))
})
