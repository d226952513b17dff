import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noPurpose } from '../../help-desk/transactions/purpose.ts'
import { unknownOpener } from '../../help-desk/transactions/transaction.ts'
import type { TransactionQuery } from '../../help-desk/transactions/transaction-store.ts'
import type { QueuedCall } from '../../outbox/call.ts'
import type { QueuedMail } from '../../outbox/mail.ts'
import type { Stores } from '../stores.ts'
import { exampleTransaction, type OpenStores, start } from './examples.ts'

const now = start + 1000

const listAll = { realm: '/alpha', status: undefined, now, after: undefined, limit: 10 }

export function transactionStoreContract(open: OpenStores): void {
  describe('transactions', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    async function opened(change: Parameters<typeof exampleTransaction>[0] = {}) {
      const transaction = exampleTransaction(change)
      await stores.transactions.apply([{ kind: 'create', transaction }])
      return transaction
    }
    const complete = (idHash: string, name = 'demo') =>
      stores.transactions.apply([
        { kind: 'complete', idHash, now, sessionProperties: { name }, reportedAfter: now },
      ])
    const change = (kind: 'start' | 'deny' | 'cancel', idHash: string) =>
      stores.transactions.apply([{ kind, idHash, now }])

    test('returns a transaction as created', async () => {
      const full = await opened({ trackingId: 'call-7', allowRetry: false })
      const bare = await opened({
        subject: undefined,
        openedBy: { ...unknownOpener, session: 'token' },
      })
      expect(await stores.transactions.read(full.idHash)).toEqual(full)
      expect(await stores.transactions.read(bare.idHash)).toEqual(bare)
      expect(await stores.transactions.read('another')).toBeUndefined()
    })

    const call: QueuedCall = {
      id: 'call-1',
      realm: '/alpha',
      about: 'a client',
      source: 'sealed',
      body: 'sealed',
      attempts: 0,
      createdAt: start,
      dueAt: start,
    }
    const due = () => stores.calls.claim(now, now + 1, 10)

    test.each([
      ['completed', (idHash: string) => complete(idHash)],
      ['denied', (idHash: string) => change('deny', idHash)],
      ['cancelled in a step', (idHash: string) => change('cancel', idHash)],
      ['cancelled', (idHash: string) => stores.transactions.cancel(idHash, now)],
      ['refused by the caller', (idHash: string) => stores.transactions.reject(idHash, true, now)],
    ])('queues the call for its end once when it is %s', async (_name, end) => {
      const transaction = exampleTransaction()
      await stores.transactions.apply([{ kind: 'create', transaction, callAtEnd: call }])
      await change('start', transaction.idHash)
      expect(await due()).toEqual([])
      await end(transaction.idHash)
      expect(await due()).toEqual([{ ...call, attempts: 1, createdAt: now, dueAt: now + 1 }])
      await change('deny', transaction.idHash)
      await stores.transactions.reject(transaction.idHash, true, now)
      expect(await stores.calls.count()).toBe(1)
    })

    test('deletes the call for the end with the content if a transaction never ends', async () => {
      const transaction = exampleTransaction({ expiresAt: start })
      await stores.transactions.apply([{ kind: 'create', transaction, callAtEnd: call }])
      await stores.transactions.deleteEndedContent(now)
      await change('deny', transaction.idHash)
      expect(await due()).toEqual([])
    })

    test('returns expired transactions', async () => {
      const { idHash } = await opened({ expiresAt: start - 1 })
      expect(await stores.transactions.read(idHash)).toBeDefined()
    })

    test('merges notifications by key and keeps all of them in order', async () => {
      const { idHash } = await opened()
      expect(await stores.transactions.notify(idHash, 'a', { x: 1, y: { deep: 1 } }, now)).toBe(1)
      expect(await stores.transactions.notify(idHash, 'b', { y: 2 }, now + 1)).toBe(2)
      expect((await stores.transactions.read(idHash))?.notificationData).toEqual({ x: 1, y: 2 })
      const events = [
        { kind: 'notification', sequence: 1, at: now, data: { x: 1, y: { deep: 1 } } },
        { kind: 'notification', sequence: 2, at: now + 1, data: { y: 2 } },
      ]
      expect(await stores.transactions.eventsAfter(idHash, 0)).toEqual(events)
      expect(await stores.transactions.eventsAfter(idHash, 1)).toEqual(events.slice(1))
    })

    test('numbers fifty concurrent notifications from 1 to 50', async () => {
      const { idHash } = await opened()
      const numbers = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          stores.transactions.notify(idHash, `${i}`, { [`k${i}`]: i }, now),
        ),
      )
      const expected = Array.from({ length: 50 }, (_, i) => i + 1)
      expect(numbers.toSorted((a, b) => Number(a) - Number(b))).toEqual(expected)
      const events = await stores.transactions.eventsAfter(idHash, 0)
      expect(events.map(({ sequence }) => sequence)).toEqual(expected)
      const stored = await stores.transactions.read(idHash)
      expect(Object.keys(stored?.notificationData ?? {})).toHaveLength(50)
    })

    test('saves a repeated notification once, concurrently or after the end', async () => {
      const { idHash } = await opened()
      const send = () => stores.transactions.notify(idHash, 'same', { x: 1 }, now)
      expect(await Promise.all([send(), send(), send()])).toEqual([1, 1, 1])
      await complete(idHash)
      expect(await send()).toBe(1)
      expect(await stores.transactions.eventsAfter(idHash, 0)).toHaveLength(2)
    })

    test('refuses notifications for unknown, expired, cancelled and completed transactions', async () => {
      const expired = await opened({ expiresAt: now })
      const cancelled = await opened()
      const completed = await opened()
      await change('cancel', cancelled.idHash)
      await complete(completed.idHash)
      for (const idHash of ['another', expired.idHash, cancelled.idHash, completed.idHash]) {
        expect(await stores.transactions.notify(idHash, 'late', { x: 1 }, now)).toBeUndefined()
      }
    })

    test('completes once with two concurrent completions', async () => {
      const { idHash } = await opened()
      const won = await Promise.all([complete(idHash, 'first'), complete(idHash, 'second')])
      expect(won.toSorted()).toEqual([false, true])
      expect(await stores.transactions.read(idHash)).toMatchObject({
        state: 'COMPLETED',
        result: 'APPROVED',
        sessionProperties: { name: won[0] ? 'first' : 'second' },
        sequence: 1,
      })
    })

    test('does not complete expired or cancelled transactions', async () => {
      const expired = await opened({ expiresAt: now })
      const cancelled = await opened()
      await change('cancel', cancelled.idHash)
      expect(await complete(expired.idHash)).toBe(false)
      expect(await complete(cancelled.idHash)).toBe(false)
    })

    test('dates a result no earlier than the notifications of its step', async () => {
      const { idHash } = await opened()
      await stores.transactions.notify(idHash, 'a', { x: 1 }, now + 40)
      await complete(idHash)
      const events = await stores.transactions.eventsAfter(idHash, 0)
      expect(events.map(({ kind, at }) => [kind, at])).toEqual([
        ['notification', now + 40],
        ['state', now + 40],
      ])
    })

    test('dates a notification no earlier than the event before it', async () => {
      const { idHash } = await opened()
      await stores.transactions.apply([{ kind: 'start', idHash, now: now + 40 }])
      await stores.transactions.notify(idHash, 'a', { x: 1 }, now)
      const events = await stores.transactions.eventsAfter(idHash, 0)
      expect(events.map(({ kind, at }) => [kind, at])).toEqual([
        ['state', now + 40],
        ['notification', now + 40],
      ])
    })

    test('records every change of state as an event, numbered with the notifications', async () => {
      const { idHash } = await opened()
      await change('start', idHash)
      await stores.transactions.notify(idHash, 'a', { x: 1 }, now)
      await complete(idHash)
      expect(await stores.transactions.eventsAfter(idHash, 0)).toEqual([
        { kind: 'state', sequence: 1, at: now, state: 'IN_PROGRESS', result: 'UNKNOWN' },
        { kind: 'notification', sequence: 2, at: now, data: { x: 1 } },
        { kind: 'state', sequence: 3, at: now, state: 'COMPLETED', result: 'APPROVED' },
      ])
    })

    test('ignores late changes without an event', async () => {
      const { idHash } = await opened()
      await change('start', idHash)
      await change('start', idHash)
      await change('deny', idHash)
      const denied = await stores.transactions.read(idHash)
      expect(denied).toMatchObject({ state: 'COMPLETED', result: 'DENIED', sequence: 2 })
      for (const kind of ['start', 'deny', 'cancel'] as const) expect(await change(kind, idHash)).toBe(true)
      expect(await complete(idHash)).toBe(false)
      expect(await stores.transactions.read(idHash)).toEqual(denied)
      expect(await stores.transactions.eventsAfter(idHash, 0)).toHaveLength(2)
    })

    test('keeps a cancelled transaction cancelled', async () => {
      const { idHash } = await opened()
      for (const kind of ['cancel', 'cancel', 'start', 'deny'] as const) await change(kind, idHash)
      expect(await stores.transactions.read(idHash)).toMatchObject({
        isCancelled: true,
        state: 'CREATED',
        result: 'UNKNOWN',
        sequence: 1,
      })
      expect(await stores.transactions.eventsAfter(idHash, 0)).toEqual([
        { kind: 'cancelled', sequence: 1, at: now },
      ])
    })

    test('applies changes together or not at all', async () => {
      const late = await opened({ expiresAt: now })
      const other = exampleTransaction()
      const isApplied = await stores.transactions.apply([
        { kind: 'create', transaction: other },
        { kind: 'complete', idHash: late.idHash, now, sessionProperties: {}, reportedAfter: now },
      ])
      expect(isApplied).toBe(false)
      expect(await stores.transactions.read(other.idHash)).toBeUndefined()
    })

    const queued = (): QueuedMail => ({
      id: randomUUID(),
      realm: '/alpha',
      route: 'settings',
      body: 'sealed',
      attempts: 0,
      createdAt: now,
      dueAt: now,
    })
    const send = (idHash: string, at = now) =>
      stores.transactions.send(idHash, { to: 'a•••@example.com', queued: queued() }, at - 60_000, at)

    test('lets one of two concurrent cancellations, or of cancellation and completion, succeed', async () => {
      const one = await opened()
      const cancel = (idHash: string) => stores.transactions.cancel(idHash, now)
      const results = await Promise.all([cancel(one.idHash), cancel(one.idHash)])
      expect(results.toSorted()).toEqual([false, true])
      expect(await stores.transactions.read(one.idHash)).toMatchObject({ isCancelled: true, endedAt: now })
      const other = await opened()
      const won = await Promise.all([complete(other.idHash), cancel(other.idHash)])
      expect(won.toSorted()).toEqual([false, true])
      expect(await stores.transactions.eventsAfter(other.idHash, 0)).toHaveLength(1)
      expect(await cancel('another')).toBe(false)
      expect(await cancel((await opened({ expiresAt: now })).idHash)).toBe(false)
    })

    test('ends an open transaction once when the caller rejects it', async () => {
      const { idHash } = await opened()
      await change('start', idHash)
      const reject = () => stores.transactions.reject(idHash, true, now)
      const results = await Promise.all([reject(), reject()])
      expect(results.toSorted()).toEqual(['again', 'denied'])
      expect(await complete(idHash)).toBe(false)
      expect(await stores.transactions.read(idHash)).toMatchObject({
        state: 'COMPLETED',
        result: 'DENIED',
        denial: 'notMe',
        endedAt: now,
        rejectedAt: now,
      })
      expect((await stores.transactions.eventsAfter(idHash, 1)).map(({ kind }) => kind)).toEqual(['notMe'])
    })

    test.each([
      ['calledMe', start],
      ['notVouched', undefined],
    ] as const)('records the reason %s of a rejection', async (reason, expected) => {
      const { idHash, realm, subject } = await opened({
        subject: { kind: 'user', id: `of ${reason}`, name: 'elena' },
      })
      expect(await stores.transactions.reject(idHash, reason === 'calledMe', start, reason)).toBe('denied')
      expect(await stores.transactions.reject(idHash, true, now, 'notMe')).toBe('again')
      expect(await stores.transactions.read(idHash)).toMatchObject({ denial: reason, rejectedAt: start })
      expect(await stores.transactions.eventsAfter(idHash, 0)).toMatchObject([{ kind: reason }])
      // Only a person who was asked about themselves gets a pause.
      expect(await stores.verifications.rejectedAt(realm, subject?.id ?? '', 0)).toBe(expected)
    })

    test('starts no pause when a person withdraws a vouch after the result', async () => {
      const { idHash, realm } = await opened({ subject: { kind: 'user', id: 'vouches', name: 'mira' } })
      await complete(idHash)
      expect(await stores.transactions.reject(idHash, false, now, 'notVouched')).toBe('late')
      expect(await stores.transactions.eventsAfter(idHash, 1)).toMatchObject([{ reason: 'notVouched' }])
      expect(await stores.verifications.rejectedAt(realm, 'vouches', 0)).toBeUndefined()
    })

    test('records the confirmation of a caller once, while the transaction is open', async () => {
      const { idHash } = await opened()
      const confirm = () => stores.transactions.confirm(idHash, now)
      expect((await Promise.all([confirm(), confirm()])).toSorted()).toEqual([false, true])
      expect(await stores.transactions.read(idHash)).toMatchObject({ state: 'CREATED', confirmedAt: now })
      expect(await stores.transactions.eventsAfter(idHash, 0)).toEqual([
        { kind: 'confirmed', sequence: 1, at: now },
      ])
      const done = await opened()
      await complete(done.idHash)
      const cancelled = await opened()
      await change('cancel', cancelled.idHash)
      const expired = await opened({ expiresAt: now })
      for (const { idHash: other } of [done, cancelled, expired, { idHash: 'another' }]) {
        expect(await stores.transactions.confirm(other, now)).toBe(false)
      }
    })

    test('records once that the page of the link is shown, until the caller goes on', async () => {
      const { idHash } = await opened()
      const see = () => stores.transactions.see(idHash, now)
      const answers = await Promise.all(Array.from({ length: 20 }, see))
      expect(answers.filter(Boolean)).toHaveLength(1)
      expect(await see()).toBe(false)
      expect(await stores.transactions.read(idHash)).toMatchObject({
        state: 'CREATED',
        sequence: 1,
        viewedAt: now,
      })
      expect(await stores.transactions.eventsAfter(idHash, 0)).toEqual([
        { kind: 'viewed', sequence: 1, at: now },
      ])
      const confirmed = await opened()
      await stores.transactions.confirm(confirmed.idHash, now)
      const started = await opened()
      await change('start', started.idHash)
      const cancelled = await opened()
      await change('cancel', cancelled.idHash)
      const expired = await opened({ expiresAt: now })
      for (const { idHash: other } of [confirmed, started, cancelled, expired, { idHash: 'another' }]) {
        expect(await stores.transactions.see(other, now)).toBe(false)
      }
    })

    test('records a rejection after the result once, and keeps the result', async () => {
      const { idHash } = await opened()
      await complete(idHash)
      const reject = () => stores.transactions.reject(idHash, true, now + 1)
      expect(await reject()).toBe('late')
      expect(await reject()).toBe('again')
      expect(await stores.transactions.read(idHash)).toMatchObject({
        result: 'APPROVED',
        denial: undefined,
        endedAt: now,
        rejectedAt: now + 1,
      })
      expect(await stores.transactions.eventsAfter(idHash, 1)).toEqual([
        { kind: 'rejected', sequence: 2, at: now + 1, reason: 'notMe' },
      ])
    })

    test('does not reject unknown, expired or cancelled transactions', async () => {
      const expired = await opened({ expiresAt: now })
      const cancelled = await opened()
      await change('cancel', cancelled.idHash)
      for (const idHash of ['another', expired.idHash, cancelled.idHash]) {
        expect(await stores.transactions.reject(idHash, true, now)).toBeUndefined()
      }
    })

    test('saves an email with its event, at most one a minute', async () => {
      const { idHash } = await opened()
      const sent = await Promise.all([send(idHash), send(idHash)])
      expect(sent.toSorted()).toEqual([false, true])
      expect(await send(idHash, now + 59_999)).toBe(false)
      expect(await send(idHash, now + 60_000)).toBe(true)
      expect(await stores.mails.count(['settings'])).toBe(2)
      expect(await stores.transactions.eventsAfter(idHash, 0)).toEqual([
        { kind: 'sent', sequence: 1, at: now, to: 'a•••@example.com' },
        { kind: 'sent', sequence: 2, at: now + 60_000, to: 'a•••@example.com' },
      ])
      expect(await stores.transactions.read(idHash)).toMatchObject({ sentAt: now + 60_000, sequence: 2 })
    })

    test('sends no email for ended transactions', async () => {
      const completed = await opened()
      await complete(completed.idHash)
      const expired = await opened({ expiresAt: now })
      for (const idHash of ['another', completed.idHash, expired.idHash])
        expect(await send(idHash)).toBe(false)
      expect(await stores.mails.count(['settings'])).toBe(0)
    })

    test('records a wrong person only while the transaction is open', async () => {
      const { idHash } = await opened()
      const wrongPerson = { kind: 'wrongPerson', idHash, now, isFinal: false } as const
      await stores.transactions.apply([wrongPerson, { kind: 'deny', idHash, now }])
      await stores.transactions.apply([wrongPerson])
      expect(await stores.transactions.eventsAfter(idHash, 0)).toEqual([
        { kind: 'wrongPerson', sequence: 1, at: now, isFinal: false },
        { kind: 'state', sequence: 2, at: now, state: 'COMPLETED', result: 'DENIED' },
      ])
    })

    test('finds a transaction by its reference in its realm only', async () => {
      const transaction = await opened({ reference: '7QK4M2XR', purpose: { ...noPurpose, ticket: 'INC-1' } })
      expect(await stores.transactions.byReference('/alpha', '7QK4M2XR')).toEqual(transaction)
      expect(await stores.transactions.byReference('/', '7QK4M2XR')).toBeUndefined()
      expect(await stores.transactions.byReference('/alpha', '7QK4M2X')).toBeUndefined()
    })

    const listed = async (query: Partial<TransactionQuery>) => {
      const rows = await stores.transactions.list({
        realm: '/alpha',
        agentId: undefined,
        status: undefined,
        now,
        after: undefined,
        limit: 10,
        ...query,
      })
      return rows.map(({ transaction }) => transaction.reference)
    }

    test('lists the newest first, by realm or agent, page by page', async () => {
      const agent = { id: 'dana', name: 'Dana Desk' }
      for (const [index, reference] of ['A', 'B', 'C', 'D'].entries()) {
        const openedBy = { ...unknownOpener, ...(index % 2 === 0 ? { agent } : {}) }
        await opened({ reference, createdAt: start + Math.floor(index / 2), openedBy })
      }
      await opened({ realm: '/', reference: 'E' })
      expect(await listed({})).toEqual(['D', 'C', 'B', 'A'])
      expect(await listed({ agentId: 'dana' })).toEqual(['C', 'A'])
      expect(await listed({ limit: 2 })).toEqual(['D', 'C'])
      expect(await listed({ after: { createdAt: start + 1, reference: 'D' }, limit: 2 })).toEqual(['C', 'B'])
      expect(await listed({ after: { createdAt: start, reference: 'A' } })).toEqual([])
    })

    test('counts open transactions of all realms by state', async () => {
      expect(await stores.transactions.countOpen(now)).toEqual({ CREATED: 0, IN_PROGRESS: 0 })
      const [started, completed, cancelled] = [await opened(), await opened(), await opened()]
      await opened()
      await opened({ realm: '/beta' })
      await opened({ expiresAt: now })
      await change('start', started.idHash)
      await complete(completed.idHash)
      await stores.transactions.cancel(cancelled.idHash, now)
      expect(await stores.transactions.countOpen(now)).toEqual({ CREATED: 2, IN_PROGRESS: 1 })
    })

    test('filters a list by status', async () => {
      const made = await opened({ reference: 'MADE' })
      const begun = await opened({ reference: 'BEGUN' })
      const done = await opened({ reference: 'DONE', expiresAt: now + 1 })
      const gone = await opened({ reference: 'GONE' })
      await opened({ reference: 'OVER', expiresAt: now })
      await change('start', begun.idHash)
      await complete(done.idHash)
      await change('cancel', gone.idHash)
      const statuses = ['CREATED', 'IN_PROGRESS', 'COMPLETED', 'CANCELLED', 'EXPIRED'] as const
      const found = await Promise.all(statuses.map((status) => listed({ status, now: now + 1 })))
      expect(found).toEqual([['MADE'], ['BEGUN'], ['DONE'], ['GONE'], ['OVER']])
      expect(await listed({ status: 'open' })).toEqual(['MADE', 'BEGUN'])
      expect(made.reference).toBe('MADE')
    })

    test('lists the number of notifications and the last event', async () => {
      const { idHash } = await opened({ openedBy: { ...unknownOpener, client: 'desk' } })
      const list = () => stores.transactions.list({ ...listAll, agentId: undefined })
      expect(await list()).toMatchObject([{ notifications: 0, lastKind: undefined }])
      await stores.transactions.notify(idHash, 'a', { x: 1 }, now)
      await stores.transactions.notify(idHash, 'b', { x: 2 }, now)
      expect(await list()).toMatchObject([{ notifications: 2, lastKind: 'notification' }])
      await complete(idHash)
      const [row] = await list()
      expect(row).toMatchObject({ notifications: 2, lastKind: 'state' })
      expect(row?.transaction).toEqual(await stores.transactions.read(idHash))
    })

    test('deletes content of ended transactions and keeps what lists show', async () => {
      const old = await opened({ expiresAt: start + 5000, purpose: { ...noPurpose, ticket: 'INC-1' } })
      const young = await opened()
      await complete(old.idHash)
      expect(await stores.transactions.deleteEndedContent(start + 5001)).toBe(1)
      expect(await stores.transactions.deleteEndedContent(start + 5001)).toBe(0)
      expect(await stores.transactions.read(old.idHash)).toMatchObject({
        data: {},
        sessionProperties: {},
        purpose: { ticket: 'INC-1' },
        result: 'APPROVED',
      })
      expect(await stores.transactions.read(young.idHash)).toEqual(young)
      expect(await stores.transactions.eventsAfter(old.idHash, 0)).toHaveLength(1)
    })

    test('deletes a transaction with its events after it expired', async () => {
      const old = await opened({ expiresAt: start + 5000 })
      const young = await opened()
      for (const { idHash } of [old, young]) await stores.transactions.notify(idHash, 'a', { x: 1 }, now)
      expect(await stores.transactions.deleteEnded(start + 5001)).toBe(1)
      expect(await stores.transactions.read(old.idHash)).toBeUndefined()
      expect(await stores.transactions.eventsAfter(old.idHash, 0)).toEqual([])
      expect(await stores.transactions.eventsAfter(young.idHash, 0)).toHaveLength(1)
    })
  })
}
