import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AuditBook, type NewEntry } from '../../audit/audit-book.ts'
import { canonicalText } from '../../audit/audit-entry.ts'
import { indexOf } from '../../audit/audit-search.ts'
import { type AuditRow, nextRow } from '../../audit/chain.ts'
import { openKeyRing } from '../../secrets/key-ring.ts'
import type { Stores } from '../stores.ts'
import { exampleCommit, exampleJourneySession, type OpenStores, start } from './examples.ts'

const log = pino({ level: 'silent' })

const entry = (count: number): NewEntry => ({ realm: '/alpha', eventName: 'AM-LOGOUT', count })

export function auditBookContract(open: OpenStores): void {
  describe('the chain of a running server', () => {
    let stores: Stores
    let book: AuditBook
    let now: number
    let forwarded: AuditRow[]
    beforeEach(async () => {
      stores = await open()
      now = start
      forwarded = []
      await restart(true)
    })
    afterEach(async () => {
      await book.close()
      await stores.close()
    })

    async function restart(isNew = false) {
      const keyRing = await openKeyRing({
        secrets: stores.secrets,
        masterKey: new Uint8Array(32),
        now: () => now,
      })
      book = new AuditBook({
        store: stores.audit,
        keyRing,
        now: () => now,
        log,
        onChained: (rows) => void forwarded.push(...rows),
      })
      await book.sign(isNew)
      await book.start()
    }

    /** Saves a step with entries; two steps with the same id exclude each other. */
    const step = (idHash: string, ...counts: number[]) =>
      stores.steps.commit(
        exampleCommit(exampleJourneySession({ idHash }), {
          auditEntries: counts.map((count) => book.waiting(entry(count))),
        }),
      )

    /** The counts of all entries in the order of the chain, which must be whole and signed to its end. */
    async function counts() {
      await book.settled()
      const rows = await stores.audit.rowsAfter(0, 1000)
      expect(await book.verify()).toMatchObject({
        isWhole: true,
        rows: rows.length,
        ...(rows.length === 0 ? {} : { signed: { since: 1, through: rows.length } }),
      })
      expect(await stores.audit.countWaiting()).toBe(0)
      return rows.map(({ content }) => JSON.parse(content).count)
    }

    test('has neither an entry nor a gap for a refused step', async () => {
      const steps = ['a', 'b', 'a', 'c', 'b', 'd'].map((idHash, place) => step(idHash, place))
      const outcomes = await Promise.all(steps)
      const saved = outcomes.flatMap((outcome, place) => (outcome === 'committed' ? [place] : []))
      expect(saved).toHaveLength(4)
      expect((await counts()).toSorted()).toEqual(saved)
    })

    test('has the entries of one step in their order', async () => {
      await step('a', 1, 2, 3)
      expect(await counts()).toEqual([1, 2, 3])
    })

    test('has them in that order wherever a unit lists them', async () => {
      const [first, second, third] = [1, 2, 3].map((count) => book.waiting(entry(count)))
      const auditEntries = [third, first, second].flatMap((each) => each ?? [])
      await stores.steps.commit(exampleCommit(exampleJourneySession(), { auditEntries }))
      expect(await counts()).toEqual([1, 2, 3])
    })

    test('is whole with entries of steps, finished events and administrative changes at once', async () => {
      const work = Array.from({ length: 30 }, (_, place) => {
        if (place % 3 === 0) return step(`step ${place}`, place)
        if (place % 3 === 1) return book.record(entry(place))
        return book.during(entry(place), async () => undefined)
      })
      await Promise.all(work)
      expect((await counts()).toSorted((one, other) => one - other)).toEqual([...work.keys()])
    })

    test('continues after a restart', async () => {
      await step('a', 1)
      await book.close()
      await restart()
      await step('b', 2)
      expect(await counts()).toEqual([1, 2])
    })

    test('has entries that an earlier server left waiting, before new ones', async () => {
      await book.close()
      const { head } = await stores.audit.state()
      const [chained, left] = [1, 2].map((count) => book.waiting(entry(count)))
      if (chained === undefined || left === undefined) throw new Error('two entries were made')
      await stores.audit.wait([chained, left])
      const row = nextRow(head, chained.content)
      const index = indexOf({ at: now, ...entry(1) })
      expect(await stores.audit.chain(head, [{ id: chained.id, row, index }])).toBe(true)
      await restart()
      await book.settled()
      await step('a', 3)
      expect(await counts()).toEqual([1, 2, 3])
    })

    test('has an administrative change whose server died with an unknown result', async () => {
      const open = { ...book.waiting({ ...entry(1), result: 'UNKNOWN' }), isOpen: true }
      await stores.audit.wait([open])
      await book.settled()
      expect(await stores.audit.countWaiting()).toBe(1)
      now += 121_000
      expect(await counts()).toEqual([1])
      expect(await stores.audit.settle({ ...open, isOpen: false })).toBe(false)
    })

    test('reports each row once, in order', async () => {
      await Promise.all([step('a', 1, 2), step('b', 3), step('a', 4)])
      await book.settled()
      expect(forwarded).toEqual(await stores.audit.rowsAfter(0, 10))
    })

    test('can be searched as soon as it has settled', async () => {
      await step('a', 1)
      await book.record({ ...entry(2), ticket: 'INC-1' })
      await book.settled()
      const { found } = await book.search({ realm: '/alpha', ticket: 'inc-1' }, { limit: 5 })
      expect(found.map(({ entry: { count } }) => count)).toEqual([2])
      expect(canonicalText({ at: now, ...entry(1) })).toBe((await stores.audit.row(1))?.content)
    })
  })
}
