import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type Approval,
  type ApprovalChange,
  approvalLifeMs,
  longestWaitMs,
} from '../../help-desk/approvals/approval.ts'
import { noPurpose } from '../../help-desk/transactions/purpose.ts'
import type { Party } from '../../help-desk/transactions/transaction.ts'
import type { Stores } from '../stores.ts'
import { exampleCommit, exampleIdentity, exampleJourneySession, type OpenStores, start } from './examples.ts'

const now = start + 1000
const journeySession = 'front'
const noor = { id: 'noor', name: 'noor', displayName: 'Noor Night' }
const kim = { id: 'kim', name: 'kim' }

function exampleApproval(change: Partial<Approval> = {}): Approval {
  return {
    id: 'a1',
    realm: '/alpha',
    journeySession,
    journey: 'TwoAgents',
    requestedBy: { id: 'dana', name: 'dana' },
    subject: { id: 'ada', name: 'ada', displayName: 'Ada' },
    purpose: { ...noPurpose, action: 'Reset the password' },
    state: 'waiting',
    createdAt: start,
    expiresAt: start + 180_000,
    ...change,
  }
}

/** The tests for requests to second agents. */
export function approvalStoreContract(open: OpenStores): void {
  describe('requests for approval', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    const commit = (...approvals: ApprovalChange[]) =>
      stores.steps.commit(exampleCommit(exampleJourneySession(), { approvals }))
    const ask = (change: Partial<Approval> = {}) => commit({ kind: 'ask', approval: exampleApproval(change) })
    const find = (id = 'a1', realm = '/alpha') => stores.approvals.find(realm, id)
    const approve = (by: Party = noor, at = now, realm = '/alpha') =>
      stores.approvals.answer(realm, 'a1', by, { kind: 'approve' }, at)
    const use = (at = now + 1, session = journeySession) =>
      commit({ kind: 'use', id: 'a1', journeySession: session, now: at })

    test('are found in their realm as they were asked', async () => {
      const approval = exampleApproval({ chosenId: 'ed', purpose: { ...noPurpose, vouchFor: 'Ed' } })
      await ask(approval)
      expect(await find()).toEqual(approval)
      expect(await find('a1', '/bravo')).toBeUndefined()
      expect(await stores.approvals.ofJourney('/alpha', journeySession)).toEqual([approval])
      expect(await stores.approvals.ofJourney('/alpha', 'other')).toEqual([])
      expect(await stores.approvals.ofJourney('/bravo', journeySession)).toEqual([])
    })

    const asksThree = async () => {
      await ask()
      await ask({ id: 'a2', journeySession: 'second', createdAt: start + 2 })
      await ask({ id: 'a3', journeySession: 'third', createdAt: start + 1, requestedBy: kim })
      await ask({ id: 'b1', journeySession: 'fourth', realm: '/bravo', createdAt: start + 3 })
    }
    const idsOf = (found: readonly Approval[]) => found.map(({ id }) => id)

    test('are listed newest first while they wait, without those of other realms', async () => {
      await asksThree()
      const waiting = async (at = now, limit = 9) =>
        idsOf(await stores.approvals.waiting('/alpha', at, limit))
      expect(await waiting()).toEqual(['a2', 'a3', 'a1'])
      expect(await waiting(now, 1)).toEqual(['a2'])
      expect(await waiting(start + 180_000)).toEqual([])
      await approve()
      expect(await waiting()).toEqual(['a2', 'a3'])
    })

    test('are listed as long as a node can let them wait, and no longer', async () => {
      await ask({ expiresAt: start + 2 * longestWaitMs })
      const waiting = async (at: number) => idsOf(await stores.approvals.waiting('/alpha', at, 9))
      expect(await waiting(start + longestWaitMs)).toEqual(['a1'])
      expect(await waiting(start + longestWaitMs + 1)).toEqual([])
    })

    test('are listed for the person who asked or answered, however many others there are', async () => {
      await asksThree()
      await approve()
      const ofPerson = async (id: string, since = start - 1, limit = 9) =>
        idsOf(await stores.approvals.ofPerson('/alpha', id, since, limit))
      expect(await ofPerson('dana')).toEqual(['a2', 'a1'])
      expect(await ofPerson('dana', start - 1, 1)).toEqual(['a2'])
      expect(await ofPerson('dana', start)).toEqual(['a2'])
      expect(await ofPerson('kim')).toEqual(['a3'])
      expect(await ofPerson('noor')).toEqual(['a1'])
      expect(await ofPerson('Noor Night')).toEqual([])
    })

    test('get one answer, even if two agents answer at once', async () => {
      await ask()
      expect(await approve(noor, now, '/bravo')).toBe(false)
      const decline = { kind: 'decline', reason: 'Not today' } as const
      const both = await Promise.all([approve(), stores.approvals.answer('/alpha', 'a1', kim, decline, now)])
      expect(both.filter(Boolean)).toHaveLength(1)
      expect(await find()).toMatchObject(
        both[0]
          ? { state: 'approved', answeredBy: noor, answeredAt: now }
          : { state: 'declined', answeredBy: kim, declineReason: 'Not today', answeredAt: now },
      )
      expect(await approve(kim)).toBe(false)
    })

    test('get no answer once they have expired', async () => {
      await ask()
      expect(await approve(noor, start + 180_000)).toBe(false)
      expect(await approve(noor, start + 179_999)).toBe(true)
    })

    test('are withdrawn only while they wait, and only by their journey', async () => {
      await ask()
      await commit({ kind: 'cancel', id: 'a1', journeySession: 'other', now })
      expect(await find()).toMatchObject({ state: 'waiting' })
      await commit({ kind: 'cancel', id: 'a1', journeySession, now })
      expect(await find()).toMatchObject({ state: 'cancelled' })
      expect(await approve()).toBe(false)
      await ask({ id: 'a2' })
      await stores.approvals.answer('/alpha', 'a2', noor, { kind: 'approve' }, now)
      await commit({ kind: 'cancel', id: 'a2', journeySession, now })
      expect(await find('a2')).toMatchObject({ state: 'approved' })
    })

    test('replace one that waits in the same journey', async () => {
      await ask()
      await ask({ id: 'b1', journeySession: 'other' })
      await ask({ id: 'a2' })
      const states = await Promise.all(['a1', 'a2', 'b1'].map(async (id) => (await find(id))?.state))
      expect(states).toEqual(['cancelled', 'waiting', 'waiting'])
    })

    test('are used once, and by their journey', async () => {
      await ask()
      expect(await use()).toBe('approval')
      await approve()
      expect(await use(now + 1, 'other')).toBe('approval')
      const both = await Promise.all([use(), use()])
      expect(both.toSorted()).toEqual(['approval', 'committed'])
      expect(await find()).toMatchObject({ usedAt: now + 1 })
      expect(await use()).toBe('approval')
    })

    test('are not used once they are too old or declined', async () => {
      await ask()
      await stores.approvals.answer('/alpha', 'a1', noor, { kind: 'decline', reason: undefined }, now)
      expect(await use()).toBe('approval')
      await ask({ id: 'a2' })
      await stores.approvals.answer('/alpha', 'a2', noor, { kind: 'approve' }, now)
      const late = { kind: 'use', id: 'a2', journeySession, now: now + approvalLifeMs } as const
      expect(await commit(late)).toBe('approval')
      expect(await commit({ ...late, now: late.now - 1 })).toBe('committed')
    })

    test('are deleted by age', async () => {
      await ask()
      await ask({ id: 'a2', createdAt: start + 5 })
      expect(await stores.approvals.deleteCreatedBefore(start + 5)).toBe(1)
      expect(await find()).toBeUndefined()
      expect(await find('a2')).toBeDefined()
    })
  })

  test('people with roles are found without reading all people', async () => {
    const stores = await open()
    const dana = exampleIdentity({ id: 'a-dana', userName: 'dana' })
    const resting = exampleIdentity({ id: 'b-kim', userName: 'kim', isActive: false, roles: ['auditor'] })
    await stores.identities.create(dana)
    await stores.identities.create(resting)
    await stores.identities.create(exampleIdentity({ userName: 'alex', roles: [] }))
    await stores.identities.create(exampleIdentity({ userName: 'zoe', realm: '/bravo' }))
    const found = await stores.identities.withRoles('/alpha')
    expect(found.map(({ userName }) => userName)).toEqual(['dana', 'kim'])
    await stores.close()
  })
}
