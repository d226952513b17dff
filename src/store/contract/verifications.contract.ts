import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Verification } from '../../help-desk/checks/verification.ts'
import { noPurpose } from '../../help-desk/transactions/purpose.ts'
import { unknownOpener } from '../../help-desk/transactions/transaction.ts'
import type { Stores } from '../stores.ts'
import {
  exampleCommit,
  exampleJourneySession,
  exampleTransaction,
  type OpenStores,
  start,
} from './examples.ts'

const now = start + 1000
const agent = { id: 'agent', name: 'dana' }
const subject = { kind: 'user' as const, id: 'person', name: 'alex' }
const openedBy = { ...unknownOpener, agent, isHelpDesk: true }

export function verificationStoreContract(open: OpenStores): void {
  describe('verifications', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    async function opened(change: Parameters<typeof exampleTransaction>[0] = {}): Promise<Verification> {
      const transaction = exampleTransaction({ openedBy, ...change })
      const verification: Verification = {
        idHash: transaction.idHash,
        realm: transaction.realm,
        codes: 'sealed',
        triesLeft: 3,
        isBound: false,
        methods: [],
        level: 0,
        requirement: { level: 2, secondAgent: true, delayMinutes: 30, because: ['Phones'] },
      }
      const commit = exampleCommit(exampleJourneySession(), {
        transactions: [{ kind: 'create', transaction }],
        verifications: [{ kind: 'open', verification, now: start }],
      })
      expect(await stores.steps.commit(commit)).toBe('committed')
      return verification
    }

    async function approved(isBound = true): Promise<string> {
      const { idHash } = await opened()
      const commit = exampleCommit(exampleJourneySession(), {
        transactions: [{ kind: 'complete', idHash, now, sessionProperties: {}, reportedAfter: now }],
        verifications: [{ kind: 'prove', idHash, isBound, methods: ['pwd', 'pop'], level: 3 }],
      })
      expect(await stores.steps.commit(commit)).toBe('committed')
      return idHash
    }

    const guess = (idHash: string, key: string, isRight = false) =>
      stores.verifications.guess(idHash, key, isRight, now)
    const use = (idHash: string, by = 'agent', after = start, until = now) =>
      stores.verifications.use(
        idHash,
        { id: by, agent: 'agent' },
        { after, by: until, reportedAfter: start },
        now + 1,
      )
    const withdraw = (idHash: string, id = 'agent', after = start, until = now, owner?: string) =>
      stores.verifications.withdraw(
        idHash,
        { id, displayName: id, agent: owner },
        { after, by: until },
        now + 2,
      )

    test('returns a verification as created, and with its proof', async () => {
      const stored = await opened()
      expect(await stores.verifications.read(stored.idHash)).toEqual(stored)
      const idHash = await approved()
      expect(await stores.verifications.read(idHash)).toMatchObject({
        isBound: true,
        methods: ['pwd', 'pop'],
        level: 3,
      })
      expect(await stores.verifications.read('another')).toBeUndefined()
    })

    test('records a correct code and lets it be typed again', async () => {
      const { idHash } = await opened()
      expect(await guess(idHash, 'a', true)).toEqual({ kind: 'codeMatched', sequence: 1, at: now })
      expect(await guess(idHash, 'b', true)).toEqual({ kind: 'codeMatched', sequence: 2, at: now })
      expect(await stores.verifications.read(idHash)).toMatchObject({ triesLeft: 3, matchedAt: now })
    })

    test('denies the transaction at the third wrong code and counts no more', async () => {
      const { idHash } = await opened()
      expect(await guess(idHash, 'a')).toMatchObject({ triesLeft: 2 })
      expect(await guess(idHash, 'b')).toMatchObject({ triesLeft: 1 })
      expect(await guess(idHash, 'c')).toMatchObject({ triesLeft: 0 })
      expect(await guess(idHash, 'd')).toBeUndefined()
      expect(await guess(idHash, 'e', true)).toBeUndefined()
      expect(await stores.transactions.read(idHash)).toMatchObject({
        state: 'COMPLETED',
        result: 'DENIED',
        denial: 'wrongCode',
        endedAt: now,
      })
      const events = await stores.transactions.eventsAfter(idHash, 0)
      expect(events.map(({ kind, sequence }) => `${sequence} ${kind}`)).toEqual([
        '1 codeWrong',
        '2 codeWrong',
        '3 codeWrong',
      ])
    })

    test('returns the same answer for an attempt with the same key, and counts it once', async () => {
      const { idHash } = await opened()
      const tries = await Promise.all(Array.from({ length: 5 }, () => guess(idHash, 'same')))
      expect(tries.map((event) => event?.sequence)).toEqual([1, 1, 1, 1, 1])
      expect(await stores.verifications.read(idHash)).toMatchObject({ triesLeft: 2 })
    })

    test('counts three of many concurrent wrong codes', async () => {
      const { idHash } = await opened()
      const tries = await Promise.all(Array.from({ length: 20 }, (_, index) => guess(idHash, `${index}`)))
      expect(tries.filter((event) => event !== undefined)).toHaveLength(3)
    })

    test.each([
      ['expired', { expiresAt: now }],
      ['completed', { state: 'COMPLETED', result: 'APPROVED' }],
      ['cancelled', { isCancelled: true }],
    ] as const)('counts no code for a transaction that is %s', async (_case, change) => {
      const { idHash } = await opened(change)
      expect(await guess(idHash, 'a')).toBeUndefined()
      expect(await guess(idHash, 'b', true)).toBeUndefined()
      expect(await stores.verifications.read(idHash)).toMatchObject({ triesLeft: 3, matchedAt: undefined })
    })

    test('makes the call that waits for the end when the last wrong code ends the check', async () => {
      const transaction = exampleTransaction({ openedBy })
      const { idHash, realm } = transaction
      const sealed = {
        source: 'sealed' as const,
        body: 'sealed',
        attempts: 0,
        createdAt: start,
        dueAt: start,
      }
      const callAtEnd = { id: 'call-1', realm, about: 'a client', ...sealed }
      const verification = { ...(await opened()), idHash }
      const commit = exampleCommit(exampleJourneySession(), {
        transactions: [{ kind: 'create', transaction, callAtEnd }],
        verifications: [{ kind: 'open', verification, now: start }],
      })
      expect(await stores.steps.commit(commit)).toBe('committed')
      for (const key of ['a', 'b']) await guess(idHash, key)
      expect(await stores.calls.count()).toBe(0)
      await guess(idHash, 'c')
      expect(await stores.calls.count()).toBe(1)
    })

    test('keeps the key of the request that used a result', async () => {
      const idHash = await approved()
      const by = { id: 'agent', agent: 'agent', key: 'a-key' }
      const within = { after: start, by: now, reportedAfter: start }
      expect(await stores.verifications.use(idHash, by, within, now + 1)).toBe(true)
      const other = { ...by, key: 'another' }
      expect(await stores.verifications.use(idHash, other, within, now + 1)).toBe(false)
      expect(await stores.verifications.read(idHash)).toMatchObject({ usedKey: 'a-key' })
    })

    test('uses a result once with concurrent uses', async () => {
      const idHash = await approved()
      const used = await Promise.all(Array.from({ length: 10 }, (_, index) => use(idHash, `by-${index}`)))
      expect(used.filter(Boolean)).toHaveLength(1)
      const by = `by-${used.indexOf(true)}`
      expect(await stores.verifications.read(idHash)).toMatchObject({ usedAt: now + 1, usedBy: by })
    })

    test('uses a result only if its check ended within the span, ends included as promised', async () => {
      const idHash = await approved()
      expect(await use(idHash, 'agent', now)).toBe(false)
      expect(await use(idHash, 'agent', start, now - 1)).toBe(false)
      expect(await use(idHash, 'agent', now - 1, now)).toBe(true)
    })

    test('withdraws a result once, with an event, so that it can’t be used', async () => {
      const idHash = await approved()
      const tries = await Promise.all(
        Array.from({ length: 5 }, (_, index) => withdraw(idHash, `by-${index}`)),
      )
      expect(tries.filter(Boolean)).toHaveLength(1)
      expect(await use(idHash)).toBe(false)
      const by = `by-${tries.indexOf(true)}`
      expect(await stores.verifications.read(idHash)).toMatchObject({
        withdrawnAt: now + 2,
        withdrawnBy: by,
        usedAt: undefined,
      })
      const events = await stores.transactions.eventsAfter(idHash, 0)
      expect(events.at(-1)).toEqual({ kind: 'withdrawn', agent: by, sequence: 2, at: now + 2 })
      expect(await stores.transactions.read(idHash)).toMatchObject({ sequence: 2, result: 'APPROVED' })
    })

    test('withdraws a result that needs a delay and whose transaction has expired', async () => {
      const { idHash } = await opened({ expiresAt: now + 1 })
      const commit = exampleCommit(exampleJourneySession(), {
        transactions: [{ kind: 'complete', idHash, now, sessionProperties: {}, reportedAfter: now }],
        verifications: [{ kind: 'prove', idHash, isBound: true, methods: ['pwd'], level: 1 }],
      })
      expect(await stores.steps.commit(commit)).toBe('committed')
      expect(await withdraw(idHash)).toBe(true)
      expect((await stores.transactions.eventsAfter(idHash, 0)).at(-1)).toMatchObject({ kind: 'withdrawn' })
    })

    test('does not withdraw a result that is used, rejected, not approved or too old', async () => {
      const used = await approved()
      expect(await use(used)).toBe(true)
      expect(await withdraw(used)).toBe(false)
      const rejected = await approved()
      await stores.transactions.reject(rejected, true, now)
      expect(await withdraw(rejected)).toBe(false)
      expect(await withdraw((await opened()).idHash)).toBe(false)
      expect(await withdraw(await approved(), 'agent', now)).toBe(false)
    })

    test('either uses or withdraws with concurrent attempts', async () => {
      for (let round = 0; round < 5; round++) {
        const idHash = await approved()
        const tries = await Promise.all([use(idHash), withdraw(idHash), use(idHash), withdraw(idHash)])
        expect(tries.filter(Boolean)).toHaveLength(1)
      }
    })

    test('does not use a result that is unbound, not approved, too old or withdrawn', async () => {
      expect(await use(await approved(false))).toBe(false)
      expect(await use((await opened()).idHash)).toBe(false)
      expect(await use(await approved(), 'agent', now)).toBe(false)
      const rejected = await approved()
      await stores.transactions.reject(rejected, true, now)
      expect(await use(rejected)).toBe(false)
    })

    test('lets a former agent use nothing, also at the moment of a take-over', async () => {
      const idHash = await approved()
      const noor = { id: 'noor-id', name: 'noor' }
      const [isUsed, isTaken] = await Promise.all([
        use(idHash),
        stores.transactions.takeOver(idHash, { from: agent, to: noor, isOffered: false }, now),
      ])
      expect(isTaken).toBe(true)
      const { usedBy } = (await stores.verifications.read(idHash)) ?? {}
      expect(usedBy).toBe(isUsed ? 'agent' : undefined)
      const taken = await approved()
      await stores.transactions.takeOver(taken, { from: agent, to: noor, isOffered: false }, now)
      expect(await use(taken)).toBe(false)
      const by = { id: 'noor-id', agent: 'noor-id' }
      expect(
        await stores.verifications.use(taken, by, { after: start, by: now, reportedAfter: start }, now + 1),
      ).toBe(true)
    })

    test('lets a former agent withdraw nothing, but a lead', async () => {
      const taken = await approved()
      const noor = { id: 'noor-id', name: 'noor' }
      await stores.transactions.takeOver(taken, { from: agent, to: noor, isOffered: false }, now)
      expect(await withdraw(taken, 'agent', start, now, 'agent')).toBe(false)
      expect(await withdraw(taken, 'noor-id', start, now, 'noor-id')).toBe(true)
      expect(await withdraw(await approved(), 'lead')).toBe(true)
    })

    test('returns the last "this is not me" of a person in the realm until the pause is lifted', async () => {
      const rejected = (realm: string, subjectId: string) =>
        stores.verifications.rejectedAt(realm, subjectId, start)
      expect(await rejected('/alpha', 'person')).toBeUndefined()
      const { idHash } = await opened()
      await stores.transactions.reject(idHash, true, now)
      expect(await rejected('/alpha', 'person')).toBe(now)
      expect(await stores.verifications.rejectedAt('/alpha', 'person', now)).toBeUndefined()
      expect(await rejected('/', 'person')).toBeUndefined()
      expect(await rejected('/alpha', 'another')).toBeUndefined()
      const lift = { by: 'Lena Lead', at: now + 1, reason: 'called back' }
      expect(await stores.verifications.liftPause('/alpha', 'person', lift, now)).toBe(true)
      expect(await stores.verifications.liftPause('/alpha', 'person', lift, now)).toBe(false)
      const about = await stores.transactions.newestAbout('/alpha', 'person', start - 1, 10)
      expect(about.map(({ pauseLift }) => pauseLift)).toEqual([lift])
      expect(await rejected('/alpha', 'person')).toBeUndefined()
    })

    describe('a report of an attack', () => {
      const reported = async (idHash: string, at = now) => {
        const [open, usable] = await Promise.all([
          stores.transactions.openAbout('/alpha', 'person', at),
          stores.transactions.usableAbout('/alpha', 'person', at),
        ])
        const others = { open: open.map((each) => each.idHash).filter((each) => each !== idHash), usable }
        return stores.transactions.reject(idHash, true, at, 'calledMe', others)
      }
      const lifted = (reportedBy: number) => {
        const lift = { by: 'lena', at: now, reason: 'called back' }
        return stores.verifications.liftPause('/alpha', 'person', lift, reportedBy)
      }
      const lastEvent = async (idHash: string) => (await stores.transactions.eventsAfter(idHash, 0)).at(-1)
      const vouchOf = (vouchForId: string) =>
        opened({ subject: { ...subject, id: 'mira', name: 'mira' }, purpose: { ...noPurpose, vouchForId } })

      test('ends all other open checks of that person, also those of a person who vouches for them', async () => {
        const [attacked, other, vouch] = [await opened(), await opened(), await vouchOf('person')]
        const stranger = await opened({ subject: { ...subject, id: 'stranger' } })
        expect(await reported(attacked.idHash)).toBe('denied')
        for (const { idHash } of [other, vouch]) {
          expect(await stores.transactions.read(idHash)).toMatchObject({
            ...{ state: 'COMPLETED', result: 'DENIED', denial: 'reported', endedAt: now, sequence: 1 },
          })
          expect(await lastEvent(idHash)).toEqual({ kind: 'reported', isFinal: true, sequence: 1, at: now })
        }
        expect(await stores.transactions.read(stranger.idHash)).toMatchObject({
          state: 'CREATED',
          sequence: 0,
        })
      })

      test('adds an event to the usable results of that person, which nobody can use during the pause', async () => {
        const idHash = await approved()
        const used = await approved()
        expect(await use(used)).toBe(true)
        await reported((await opened()).idHash)
        expect(await lastEvent(idHash)).toEqual({ kind: 'reported', isFinal: false, sequence: 2, at: now })
        expect(await lastEvent(used)).toMatchObject({ kind: 'state' })
        expect(await use(idHash)).toBe(false)
        await lifted(now)
        expect(await use(idHash)).toBe(true)
      })

      test('adds an event to a check that was approved after the report had read it as open', async () => {
        for (const isInBoth of [false, true]) {
          const [attacked, idHash] = [await opened(), await approved()]
          const others = { open: [idHash], usable: isInBoth ? [idHash] : [] }
          await stores.transactions.reject(attacked.idHash, true, now, 'calledMe', others)
          expect(await stores.transactions.read(idHash)).toMatchObject({ result: 'APPROVED', sequence: 2 })
          expect(await lastEvent(idHash)).toEqual({ kind: 'reported', isFinal: false, sequence: 2, at: now })
        }
      })

      test('keeps a check that was opened at the same time from being approved', async () => {
        await reported((await opened()).idHash)
        const late = await opened()
        const approve = (reportedAfter: number) =>
          stores.transactions.apply([
            { kind: 'complete', idHash: late.idHash, now, sessionProperties: {}, reportedAfter },
          ])
        expect(await approve(start)).toBe(false)
        expect(await approve(now)).toBe(true)
      })

      test('counts for vouches about that person, and not for people of other realms', async () => {
        await reported((await opened()).idHash)
        const approve = (idHash: string) =>
          stores.transactions.apply([
            { kind: 'complete', idHash, now, sessionProperties: {}, reportedAfter: start },
          ])
        expect(await approve((await vouchOf('person')).idHash)).toBe(false)
        expect(await approve((await vouchOf('another')).idHash)).toBe(true)
        expect(await approve((await opened({ realm: '/beta' })).idHash)).toBe(true)
      })

      test('that a lead does not know yet stays when the pause after an earlier one is lifted', async () => {
        const idHash = await approved()
        await reported((await opened()).idHash, now)
        await reported((await opened()).idHash, now + 1)
        expect(await lifted(now)).toBe(true)
        expect(await stores.verifications.rejectedAt('/alpha', 'person', start)).toBe(now + 1)
        expect(await use(idHash)).toBe(false)
        expect(await lifted(now + 1)).toBe(true)
        expect(await use(idHash)).toBe(true)
      })

      test('of two checks at once ends both, each by one of them', async () => {
        for (let round = 0; round < 5; round++) {
          const [one, other] = [await opened(), await opened()]
          const at = now + round
          await Promise.all([reported(one.idHash, at), reported(other.idHash, at)])
          for (const { idHash } of [one, other]) {
            const { denial, sequence } = (await stores.transactions.read(idHash)) ?? {}
            expect(['calledMe', 'reported']).toContain(denial)
            const events = await stores.transactions.eventsAfter(idHash, 0)
            expect(events.map((event) => event.sequence)).toEqual([...events.keys()].map((key) => key + 1))
            expect(events).toHaveLength(sequence ?? 0)
          }
        }
      })

      test('either comes before the use of a result or after it', async () => {
        for (let round = 0; round < 5; round++) {
          const idHash = await approved()
          const attacked = await opened()
          const [isUsed] = await Promise.all([use(idHash), reported(attacked.idHash)])
          expect(await use(idHash)).toBe(false)
          expect((await stores.verifications.read(idHash))?.usedAt).toBe(isUsed ? now + 1 : undefined)
          await lifted(now)
        }
      })
    })

    test('deletes a verification with its transaction', async () => {
      const { idHash } = await opened()
      expect(await stores.verifications.deleteOrphans()).toBe(0)
      await stores.transactions.deleteEnded(Number.MAX_SAFE_INTEGER)
      expect(await stores.verifications.deleteOrphans()).toBe(1)
      expect(await stores.verifications.read(idHash)).toBeUndefined()
    })
  })
}
