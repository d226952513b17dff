import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { QueuedMessage } from '../../outbox/message.ts'
import type { Stores } from '../stores.ts'
import { exampleTransaction, type OpenStores, start } from './examples.ts'

const until = start + 60_000

function exampleMessage(change: Partial<QueuedMessage> = {}): QueuedMessage {
  const id = change.id ?? randomUUID()
  return {
    id,
    realm: '/alpha',
    channel: 'sms',
    state: 'queued',
    transactionHash: undefined,
    tokenHash: `token of ${id}`,
    body: 'sealed',
    attempts: 0,
    createdAt: start,
    dueAt: start,
    expiresAt: start + 180_000,
    ...change,
  }
}

export function messageStoreContract(open: OpenStores): void {
  describe('messages', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    async function added(change: Partial<QueuedMessage> = {}) {
      const message = exampleMessage(change)
      await stores.messages.add(message)
      return message
    }
    const stored = ({ tokenHash }: QueuedMessage) => stores.messages.byToken(tokenHash)

    test('leases a queued message to one server, and counts attempts', async () => {
      const message = await added()
      const claims = await Promise.all([
        stores.messages.claim(start, until, 10),
        stores.messages.claim(start, until, 10),
      ])
      expect(claims.flat()).toEqual([{ ...message, attempts: 1, dueAt: until }])
      expect(await stores.messages.claim(until - 1, until, 10)).toEqual([])
      expect(await stores.messages.claim(until, until + 1, 10)).toMatchObject([{ attempts: 2 }])
    })

    test('gives the oldest that waits, whatever its next attempt is', async () => {
      await added()
      await added({ createdAt: start - 5, dueAt: until })
      await stores.messages.advance(await added({ createdAt: start - 9 }), 'sent', start)
      expect((await stores.figures()).oldestUnsent).toMatchObject({ messages: start - 5, calls: undefined })
    })

    test('claims the oldest due messages first, expired ones too, but only queued ones', async () => {
      await added({ id: 'new' })
      await added({ id: 'old', dueAt: start - 5, expiresAt: start - 1 })
      await added({ id: 'later', dueAt: until })
      const left = await added({ id: 'left', dueAt: start - 9 })
      await stores.messages.advance(left, 'sent', start)
      const ids = async (limit: number) =>
        (await stores.messages.claim(start, until, limit)).map(({ id }) => id)
      expect(await ids(1)).toEqual(['old'])
      expect(await ids(9)).toEqual(['new'])
    })

    test('leaves the messages of busy realms', async () => {
      await added({ id: 'a', realm: '/alpha', dueAt: start - 5 })
      await added({ id: 'b', realm: '/beta' })
      const ids = async (busy: string[]) =>
        (await stores.messages.claim(start, until, 9, busy)).map(({ id }) => id)
      expect(await ids(['/alpha', '/gamma'])).toEqual(['b'])
      expect(await ids(['/gamma'])).toEqual(['a'])
    })

    test('moves states forward only, and drops the content', async () => {
      const message = await added()
      expect(await stores.messages.advance(message, 'sent', start)).toBe(true)
      expect(await stores.messages.advance(message, 'sent', start)).toBe(false)
      expect(await stored(message)).toMatchObject({ state: 'sent', body: '' })
      expect(await stores.messages.advance(message, 'failed', start)).toBe(true)
      expect(await stores.messages.advance(message, 'delivered', start)).toBe(false)
      expect(await stores.messages.advance(message, 'sent', start)).toBe(false)
      expect(await stored(message)).toMatchObject({ state: 'failed' })
      expect(await stores.messages.advance(exampleMessage(), 'failed', start)).toBe(false)
    })

    test('lets one of two concurrent final reports win', async () => {
      const message = await added()
      const moved = await Promise.all([
        stores.messages.advance(message, 'delivered', start),
        stores.messages.advance(message, 'failed', start),
      ])
      expect(moved.filter(Boolean)).toHaveLength(1)
    })

    test('records changes in the timeline of an open transaction', async () => {
      const transaction = exampleTransaction()
      await stores.transactions.apply([{ kind: 'create', transaction }])
      const { idHash } = transaction
      const message = await added({ transactionHash: idHash, channel: 'voice' })
      await stores.messages.advance(message, 'sent', start)
      await stores.messages.advance(message, 'delivered', start)
      await stores.messages.advance(message, 'failed', start)
      expect(await stores.transactions.eventsAfter(idHash, 0)).toEqual([
        { kind: 'messageSent', channel: 'voice', message: message.id, sequence: 1, at: start },
        { kind: 'messageDelivered', channel: 'voice', message: message.id, sequence: 2, at: start },
      ])
    })

    test('moves on after the transaction has ended, without an event', async () => {
      const transaction = exampleTransaction()
      await stores.transactions.apply([{ kind: 'create', transaction }])
      const { idHash } = transaction
      const message = await added({ transactionHash: idHash })
      await stores.transactions.apply([{ kind: 'deny', idHash, now: start }])
      expect(await stores.messages.advance(message, 'sent', start)).toBe(true)
      expect((await stores.transactions.eventsAfter(idHash, 0)).map(({ kind }) => kind)).toEqual(['state'])
    })

    test('finds a message by its token', async () => {
      const message = await added()
      expect(await stored(message)).toEqual(message)
      expect(await stores.messages.byToken('another')).toBeUndefined()
    })

    test('lists messages that wait or failed, with the reason', async () => {
      const waiting = await added({ createdAt: start + 1, about: '•••• 42' })
      const failed = await added()
      const sent = await added()
      await stores.messages.advance(failed, 'failed', start, '401 20003')
      await stores.messages.advance(sent, 'sent', start)
      expect(await stores.messages.list(10)).toMatchObject([
        { id: waiting.id, state: 'queued', about: '•••• 42' },
        { id: failed.id, state: 'failed', problem: '401 20003', body: '' },
      ])
    })

    test('makes a postponed message due, but not one under way', async () => {
      const { id } = await added()
      const claim = () => stores.messages.claim(start, start + 99, 10)
      await claim()
      expect(await stores.messages.tryNow(id, start)).toBe(false)
      await stores.messages.postpone({ id, attempts: 1 }, start + 50, '503')
      expect(await stores.messages.tryNow(id, start)).toBe(true)
      expect(await claim()).toMatchObject([{ id, problem: undefined }])
    })

    test('discards a message between attempts, but not during one, and records it in the timeline', async () => {
      const transaction = exampleTransaction()
      await stores.transactions.apply([{ kind: 'create', transaction }])
      const { idHash } = transaction
      const message = await added({ transactionHash: idHash })
      await stores.messages.claim(start, start + 99, 10)
      expect(await stores.messages.discard(message.id, start)).toBeUndefined()
      await stores.messages.postpone({ ...message, attempts: 1 }, start + 50, '503')
      const both = await Promise.all([
        stores.messages.discard(message.id, start),
        stores.messages.discard(message.id, start),
      ])
      expect(both.filter((one) => one !== undefined)).toHaveLength(1)
      expect(await stores.messages.list(10)).toMatchObject([
        { state: 'failed', problem: 'discarded', body: '' },
      ])
      expect((await stores.transactions.eventsAfter(idHash, 0)).map(({ kind }) => kind)).toEqual([
        'messageFailed',
      ])
    })

    test('ignores the end of an attempt while the next one is under way', async () => {
      const { id } = await added()
      await stores.messages.claim(start, start + 5, 10)
      expect(await stores.messages.claim(start + 5, start + 99, 10)).toHaveLength(1)
      await stores.messages.postpone({ id, attempts: 1 }, start + 6, '503')
      expect(await stores.messages.list(10)).toMatchObject([{ dueAt: start + 99, problem: undefined }])
    })

    test('postpones queued messages, and counts and deletes', async () => {
      const message = await added()
      const left = await added({ expiresAt: start - 1 })
      await stores.messages.advance(left, 'sent', start)
      await stores.messages.postpone(message, start + 9, '503')
      await stores.messages.postpone(left, start + 1, '503')
      expect(await stores.messages.nextDue()).toBe(start + 9)
      expect(await stores.messages.count()).toBe(1)
      expect(await stores.messages.deleteExpiredBefore(start)).toBe(1)
      expect(await stores.messages.count()).toBe(1)
    })
  })
}
