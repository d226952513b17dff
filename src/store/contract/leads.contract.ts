import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CalendarZone, calendarOf } from '../../help-desk/leads/calendar.ts'
import { countedPages } from '../../help-desk/leads/counted-pages.ts'
import { exportLine } from '../../help-desk/leads/export-line.ts'
import { Counting, type Split } from '../../help-desk/leads/numbers.ts'
import { noPurpose } from '../../help-desk/transactions/purpose.ts'
import { type Transaction, unknownOpener } from '../../help-desk/transactions/transaction.ts'
import type { Stores } from '../stores.ts'
import {
  exampleCommit,
  exampleJourneySession,
  exampleTransaction,
  type OpenStores,
  start,
} from './examples.ts'

const minute = 60_000
const agents = ['dana', 'noor'].map((name) => ({ id: `id of ${name}`, name }))
const utc = calendarOf('UTC') as CalendarZone

/** How a random check ended, or that it is running or no check. */
const ends = [
  'approved',
  'approved, used',
  'denied',
  'notMe',
  'calledMe',
  'notMe, late',
  'wrongPerson',
  'wrongCode',
  'reported',
  'cancelled',
  'expired',
  'open',
] as const

const randomCheck = fc.record({
  end: fc.constantFrom(...ends),
  realm: fc.constantFrom('/alpha', '/alpha', '/beta'),
  isCheck: fc.constantFrom(true, true, true, false),
  startsAt: fc.integer({ min: start, max: start + 5 * minute }),
  openedAfter: fc.option(fc.integer({ min: 0, max: 30_000 }), { nil: undefined }),
  endsAfter: fc.integer({ min: 30_000, max: 60_000 }),
  failedSignIns: fc.integer({ min: 0, max: 2 }),
  agent: fc.constantFrom(...agents),
  action: fc.constantFrom('Reset', 'Unlock', undefined),
  journey: fc.constantFrom('HelpDesk', 'LostDevice'),
})

type RandomCheck = typeof randomCheck extends fc.Arbitrary<infer Value> ? Value : never

/** When everything random is over, except for open checks. */
const later = start + 20 * minute

export function leadStoreContract(open: OpenStores): void {
  describe('checks for leads', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    async function opened(change: Partial<Transaction> = {}, isCheck = true): Promise<Transaction> {
      const [agent] = agents
      const openedBy = { ...unknownOpener, agent, isHelpDesk: isCheck, journey: 'HelpDesk' }
      const transaction = exampleTransaction({ openedBy, ...change })
      const { idHash, realm, createdAt: now } = transaction
      const proof = { triesLeft: 3, isBound: true, methods: [], level: 0 } as const
      const verification = { idHash, realm, codes: 'sealed', ...proof }
      const commit = exampleCommit(exampleJourneySession(), {
        transactions: [{ kind: 'create', transaction }],
        verifications: isCheck ? [{ kind: 'open', verification, now }] : [],
      })
      expect(await stores.steps.commit(commit)).toBe('committed')
      return transaction
    }

    async function play(random: RandomCheck): Promise<Transaction> {
      const { end, realm, startsAt, agent, action, journey, failedSignIns, openedAfter } = random
      const transaction = await opened(
        {
          realm,
          createdAt: startsAt,
          expiresAt: end === 'open' ? later + 1 : startsAt + 2 * minute,
          purpose: { ...noPurpose, action },
          openedBy: { ...unknownOpener, agent, isHelpDesk: random.isCheck, journey },
        },
        random.isCheck,
      )
      const { idHash } = transaction
      const apply = (kind: 'start' | 'deny' | 'cancel', now: number) =>
        stores.transactions.apply([{ kind, idHash, now }])
      if (openedAfter !== undefined) await apply('start', startsAt + openedAfter)
      for (let count = 0; count < failedSignIns; count++) {
        const now = startsAt + 30_000
        await stores.transactions.apply([{ kind: 'signInFailed', idHash, now, reason: null }])
      }
      await finish(random, idHash, startsAt + random.endsAfter)
      return transaction
    }

    async function finish({ end, isCheck, agent }: RandomCheck, idHash: string, now: number): Promise<void> {
      const { transactions, verifications } = stores
      const apply = (...[change]: Parameters<typeof transactions.apply>) => transactions.apply(change)
      switch (end) {
        case 'approved':
        case 'approved, used':
        case 'notMe, late':
          await apply([{ kind: 'complete', idHash, now, sessionProperties: {}, reportedAfter: now }])
          if (end === 'notMe, late') await transactions.reject(idHash, false, now + 1)
          if (end !== 'approved, used' || !isCheck) return
          expect(await use(idHash, agent.id, now)).toBe(true)
          return
        case 'denied':
        case 'cancelled':
          await apply([{ kind: end === 'denied' ? 'deny' : 'cancel', idHash, now }])
          return
        case 'notMe':
        case 'calledMe':
          await transactions.reject(idHash, false, now, end)
          return
        case 'reported': {
          const { idHash: attacked } = await opened({ realm: '/gamma', expiresAt: now + minute }, false)
          await transactions.reject(attacked, false, now, 'notMe', { open: [idHash], usable: [] })
          return
        }
        case 'wrongPerson':
          await apply([{ kind: 'wrongPerson', idHash, now, isFinal: true }])
          return
        case 'wrongCode':
          if (!isCheck) await apply([{ kind: 'deny', idHash, now }])
          else for (const key of ['1', '2', '3']) await verifications.guess(idHash, key, false, now)
          return
      }
    }

    function use(idHash: string, agent: string, now: number): Promise<boolean> {
      const times = { after: start - 1, by: now, reportedAfter: now }
      return stores.verifications.use(idHash, { id: agent, agent }, times, now + 1)
    }

    async function numbersOf(split: Split | undefined, period: { from: number; to: number }) {
      const counting = new Counting(split, utc, later)
      for await (const page of countedPages(stores.leads, { realm: '/alpha', ...period }))
        for (const check of page) counting.add(check)
      return counting.result()
    }

    test('counts the same as by hand, whatever happened', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(randomCheck, { maxLength: 25 }), async (randoms) => {
          await stores.close()
          stores = await open()
          for (const random of randoms) await play(random)
          const period = { from: start, to: start + 4 * minute }
          const own = randoms.filter(
            ({ isCheck, realm, startsAt }) => isCheck && realm === '/alpha' && startsAt < period.to,
          )
          const byHand = (checks: RandomCheck[]) => handCount(checks)
          const { total } = await numbersOf(undefined, period)
          expect(total).toEqual(byHand(own))
          const keys = {
            agent: (random: RandomCheck) => random.agent.id,
            action: (random: RandomCheck) => random.action ?? null,
            check: (random: RandomCheck) => random.journey,
            ending: (random: RandomCheck) => (random.end === 'open' ? null : random.end.split(',')[0]),
          }
          for (const [split, keyOf] of Object.entries(keys)) {
            const { groups } = await numbersOf(split as Split, period)
            const found = new Map(groups.map(({ key, name: _name, ...numbers }) => [key, numbers]))
            const expected = Map.groupBy(own, keyOf)
            expect([...found.keys()].toSorted()).toEqual([...expected.keys()].toSorted())
            for (const [key, checks] of expected) expect(found.get(key ?? null)).toEqual(byHand(checks))
          }
        }),
        { numRuns: 12 },
      )
    })

    test('pages through checks that started at the same time, each once, oldest first', async () => {
      const references = Array.from({ length: 7 }, (_, index) => `REF${index}`)
      for (const reference of references) await opened({ reference, createdAt: start + 1 })
      await opened({ reference: 'EARLIER', createdAt: start })
      await opened({ reference: 'LATER', createdAt: start + 2 })
      const found: string[] = []
      let after: { createdAt: number; reference: string } | undefined
      for (;;) {
        const period = { realm: '/alpha', from: start, to: start + 2 }
        const page = await stores.leads.counted({ ...period, after, limit: 3 })
        found.push(...page.map(({ reference }) => reference))
        after = page.at(-1)
        if (page.length < 3) break
      }
      expect(found).toEqual(['EARLIER', ...references])
    })

    test('says whether a check of the realm has verified a caller', async () => {
      const { transactions, leads } = stores
      const { idHash } = await opened({ purpose: noPurpose })
      await transactions.apply([{ kind: 'start', idHash, now: start + 2_000 }])
      expect(await leads.hasVerified('/alpha')).toBe(false)
      await transactions.apply([
        { kind: 'complete', idHash, now: start + 5_500, sessionProperties: {}, reportedAfter: start },
      ])
      expect(await leads.hasVerified('/alpha')).toBe(true)
      expect(await leads.hasVerified('/beta')).toBe(false)
    })

    test('says when a check was opened, and how often sign-ins and codes were wrong', async () => {
      const [agent] = agents
      const secondAgent = { id: 'id of noor', name: 'noor' }
      const { idHash } = await opened({
        purpose: { ...noPurpose, action: 'Reset', ticket: 'INC-1', vouchFor: 'Alex Caller' },
        openedBy: { ...unknownOpener, agent, secondAgent, isHelpDesk: true, journey: 'HelpDesk' },
      })
      const { transactions, verifications } = stores
      await transactions.confirm(idHash, start + 1_000)
      await transactions.apply([{ kind: 'start', idHash, now: start + 2_000 }])
      await transactions.apply([{ kind: 'signInFailed', idHash, now: start + 3_000, reason: null }])
      await verifications.guess(idHash, 'a', false, start + 4_000)
      await transactions.apply([
        { kind: 'complete', idHash, now: start + 5_500, sessionProperties: {}, reportedAfter: start },
      ])
      const [check] = await stores.leads.counted({
        realm: '/alpha',
        from: start,
        to: start + 1,
        after: undefined,
        limit: 10,
      })
      expect(check && exportLine(check, later, 'over')).toMatchObject({
        check: 'HelpDesk',
        action: 'Reset',
        ticket: 'INC-1',
        agent: 'dana',
        opener: 'dana',
        subject: 'demo',
        ending: 'approved',
        level: 0,
        startedAt: new Date(start).toISOString(),
        secondsToOpened: 2,
        secondsToVerified: 5.5,
        failedSignIns: 1,
        wrongCodes: 1,
        vouchFor: 'Alex Caller',
        secondAgent: 'noor',
        usedAt: null,
        withdrawnAt: null,
        resultState: 'over',
      })
    })

    test('the wall has running checks and recent alarms, and nothing else', async () => {
      const { transactions } = stores
      const now = start + 10 * minute
      const at = (reference: string, change: Partial<Transaction> = {}, isCheck = true) =>
        opened({ reference, createdAt: now - minute, expiresAt: now + minute, ...change }, isCheck)
      await at('RUNNING')
      await at('SOON', { expiresAt: now + 1 })
      await at('ELSEWHERE', { realm: '/beta' })
      await at('NOCHECK', {}, false)
      await at('EXPIRED', { expiresAt: now })
      const cancelled = await at('CANCELLED')
      await transactions.cancel(cancelled.idHash, now)
      const denied = await at('DENIED')
      await transactions.apply([{ kind: 'deny', idHash: denied.idHash, now }])
      const rejected = await at('NOTME')
      await transactions.reject(rejected.idHash, false, now)
      const known = await at('READ')
      await transactions.reject(known.idHash, false, now)
      await transactions.readRejection(known.idHash, { id: 'lena', name: 'lena' }, 'lead', now)
      await transactions.readRejection(rejected.idHash, agents[0] ?? { id: '', name: '' }, 'agent', now)
      const late = await at('LATE')
      await transactions.apply([
        { kind: 'complete', idHash: late.idHash, now, sessionProperties: {}, reportedAfter: now },
      ])
      await transactions.reject(late.idHash, false, now)
      const wrong = await at('WRONG')
      await transactions.apply([{ kind: 'wrongPerson', idHash: wrong.idHash, now, isFinal: true }])
      const old = await at('OLDALARM', { expiresAt: now + minute })
      await transactions.reject(old.idHash, false, now - minute)
      const wallSince = (unreadSince: number, limit = 10) =>
        stores.leads.wall({ realm: '/alpha', now, since: now - minute, unreadSince, limit })
      const wall = await wallSince(now - minute)
      const references = wall.map(({ transaction }) => transaction.reference)
      expect(references.slice(0, 3).toSorted()).toEqual(['LATE', 'NOTME', 'WRONG'])
      expect(references.slice(3)).toEqual(['SOON', 'RUNNING'])
      expect(await wallSince(now - minute, 3)).toHaveLength(3)
      const unread = await wallSince(now - minute - 1)
      expect(unread.map(({ transaction }) => transaction.reference)).toContain('OLDALARM')
      await transactions.readRejection(old.idHash, { id: 'lead', name: 'lena' }, 'lead', now)
      expect((await wallSince(0)).map(({ transaction }) => transaction.reference)).not.toContain('OLDALARM')
    })

    test('the wall says what happened in each check', async () => {
      const { idHash } = await opened()
      const { transactions, verifications, leads } = stores
      const wall = { realm: '/alpha', now: start + 10, since: start, unreadSince: start, limit: 10 }
      expect(await leads.wall(wall)).toMatchObject([
        { notifications: 0, lastKind: undefined, openedAt: undefined, failedSignIns: 0, wrongCodes: 0 },
      ])
      await transactions.apply([{ kind: 'start', idHash, now: start + 1 }])
      await transactions.notify(idHash, 'n', { journeyStatus: 'x' }, start + 2)
      await verifications.guess(idHash, 'g', false, start + 3)
      await transactions.apply([{ kind: 'signInFailed', idHash, now: start + 4, reason: null }])
      expect(await leads.wall(wall)).toMatchObject([
        {
          notifications: 1,
          lastKind: 'signInFailed',
          openedAt: start + 1,
          failedSignIns: 1,
          wrongCodes: 1,
          transaction: { idHash },
        },
      ])
    })
  })
}

/** The numbers as a person would count them. */
function handCount(checks: readonly RandomCheck[]) {
  const endings = {
    approved: 0,
    denied: 0,
    notMe: 0,
    calledMe: 0,
    notVouched: 0,
    wrongPerson: 0,
    wrongCode: 0,
    reported: 0,
    cancelled: 0,
    expired: 0,
  }
  const ended = checks.filter(({ end }) => end !== 'open')
  for (const { end } of ended) endings[end.split(',')[0] as keyof typeof endings]++
  const openings = checks.flatMap(({ openedAfter }) => openedAfter ?? [])
  const verified = checks.flatMap(({ end, endsAfter }) => (end.startsWith('approved') ? endsAfter : []))
  return {
    checks: checks.length,
    open: checks.length - ended.length,
    endings,
    used: checks.filter(({ end }) => end === 'approved, used').length,
    toOpened: { median: ranked(openings, 0.5), p90: ranked(openings, 0.9) },
    toVerified: { median: ranked(verified, 0.5), p90: ranked(verified, 0.9) },
  }
}

/** The first value that is not below the given part of all values. */
function ranked(values: readonly number[], part: number): number | null {
  const isEnough = (value: number) => values.filter((other) => other <= value).length >= part * values.length
  return values.toSorted((a, b) => a - b).find(isEnough) ?? null
}
