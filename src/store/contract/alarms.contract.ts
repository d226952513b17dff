import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Alarm, AlarmKind } from '../../help-desk/alarms/alarm.ts'
import { type Transaction, unknownOpener } from '../../help-desk/transactions/transaction.ts'
import type { WebhookEvent } from '../../help-desk/webhooks/webhook.ts'
import type { Stores } from '../stores.ts'
import {
  exampleCommit,
  exampleJourneySession,
  exampleTransaction,
  type OpenStores,
  start,
} from './examples.ts'

const minute = 60_000
const now = start + minute
const dana = { id: 'id of dana', name: 'dana' }
const noor = { id: 'id of noor', name: 'noor' }
const sam = { id: 'id of sam', name: 'sam' }
const zoe = { id: 'id of zoe', name: 'zoe' }
const lena = { id: 'id of lena', name: 'lena', displayName: 'Lena Lead' }
const alex = { id: 'alex', name: 'alex', kind: 'user' as const }

const exampleAlarm = (change: Partial<Alarm> = {}): Alarm => ({
  id: 'a1',
  realm: '/alpha',
  kind: 'callerCheckedOften',
  personId: 'alex',
  person: { id: 'alex', name: 'alex' },
  count: 6,
  minutes: 60,
  involved: ['alex', dana.id],
  raisedAt: now,
  ...change,
})

/** The tests for alarms of help desks. */
export function alarmStoreContract(open: OpenStores): void {
  describe('alarms', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    async function opened(change: Partial<Transaction> = {}, isCheck = true): Promise<string> {
      const openedBy = { ...unknownOpener, agent: dana, isHelpDesk: isCheck, journey: 'HelpDesk' }
      const times = { createdAt: start, expiresAt: start + 3 * minute }
      const transaction = exampleTransaction({ openedBy, subject: alex, ...times, ...change })
      const { idHash, realm } = transaction
      const verification = { idHash, realm, codes: 'sealed', triesLeft: 3, isBound: false, methods: [] }
      const commit = exampleCommit(exampleJourneySession(), {
        transactions: [{ kind: 'create', transaction }],
        verifications: isCheck
          ? [{ kind: 'open', verification: { ...verification, level: 0 }, now: start }]
          : [],
      })
      expect(await stores.steps.commit(commit)).toBe('committed')
      return idHash
    }

    const apply = (idHash: string, kind: 'deny' | 'cancel' | 'start', at = now) =>
      stores.transactions.apply([{ kind, idHash, now: at }])
    const failSignIn = (idHash: string, at = now) =>
      stores.transactions.apply([{ kind: 'signInFailed', idHash, now: at, reason: null }])
    const signsOf = (kind: AlarmKind, { realm = '/alpha', since = start - 1, limit = 100 } = {}) =>
      stores.alarms.signs({
        realm,
        kind,
        personId: kind === 'callerCheckedOften' ? 'alex' : '',
        since,
        limit,
      })
    const countOf = async (...asked: Parameters<typeof signsOf>) => (await signsOf(...asked)).length

    test('count checks of a person, also cancelled and expired ones, and no other transactions', async () => {
      await apply(await opened(), 'cancel')
      await opened({ expiresAt: start + 1 })
      await opened({ subject: { ...alex, id: 'elena' } })
      await opened({ realm: '/beta' })
      await opened({}, false)
      expect(await countOf('callerCheckedOften')).toBe(2)
      expect(await countOf('callerCheckedOften', { realm: '/beta' })).toBe(1)
      expect(await countOf('callerCheckedOften', { since: start })).toBe(0)
      expect(await countOf('callerCheckedOften', { limit: 1 })).toBe(1)
    })

    test('count rejections before and after the result, and wrong people, once each', async () => {
      await stores.transactions.reject(await opened(), true, now, 'calledMe')
      const approved = await opened()
      await stores.transactions.apply([
        { kind: 'complete', idHash: approved, now, sessionProperties: {}, reportedAfter: now },
      ])
      await stores.transactions.reject(approved, true, now + 1, 'notMe')
      const idHash = await opened()
      await stores.transactions.apply([{ kind: 'wrongPerson', idHash, now, isFinal: true }])
      expect(await countOf('denials')).toBe(3)
      await stores.transactions.reject(idHash, true, now + 1, 'notMe')
      expect(await countOf('denials')).toBe(3)
      await apply(await opened(), 'deny')
      await stores.transactions.reject(await opened({}, false), true, now, 'notMe')
      await stores.transactions.reject(await opened({ realm: '/beta' }), true, now, 'notMe')
      expect(await countOf('denials')).toBe(3)
      expect(await countOf('failures')).toBe(1)
      expect(await countOf('denials', { since: now + 1 })).toBe(0)
    })

    test('count failed checks and failed sign-ins in checks', async () => {
      const idHash = await opened()
      await failSignIn(idHash)
      await failSignIn(idHash)
      await apply(idHash, 'deny')
      const mistyped = await opened()
      for (const key of ['1', '2', '3']) await stores.verifications.guess(mistyped, key, false, now)
      expect(await countOf('failures')).toBe(4)
      await failSignIn(await opened({ realm: '/beta' }))
      await failSignIn(await opened({}, false))
      await apply(await opened({}, false), 'deny')
      expect(await countOf('failures')).toBe(4)
      expect(await countOf('failures', { since: now })).toBe(0)
      expect(await countOf('denials')).toBe(0)
    })

    test('know the agents who opened a check, approved it, and took it over at any time', async () => {
      const approved = { ...unknownOpener, agent: dana, secondAgent: lena, isHelpDesk: true }
      const agentsOf = async (kind: AlarmKind) =>
        (await signsOf(kind)).map(({ agentIds }) => new Set(agentIds))
      const idHash = await opened({ openedBy: approved })
      expect(await agentsOf('callerCheckedOften')).toEqual([new Set([dana.id, lena.id])])
      for (const [from, to] of [
        [dana, noor],
        [noor, sam],
        [sam, zoe],
      ] as const) {
        expect(await stores.transactions.takeOver(idHash, { from, to, isOffered: false }, now)).toBe(true)
      }
      const all = new Set([dana.id, lena.id, noor.id, sam.id, zoe.id])
      expect(await agentsOf('callerCheckedOften')).toEqual([all])
      await failSignIn(idHash)
      expect(await agentsOf('failures')).toEqual([all])
      await stores.transactions.reject(idHash, true, now, 'notMe')
      expect(await agentsOf('denials')).toEqual([all])
    })

    test('are found as they were raised, in their realm', async () => {
      const alarm = exampleAlarm()
      expect(await stores.alarms.raise(alarm, start)).toBe(true)
      expect(await stores.alarms.newest(alarm)).toEqual(alarm)
      expect(await stores.alarms.find('/alpha', 'a1')).toEqual(alarm)
      expect(await stores.alarms.unread('/alpha', 9)).toEqual([alarm])
      expect(await stores.alarms.find('/beta', 'a1')).toBeUndefined()
      expect(await stores.alarms.unread('/beta', 9)).toEqual([])
      for (const other of [{ realm: '/beta' }, { kind: 'denials' as const }, { personId: 'elena' }])
        expect(await stores.alarms.newest({ ...alarm, ...other })).toBeUndefined()
    })

    test('are raised once in a window by servers that race', async () => {
      const ids = Array.from({ length: 8 }, (_, index) => `a${index}`)
      const raised = await Promise.all(ids.map((id) => stores.alarms.raise(exampleAlarm({ id }), start)))
      expect(raised.filter(Boolean)).toHaveLength(1)
      const { raisedAt } = exampleAlarm()
      expect(await stores.alarms.raise(exampleAlarm({ id: 'late' }), raisedAt - 1)).toBe(false)
      expect(await stores.alarms.unread('/alpha', 9)).toHaveLength(1)
    })

    test('replace the one of an earlier window', async () => {
      await stores.alarms.raise(exampleAlarm(), start)
      const next = exampleAlarm({ id: 'a2', raisedAt: now + 60 * minute, count: 9, involved: [noor.id] })
      expect(await stores.alarms.raise(next, now)).toBe(true)
      expect(await stores.alarms.unread('/alpha', 9)).toEqual([next])
      expect(await stores.alarms.find('/alpha', 'a1')).toBeUndefined()
    })

    test('replace one that a lead has acknowledged, if only later events were counted', async () => {
      await stores.alarms.raise(exampleAlarm(), start)
      await stores.alarms.acknowledge('/alpha', 'a1', lena, now + 5)
      const next = exampleAlarm({ id: 'a2', raisedAt: now + 9 })
      expect(await stores.alarms.raise(next, now + 4)).toBe(false)
      const raised = await Promise.all([
        stores.alarms.raise(next, now + 5),
        stores.alarms.raise({ ...next, id: 'a3' }, now + 5),
      ])
      expect(raised.toSorted()).toEqual([false, true])
      expect(await stores.alarms.unread('/alpha', 9)).toMatchObject([{ raisedAt: now + 9 }])
    })

    test('are extended as they were read, until a lead has acknowledged them', async () => {
      const alarm = exampleAlarm()
      await stores.alarms.raise(alarm, start)
      const to = (id: string) => ({ count: 9, involved: [...alarm.involved, id] })
      const both = await Promise.all([
        stores.alarms.extend(alarm, to(noor.id)),
        stores.alarms.extend(alarm, to(sam.id)),
      ])
      expect(both.toSorted()).toEqual([false, true])
      const extended = await stores.alarms.newest(alarm)
      expect(extended).toMatchObject({ id: 'a1', count: 9, raisedAt: now })
      expect(extended?.involved).toHaveLength(3)
      await stores.alarms.acknowledge('/alpha', 'a1', lena, now + 1)
      expect(await stores.alarms.extend({ ...alarm, ...extended }, to(zoe.id))).toBe(false)
      expect((await stores.alarms.newest(alarm))?.involved).toEqual(extended?.involved)
    })

    test('about the realm come before those about people, and the newest first', async () => {
      for (const [id, personId, raisedAt] of [
        ['old', '', now],
        ['first', 'alex', now + 1],
        ['second', 'elena', now + 2],
      ] as const) {
        const kind = personId === '' ? 'denials' : 'callerCheckedOften'
        await stores.alarms.raise(exampleAlarm({ id, kind, personId, raisedAt }), start)
      }
      const ids = async (limit: number) =>
        (await stores.alarms.unread('/alpha', limit)).map((alarm) => alarm.id)
      expect(await ids(9)).toEqual(['old', 'second', 'first'])
      expect(await ids(1)).toEqual(['old'])
    })

    test('compare ids of involved people character by character', async () => {
      await stores.alarms.raise(exampleAlarm({ involved: ['100%', 'Dana'] }), start)
      const acknowledge = (id: string) => stores.alarms.acknowledge('/alpha', 'a1', { id, name: id }, now + 1)
      for (const id of ['100%', 'Dana']) expect(await acknowledge(id)).toBe(false)
      expect(await acknowledge('dana')).toBe(true)
    })

    test.each(['_____', '%'])('let a lead with the id %s acknowledge them', async (id) => {
      await stores.alarms.raise(exampleAlarm({ involved: ['12345'] }), start)
      expect(await stores.alarms.acknowledge('/alpha', 'a1', { id, name: id }, now + 1)).toBe(true)
    })

    test('are acknowledged once, in their realm, and never by an involved person', async () => {
      await stores.alarms.raise(exampleAlarm(), start)
      const acknowledge = (by: typeof dana, realm = '/alpha') =>
        stores.alarms.acknowledge(realm, 'a1', by, now + 1)
      expect(await acknowledge(dana)).toBe(false)
      expect(await acknowledge(lena, '/beta')).toBe(false)
      expect(await stores.alarms.unread('/alpha', 9)).toHaveLength(1)
      const both = await Promise.all([acknowledge(lena), acknowledge(lena)])
      expect(both.toSorted()).toEqual([false, true])
      expect(await acknowledge(noor)).toBe(false)
      expect(await stores.alarms.find('/alpha', 'a1')).toEqual({
        ...exampleAlarm(),
        acknowledgedAt: now + 1,
        acknowledgedBy: lena,
      })
      expect(await stores.alarms.unread('/alpha', 9)).toEqual([])
    })

    test('queue their event for the webhooks of the realm, with the alarm or not at all', async () => {
      const webhook = (id: string, realm: string, events: WebhookEvent[], enabled = true) =>
        stores.webhooks.save({
          id,
          realm,
          events,
          enabled,
          url: 'https://t.example',
          secret: 's',
          createdAt: start,
        })
      await webhook('w1', '/alpha', ['alarm.callerCheckedOften', 'used'])
      await webhook('w2', '/alpha', ['alarm.denials'])
      await webhook('w3', '/beta', ['alarm.callerCheckedOften'])
      await webhook('w4', '/alpha', ['alarm.callerCheckedOften'], false)
      await stores.alarms.raise(exampleAlarm(), start)
      await stores.alarms.raise(exampleAlarm({ id: 'a2' }), start)
      const found = await stores.webhooks.deliveries({
        realm: '/alpha',
        receiver: undefined,
        state: undefined,
        after: undefined,
        limit: 9,
      })
      expect(found).toMatchObject([
        {
          receiver: 'w1',
          event: 'alarm.callerCheckedOften',
          state: 'waiting',
          at: now,
          data: { count: 6, minutes: 60, person: { _id: 'alex', userName: 'alex' } },
        },
      ])
      expect(await stores.calls.count()).toBe(1)
    })

    test('are deleted when they are old', async () => {
      await stores.alarms.raise(exampleAlarm(), start)
      expect(await stores.alarms.deleteRaisedBefore(now)).toBe(0)
      expect(await stores.alarms.deleteRaisedBefore(now + 1)).toBe(1)
      expect(await stores.alarms.unread('/alpha', 9)).toEqual([])
    })
  })
}
