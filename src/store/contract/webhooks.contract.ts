import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TransactionChange, unknownOpener } from '../../help-desk/transactions/transaction.ts'
import type { DeliveryState } from '../../help-desk/webhooks/delivery.ts'
import { type Webhook, type WebhookEvent, webhookEvents } from '../../help-desk/webhooks/webhook.ts'
import type { CallAttempt } from '../../outbox/call.ts'
import type { Stores } from '../stores.ts'
import {
  exampleCommit,
  exampleJourneySession,
  exampleTransaction,
  type OpenStores,
  start,
} from './examples.ts'

const now = start + 1_000

function exampleWebhook(change: Partial<Webhook> = {}): Webhook {
  return {
    id: randomUUID(),
    realm: '/alpha',
    url: 'https://tickets.example.com/checks',
    events: [...webhookEvents],
    enabled: true,
    secret: 'sealed',
    createdAt: start,
    ...change,
  }
}

/** The tests that every `WebhookStore` must pass, including deliveries from the stores of checks. */
export function webhookStoreContract(open: OpenStores): void {
  describe('webhooks', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    async function added(change: Partial<Webhook> = {}): Promise<Webhook> {
      const receiver = exampleWebhook(change)
      await stores.webhooks.save(receiver)
      return receiver
    }

    async function opened(isHelpDesk = true, change: Parameters<typeof exampleTransaction>[0] = {}) {
      const agent = { id: 'agent', name: 'dana' }
      const transaction = exampleTransaction({ openedBy: { ...unknownOpener, agent, isHelpDesk }, ...change })
      const verification = {
        idHash: transaction.idHash,
        realm: transaction.realm,
        codes: 'sealed',
        triesLeft: 3,
        isBound: true,
        methods: [],
        level: 0,
      } as const
      const commit = exampleCommit(exampleJourneySession(), {
        transactions: [{ kind: 'create', transaction }],
        verifications: isHelpDesk ? [{ kind: 'open', verification, now: start }] : [],
      })
      expect(await stores.steps.commit(commit)).toBe('committed')
      return transaction
    }

    const apply = (...changes: TransactionChange[]) => stores.transactions.apply(changes)
    const list = (
      {
        state,
        receiver,
        limit = 50,
        after,
      }: {
        state?: DeliveryState
        receiver?: string
        limit?: number
        after?: { createdAt: number; id: string }
      } = {},
      realm = '/alpha',
    ) => stores.webhooks.deliveries({ realm, receiver, state, after, limit })
    /** Oldest first. */
    const events = async (receiver?: string) =>
      (await list(receiver === undefined ? {} : { receiver }))
        .toSorted((one, other) => one.at - other.at || (one.sequence ?? 0) - (other.sequence ?? 0))
        .map(({ event }) => event)
    const settled = (change: Partial<CallAttempt> = {}): CallAttempt => ({
      attempts: 1,
      at: now,
      status: 200,
      isMade: true,
      ...change,
    })

    test('returns a webhook as saved, in its realm only', async () => {
      const receiver = await added()
      expect(await stores.webhooks.read('/alpha', receiver.id)).toEqual(receiver)
      expect(await stores.webhooks.read('/beta', receiver.id)).toBeUndefined()
      const changed: Webhook = {
        ...receiver,
        events: ['used'],
        enabled: false,
        secret: 'other',
        url: 'https://x',
      }
      await stores.webhooks.save(changed)
      expect(await stores.webhooks.all('/alpha')).toEqual([changed])
      expect(await stores.webhooks.all('/beta')).toEqual([])
    })

    test('saves and queues a delivery for each event of a check, once', async () => {
      const { id } = await added()
      const { idHash, reference } = await opened()
      await apply({ kind: 'start', idHash, now })
      await apply({ kind: 'start', idHash, now: now + 1 })
      const mail = { id: 'mail', realm: '/alpha', route: 'settings', body: 'sealed', attempts: 0 } as const
      const queued = { ...mail, createdAt: now, dueAt: now }
      await stores.transactions.send(idHash, { to: 'd•••', queued }, start, now + 2)
      await stores.verifications.guess(idHash, 'first', false, now + 3)
      await stores.verifications.guess(idHash, 'second', true, now + 4)
      await apply({ kind: 'complete', idHash, now: now + 5, sessionProperties: {}, reportedAfter: now })
      await stores.verifications.use(
        idHash,
        { id: 'agent', agent: 'agent' },
        { after: start, by: now + 6, reportedAfter: now },
        now + 6,
      )
      await stores.transactions.reject(idHash, true, now + 7)
      const expected = [
        'created',
        'opened',
        'sent',
        'codeWrong',
        'codeMatched',
        'approved',
        'used',
        'rejected',
      ]
      expect(await events()).toEqual(expected)
      expect(await stores.calls.count()).toBe(expected.length)
      const claimed = await stores.calls.claim(now + 9, now + 99, 50)
      expect(claimed.map((call) => call.id).toSorted()).toEqual(
        (await list()).map((one) => one.id).toSorted(),
      )
      expect(claimed[0]).toMatchObject({ source: 'delivery', body: '', attempts: 1 })
      const [created] = (await list()).filter(({ event }) => event === 'created')
      expect(created).toEqual({
        id: `${id}.${reference}.created`,
        realm: '/alpha',
        receiver: id,
        transactionHash: idHash,
        reference,
        event: 'created',
        sequence: undefined,
        at: start,
        createdAt: start,
        state: 'waiting',
        tries: 0,
        lastStatus: undefined,
        lastTriedAt: undefined,
        nextTryAt: now + 99,
      })
    })

    const at = (idHash: string) => ({ idHash, now })
    const ends: [WebhookEvent, (idHash: string) => Promise<unknown>][] = [
      ['denied', (idHash) => apply({ kind: 'deny', ...at(idHash) })],
      ['cancelled', (idHash) => stores.transactions.cancel(idHash, now)],
      ['cancelled', (idHash) => apply({ kind: 'cancel', ...at(idHash) })],
      ['wrongPerson', (idHash) => apply({ kind: 'wrongPerson', isFinal: true, ...at(idHash) })],
      ['notMe', (idHash) => stores.transactions.reject(idHash, true, now)],
      ['calledMe', (idHash) => stores.transactions.reject(idHash, true, now, 'calledMe')],
      ['notVouched', (idHash) => stores.transactions.reject(idHash, false, now, 'notVouched')],
      ['expired', () => stores.webhooks.enqueueExpired(start, start + 180_000)],
      [
        'wrongCode',
        async (idHash) => {
          for (const key of ['a', 'b', 'c']) await stores.verifications.guess(idHash, key, false, now)
        },
      ],
    ]
    test.each(ends)('reports each ending as its own event: %s', async (word, end) => {
      await added({ events: ends.map(([event]) => event) })
      const { idHash } = await opened()
      await end(idHash)
      expect(await events()).toEqual([word])
      expect(await stores.calls.count()).toBe(1)
    })

    test('reports an expired check once, unless it ended before', async () => {
      await added({ events: ['expired'] })
      const { idHash } = await opened()
      await opened()
      await apply({ kind: 'deny', idHash, now })
      expect(await stores.webhooks.enqueueExpired(start, start + 179_999)).toBe(0)
      expect(await stores.webhooks.enqueueExpired(start, start + 180_000)).toBe(1)
      expect(await stores.webhooks.enqueueExpired(start, start + 200_000)).toBe(0)
      expect(await stores.calls.count()).toBe(1)
    })

    test('skips webhooks that are disabled, newer, of another realm or not subscribed', async () => {
      const subscribed = await added({ events: ['approved'] })
      await added({ enabled: false })
      await added({ realm: '/beta' })
      await added({ createdAt: now + 1 })
      const { idHash } = await opened()
      await apply(
        { kind: 'start', idHash, now },
        { kind: 'complete', idHash, now, sessionProperties: {}, reportedAfter: now },
      )
      expect(await list()).toMatchObject([{ receiver: subscribed.id, event: 'approved' }])
      expect(await list({}, '/beta')).toEqual([])
    })

    test('skips transactions that are not checks', async () => {
      await added()
      const { idHash } = await opened(false)
      await apply({ kind: 'start', idHash, now }, { kind: 'deny', idHash, now })
      expect(await list()).toEqual([])
      expect(await stores.calls.count()).toBe(0)
    })

    test('saves no delivery for a refused change', async () => {
      await added({ events: ['approved', 'used'] })
      const { idHash } = await opened()
      await apply({ kind: 'deny', idHash, now })
      await apply({ kind: 'complete', idHash, now, sessionProperties: {}, reportedAfter: now })
      await stores.verifications.use(
        idHash,
        { id: 'agent', agent: 'agent' },
        { after: start, by: now, reportedAfter: now },
        now,
      )
      expect(await list()).toEqual([])
    })

    test('lists attempts that were postponed, given up or delivered', async () => {
      const { id: receiver } = await added()
      for (const id of ['waits', 'fails', 'arrives']) {
        await stores.webhooks.enqueueTest({ id, realm: '/alpha', receiver }, now)
      }
      for (const _attempt of [1, 2]) expect(await stores.calls.claim(now, now, 9)).toHaveLength(3)
      const failed = settled({ status: 503, isMade: false, attempts: 2 })
      await stores.calls.postpone('waits', now + 60, failed, 'status 503')
      await stores.calls.remove('fails', { ...failed, status: undefined })
      await stores.calls.remove('arrives', settled())
      expect(await stores.webhooks.delivery('waits')).toMatchObject({
        event: 'test',
        state: 'waiting',
        tries: 2,
        lastStatus: 503,
        lastTriedAt: now,
        nextTryAt: now + 60,
      })
      expect(await list({ state: 'waiting' })).toMatchObject([{ id: 'waits' }])
      expect(await list({ state: 'failed' })).toMatchObject([{ id: 'fails', lastStatus: undefined }])
      expect(await list({ state: 'delivered', receiver })).toMatchObject([
        { id: 'arrives', nextTryAt: undefined },
      ])
      expect(await list({ state: 'delivered', receiver: 'another' })).toEqual([])
    })

    test('does not queue a discarded delivery again with the next event of its check', async () => {
      await added({ events: ['created', 'denied'] })
      const { idHash } = await opened()
      const [created] = await list()
      expect(await stores.calls.discard(created?.id ?? '')).toMatchObject({ source: 'delivery' })
      expect(await list()).toMatchObject([{ event: 'created', state: 'failed', lastTriedAt: undefined }])
      await apply({ kind: 'deny', idHash, now })
      const waiting = await stores.calls.claim(now, now + 60, 9)
      expect(waiting).toHaveLength(1)
      expect(await list({ state: 'failed' })).toMatchObject([{ id: created?.id }])
      expect(await stores.webhooks.sendAgain('/alpha', created?.id ?? '', now)).toBe(true)
      expect(await list({ state: 'waiting' })).toHaveLength(2)
    })

    test('keeps the attempts of a delivery that is discarded between them', async () => {
      const { id: receiver } = await added()
      await stores.webhooks.enqueueTest({ id: 'late', realm: '/alpha', receiver }, now)
      for (const _attempt of [1, 2]) await stores.calls.claim(now, now, 9)
      const failed = settled({ status: 503, isMade: false, attempts: 2 })
      await stores.calls.postpone('late', now + 60, failed, 'status 503')
      expect(await stores.calls.discard('late')).toBeDefined()
      expect(await list()).toMatchObject([{ state: 'failed', tries: 2, lastStatus: 503 }])
    })

    test('sends a delivery again with all its attempts', async () => {
      const { id: receiver } = await added()
      await stores.webhooks.enqueueTest({ id: 'again', realm: '/alpha', receiver }, now)
      await stores.calls.claim(now, now + 60, 1)
      await stores.calls.remove('again', settled())
      expect(await stores.webhooks.sendAgain('/beta', 'again', now)).toBe(false)
      expect(await stores.webhooks.sendAgain('/alpha', 'again', now + 5)).toBe(true)
      expect(await list()).toMatchObject([{ state: 'waiting', tries: 0, nextTryAt: now + 5 }])
      expect(await stores.calls.claim(now + 5, now + 60, 9)).toMatchObject([{ id: 'again', attempts: 1 }])
    })

    test('lists the newest first, page by page', async () => {
      const { id: receiver } = await added()
      for (const [id, time] of [
        ['a', 1],
        ['b', 2],
        ['c', 2],
      ] as const) {
        await stores.webhooks.enqueueTest({ id, realm: '/alpha', receiver }, now + time)
      }
      expect(await list({ limit: 2 })).toMatchObject([{ id: 'c' }, { id: 'b' }])
      expect(await list({ after: { createdAt: now + 2, id: 'b' } })).toMatchObject([{ id: 'a' }])
    })

    test('deletes the deliveries of a webhook with it', async () => {
      const { id } = await added()
      const other = await added()
      await opened()
      expect(await stores.webhooks.remove('/beta', id)).toBe(false)
      expect(await stores.webhooks.remove('/alpha', id)).toBe(true)
      expect(await stores.webhooks.remove('/alpha', id)).toBe(false)
      expect(await list()).toMatchObject([{ receiver: other.id }])
      expect(await stores.calls.count()).toBe(1)
    })

    test('deletes old deliveries', async () => {
      const { id: receiver } = await added()
      await stores.webhooks.enqueueTest({ id: 'old', realm: '/alpha', receiver }, start - 1)
      await stores.webhooks.enqueueTest({ id: 'new', realm: '/alpha', receiver }, start)
      expect(await stores.webhooks.deleteDeliveriesBefore(start)).toBe(1)
      expect(await list()).toMatchObject([{ id: 'new' }])
    })
  })
}
