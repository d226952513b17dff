import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CallAttempt, QueuedCall } from '../../outbox/call.ts'
import type { Stores } from '../stores.ts'
import { exampleSession, type OpenStores, start } from './examples.ts'

const until = start + 60_000
const tried: CallAttempt = { attempts: 1, at: start, status: 503, isMade: false }

function exampleCall(change: Partial<QueuedCall> = {}): QueuedCall {
  return {
    id: randomUUID(),
    realm: '/alpha',
    about: 'webhook Goodbye',
    source: 'sealed',
    body: 'sealed',
    attempts: 0,
    createdAt: start,
    dueAt: start,
    ...change,
  }
}

export function callStoreContract(open: OpenStores): void {
  describe('calls', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    /** Queues calls with the end of a session. */
    async function queued(...changes: Partial<QueuedCall>[]) {
      const session = exampleSession()
      await stores.sessions.create(session)
      const calls = changes.map(exampleCall)
      expect(await stores.sessions.remove(session.tokenHash, calls)).toBe(true)
      return calls
    }
    const claimedIds = async (now = start, limit = 10) =>
      (await stores.calls.claim(now, until, limit)).map(({ id }) => id)

    test('queues a call with the end of a session, but not if the session had already ended', async () => {
      const [call] = await queued({ id: 'first' })
      expect(await stores.calls.claim(start, until, 10)).toEqual([{ ...call, attempts: 1, dueAt: until }])
      expect(await stores.sessions.remove('ended', [exampleCall()])).toBe(false)
      expect(await stores.calls.count()).toBe(1)
    })

    test('gives the oldest that waits, whatever its next attempt is', async () => {
      await queued({}, { createdAt: start - 5, dueAt: until }, { id: 'given up', createdAt: start - 9 })
      await stores.calls.fail('given up', { ...tried, attempts: 0 }, 'refused')
      expect((await stores.figures()).oldestUnsent).toMatchObject({ calls: start - 5, mails: undefined })
    })

    test('leases a call to one server until the lease ends, and counts attempts', async () => {
      await queued({ id: 'call' })
      expect(await claimedIds()).toEqual(['call'])
      expect(await claimedIds(until - 1)).toEqual([])
      expect(await stores.calls.claim(until, until + 1, 10)).toMatchObject([{ id: 'call', attempts: 2 }])
    })

    test('gives each call to one of two concurrent claims', async () => {
      await queued({ id: 'a' }, { id: 'b' })
      const claims = await Promise.all([claimedIds(), claimedIds()])
      expect(claims.flat().sort()).toEqual(['a', 'b'])
    })

    test('claims the oldest due calls first, up to the limit', async () => {
      await queued({ id: 'new' }, { id: 'old', dueAt: start - 5 }, { id: 'later', dueAt: until })
      expect(await claimedIds(start, 1)).toEqual(['old'])
      expect(await claimedIds()).toEqual(['new'])
    })

    test('postpones and removes calls', async () => {
      await queued({ id: 'kept' }, { id: 'made' })
      await claimedIds()
      await stores.calls.remove('made', tried)
      await stores.calls.postpone('kept', start + 9, tried, 'status 503')
      expect(await stores.calls.nextDue()).toBe(start + 9)
      expect(await claimedIds(start + 9)).toEqual(['kept'])
    })

    test('keeps a call that was given up in the list, without its content', async () => {
      const [call] = await queued({ id: 'lost' })
      await claimedIds()
      await stores.calls.fail('lost', tried, 'status 404')
      expect(await stores.calls.list(10)).toMatchObject([
        { id: 'lost', about: call?.about, body: '', problem: 'status 404', failedAt: tried.at },
      ])
      expect(await claimedIds(until + 1)).toEqual([])
      expect(await stores.calls.nextDue()).toBeUndefined()
      expect(await stores.calls.count()).toBe(0)
      expect(await stores.calls.tryNow('lost', start)).toBe(false)
      expect(await stores.calls.discard('lost')).toMatchObject({ id: 'lost' })
    })

    test('makes a postponed call due, but not one under way', async () => {
      await queued({ id: 'call' })
      await claimedIds()
      expect(await stores.calls.tryNow('call', start)).toBe(false)
      await stores.calls.postpone('call', until, tried, 'status 503')
      expect(await stores.calls.tryNow('call', start)).toBe(true)
      expect(await stores.calls.claim(start, until, 10)).toMatchObject([{ id: 'call', problem: undefined }])
    })

    test('discards a call before an attempt and between attempts, but not during one', async () => {
      await queued({ id: 'new', dueAt: until }, { id: 'call' })
      expect(await stores.calls.discard('new')).toMatchObject({ id: 'new' })
      await claimedIds()
      expect(await stores.calls.discard('call')).toBeUndefined()
      await stores.calls.postpone('call', until, tried, 'status 503')
      const both = await Promise.all([stores.calls.discard('call'), stores.calls.claim(until, until + 9, 10)])
      expect(both.flat().filter((one) => one !== undefined)).toHaveLength(1)
    })

    test('ignores the end of an attempt while the next one is under way', async () => {
      await queued({ id: 'call' })
      await claimedIds()
      expect(await stores.calls.claim(until, until + 9, 1)).toHaveLength(1)
      await stores.calls.postpone('call', until + 1, tried, 'status 503')
      await stores.calls.fail('call', tried, 'status 503')
      expect(await stores.calls.list(9)).toMatchObject([
        { dueAt: until + 9, problem: undefined, failedAt: undefined, body: 'sealed' },
      ])
      expect(await stores.calls.discard('call')).toBeUndefined()
    })

    test('has no next due time without calls', async () => {
      expect(await stores.calls.nextDue()).toBeUndefined()
      expect(await stores.calls.count()).toBe(0)
      expect(await claimedIds()).toEqual([])
    })

    test('deletes old calls that were never delivered', async () => {
      await queued({ createdAt: start - 1 }, { createdAt: start })
      expect(await stores.calls.deleteCreatedBefore(start)).toBe(1)
      expect(await stores.calls.count()).toBe(1)
    })
  })
}
