import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { handOverMs, type Transaction, unknownOpener } from '../../help-desk/transactions/transaction.ts'
import type { Stores } from '../stores.ts'
import {
  exampleCommit,
  exampleJourneySession,
  exampleTransaction,
  type OpenStores,
  start,
} from './examples.ts'

const now = start + 1000
const dana = { id: 'dana-id', name: 'dana', displayName: 'Dana Desk' }
const noor = { id: 'noor-id', name: 'noor', displayName: 'Noor Night' }
const eve = { id: 'eve-id', name: 'eve', displayName: 'Eve Early' }
const openedBy = { ...unknownOpener, agent: dana, isHelpDesk: true }

export function handOverContract(open: OpenStores): void {
  describe('handing checks over', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    async function opened(change: Partial<Transaction> = {}): Promise<string> {
      const transaction = exampleTransaction({ openedBy, ...change })
      await stores.transactions.apply([{ kind: 'create', transaction }])
      return transaction.idHash
    }
    async function openedCheck(change: Partial<Transaction>): Promise<string> {
      const transaction = exampleTransaction({ openedBy, ...change })
      const { idHash, realm } = transaction
      const check = {
        idHash,
        realm,
        codes: 'sealed',
        triesLeft: 3,
        isBound: true,
        methods: [],
        level: 0,
      } as const
      const commit = exampleCommit(exampleJourneySession(), {
        transactions: [{ kind: 'create', transaction }],
        verifications: [{ kind: 'open', verification: check, now: start }],
      })
      expect(await stores.steps.commit(commit)).toBe('committed')
      return idHash
    }
    const offer = (idHash: string, to: typeof noor | null = null, by = dana) =>
      stores.transactions.offer(idHash, by.id, to, now)
    const take = (idHash: string, to: typeof noor, { from = dana, isOffered = true } = {}) =>
      stores.transactions.takeOver(idHash, { from, to, isOffered }, now)
    const offered = async (offeredTo: string) => {
      const query = {
        realm: '/alpha',
        agentId: undefined,
        status: undefined,
        now,
        after: undefined,
        limit: 9,
      }
      const listed = await stores.transactions.list({ ...query, offeredTo })
      return listed.map(({ transaction }) => transaction.idHash)
    }
    const kinds = async (idHash: string) =>
      (await stores.transactions.eventsAfter(idHash, 0)).map(({ kind }) => kind)

    test('keeps an offer with its event while the agent stays responsible', async () => {
      const idHash = await opened()
      expect(await offer(idHash, noor)).toBe(true)
      const stored = await stores.transactions.read(idHash)
      expect(stored).toMatchObject({ offer: { to: noor, at: now }, sequence: 1 })
      expect(stored?.assignee).toBeUndefined()
      expect(await stores.transactions.eventsAfter(idHash, 0)).toEqual([
        { kind: 'offered', sequence: 1, at: now, to: 'Noor Night', toId: 'noor-id' },
      ])
    })

    test('lists offers to the agent or the team, but no own, ended or foreign ones', async () => {
      const [toNoor, toTeam, toEve] = [await opened(), await opened(), await opened()]
      const expired = await opened({ expiresAt: now })
      const elsewhere = await opened({ realm: '/beta' })
      await offer(toNoor, noor)
      await offer(toEve, eve)
      for (const idHash of [toTeam, elsewhere]) await offer(idHash)
      await stores.transactions.offer(expired, dana.id, null, now - 1)
      expect((await offered('noor-id')).toSorted()).toEqual([toNoor, toTeam].toSorted())
      expect(await offered('dana-id')).toEqual([])
      await take(toTeam, eve)
      expect(await offered('noor-id')).toEqual([toNoor])
    })

    test('makes the agent who takes over responsible, and clears the offer', async () => {
      const idHash = await opened()
      await offer(idHash, noor)
      expect(await take(idHash, noor)).toBe(true)
      const stored = await stores.transactions.read(idHash)
      expect(stored).toMatchObject({ assignee: noor, openedBy: { agent: dana }, sequence: 2 })
      expect(stored?.offer).toBeUndefined()
      expect(await stores.transactions.eventsAfter(idHash, 1)).toEqual([
        {
          kind: 'takenOver',
          sequence: 2,
          at: now,
          agent: 'Noor Night',
          from: 'Dana Desk',
          fromId: 'dana-id',
        },
      ])
      const query = { realm: '/alpha', status: undefined, now, after: undefined, limit: 9 }
      expect(await stores.transactions.list({ ...query, agentId: 'noor-id' })).toHaveLength(1)
      expect(await stores.transactions.list({ ...query, agentId: 'dana-id' })).toEqual([])
    })

    test.each([
      ['by an offer', true],
      ['as leads', false],
    ])('lets one of many agents take over at once %s', async (_how, isOffered) => {
      const idHash = await opened()
      await offer(idHash)
      const agents = Array.from({ length: 8 }, (_, index) => ({ ...noor, id: `agent-${index}` }))
      const taken = await Promise.all(agents.map((agent) => take(idHash, agent, { isOffered })))
      expect(taken.filter(Boolean)).toHaveLength(1)
      const winner = agents[taken.indexOf(true)]
      expect((await stores.transactions.read(idHash))?.assignee).toEqual(winner)
      expect(await kinds(idHash)).toEqual(['offered', 'takenOver'])
    })

    test('lets nobody accept an offer that was withdrawn, replaced or never made', async () => {
      const idHash = await opened()
      expect(await take(idHash, noor)).toBe(false)
      await offer(idHash, noor)
      await offer(idHash, eve)
      expect(await take(idHash, noor)).toBe(false)
      expect(await stores.transactions.withdrawOffer(idHash, dana.id, now)).toBe(true)
      expect(await stores.transactions.withdrawOffer(idHash, dana.id, now)).toBe(false)
      expect(await take(idHash, eve)).toBe(false)
      expect(await kinds(idHash)).toEqual(['offered', 'offered', 'offerWithdrawn'])
    })

    test('either withdraws an offer or hands the check over, when both happen at once', async () => {
      const idHash = await opened()
      await offer(idHash)
      const [isWithdrawn, isTaken] = await Promise.all([
        stores.transactions.withdrawOffer(idHash, dana.id, now),
        take(idHash, noor),
      ])
      expect([isWithdrawn, isTaken].filter(Boolean)).toHaveLength(1)
      expect((await stores.transactions.read(idHash))?.assignee).toEqual(isTaken ? noor : undefined)
    })

    test('takes no offer or withdrawal from a former agent', async () => {
      const idHash = await opened()
      await take(idHash, noor, { isOffered: false })
      expect(await offer(idHash, eve)).toBe(false)
      expect(await offer(idHash, eve, noor)).toBe(true)
      expect(await stores.transactions.withdrawOffer(idHash, dana.id, now)).toBe(false)
      expect(await take(idHash, eve, { from: dana, isOffered: false })).toBe(false)
      expect(await take(idHash, dana, { from: noor, isOffered: false })).toBe(true)
    })

    test.each([
      ['expired', { expiresAt: now }],
      ['cancelled', { isCancelled: true }],
    ])('changes nothing of a check that is %s', async (_case, change) => {
      const idHash = await opened({ ...change, offer: { to: null } })
      expect(await offer(idHash)).toBe(false)
      expect(await stores.transactions.withdrawOffer(idHash, dana.id, now)).toBe(false)
      expect(await take(idHash, noor)).toBe(false)
      expect(await take(idHash, noor, { isOffered: false })).toBe(false)
    })

    test('hands over a check that has its result', async () => {
      const idHash = await opened({ state: 'COMPLETED', result: 'APPROVED', endedAt: start })
      expect(await offer(idHash)).toBe(true)
      expect(await take(idHash, noor)).toBe(true)
      expect(await stores.transactions.read(idHash)).toMatchObject({ result: 'APPROVED', endedAt: start })
    })

    test('hands over an approved check after its expiry, while its result may be used', async () => {
      const ended = { state: 'COMPLETED', result: 'APPROVED', expiresAt: now } as const
      const endedAt = now - handOverMs + 1
      const waiting = await openedCheck({ ...ended, endedAt })
      expect(await offer(waiting)).toBe(true)
      expect(await offered('noor-id')).toEqual([waiting])
      expect(await take(waiting, noor)).toBe(true)
      expect(await offer(await openedCheck({ ...ended, endedAt: now - handOverMs }))).toBe(false)
      expect(await offer(await openedCheck({ ...ended, result: 'DENIED', endedAt: now - 1 }))).toBe(false)
      expect(await offer(await openedCheck({ ...ended, endedAt, rejectedAt: now - 1 }))).toBe(false)
      const settled = { after: 0, by: now, reportedAfter: now }
      const used = await openedCheck({ ...ended, endedAt })
      const user = { id: dana.id, agent: dana.id }
      expect(await stores.verifications.use(used, user, settled, now)).toBe(true)
      expect(await offer(used)).toBe(false)
      const withdrawn = await openedCheck({ ...ended, endedAt })
      const withdrawer = { id: dana.id, displayName: 'Dana', agent: dana.id }
      expect(await stores.verifications.withdraw(withdrawn, withdrawer, settled, now)).toBe(true)
      expect(await offer(withdrawn)).toBe(false)
    })

    test('cancels a check of an earlier attempt only as long as its agent is responsible', async () => {
      const [own, taken] = [await opened(), await opened()]
      await take(taken, noor, { isOffered: false })
      for (const idHash of [own, taken])
        await stores.transactions.apply([{ kind: 'cancel', idHash, now, agentId: dana.id }])
      expect(await stores.transactions.read(own)).toMatchObject({ isCancelled: true })
      expect(await stores.transactions.read(taken)).toMatchObject({ isCancelled: false })
      expect(await kinds(taken)).toEqual(['takenOver'])
    })

    test('records once who read a rejection, also after the check expired', async () => {
      const idHash = await opened()
      expect(await stores.transactions.readRejection(idHash, dana, 'agent', now)).toBe(false)
      expect(await stores.transactions.readRejection(idHash, noor, 'lead', now)).toBe(false)
      await stores.transactions.reject(idHash, true, now)
      expect(await stores.transactions.readRejection(idHash, noor, 'agent', now)).toBe(false)
      const later = now + 500_000
      const twice = () => stores.transactions.readRejection(idHash, dana, 'agent', later)
      expect((await Promise.all([twice(), twice()])).toSorted()).toEqual([false, true])
      const leads = await Promise.all(
        [eve, noor].map((lead) => stores.transactions.readRejection(idHash, lead, 'lead', later)),
      )
      expect(leads.filter(Boolean)).toHaveLength(1)
      expect(await stores.transactions.read(idHash)).toMatchObject({
        rejectionReadAt: later,
        rejectionReadBy: dana,
        leadReadAt: later,
        leadReadBy: leads[0] === true ? eve : noor,
        sequence: 1,
      })
    })

    test('its agent reads a rejection for no lead, and a lead not for its agent', async () => {
      const idHash = await opened()
      await stores.transactions.reject(idHash, true, now)
      const unread = async (agentId: string) => {
        const query = { realm: '/alpha', agentId, isUnread: true, status: undefined, now, after: undefined }
        const found = await stores.transactions.list({ ...query, limit: 10 })
        return found.map(({ transaction }) => transaction.idHash)
      }
      expect(await stores.transactions.readRejection(idHash, dana, 'lead', now)).toBe(false)
      expect(await stores.transactions.readRejection(idHash, noor, 'agent', now)).toBe(false)
      expect(await stores.transactions.readRejection(idHash, noor, 'lead', now)).toBe(true)
      expect(await unread(dana.id)).toContain(idHash)
      expect(await unread(noor.id)).not.toContain(idHash)
      expect(await stores.transactions.readRejection(idHash, dana, 'agent', now)).toBe(true)
      expect(await unread(dana.id)).not.toContain(idHash)
    })
  })
}
