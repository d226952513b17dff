import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type AuditEntry, canonicalText } from '../../audit/audit-entry.ts'
import { indexOf } from '../../audit/audit-search.ts'
import type { WaitingEntry } from '../../audit/audit-store.ts'
import { type Link, nextRow, noHash } from '../../audit/chain.ts'
import type { Stores } from '../stores.ts'
import { type OpenStores, start } from './examples.ts'

export function auditStoreContract(open: OpenStores): void {
  describe('the audit book', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    const entryOf = (change: Partial<AuditEntry> = {}): AuditEntry => ({
      at: start,
      realm: '/alpha',
      eventName: 'AM-LOGOUT',
      ...change,
    })
    const waitingOf = (id: string, change: Partial<WaitingEntry> = {}): WaitingEntry => ({
      id,
      content: canonicalText(entryOf()),
      isOpen: false,
      savedAt: start,
      ...change,
    })
    /** Chains entries after the head and returns their rows. */
    async function chained(...entries: AuditEntry[]) {
      const { head } = await stores.audit.state()
      let last: Link = head
      const rows = entries.map((entry, place) => {
        const row = nextRow(last, canonicalText(entry))
        last = row
        return { id: `none-${place}`, row, index: indexOf(entry) }
      })
      await stores.audit.wait(rows.map(({ id }) => waitingOf(id)))
      expect(await stores.audit.chain(head, rows)).toBe(true)
      return rows
    }

    test('a new book has no rows and keeps them for a year', async () => {
      const nowhere = { sequence: 0, hash: noHash }
      expect(await stores.audit.state()).toEqual({
        head: nowhere,
        removed: nowhere,
        endSignature: null,
        beginningSignature: null,
        retentionDays: 365,
        keepsNodes: false,
      })
    })

    test('saves settings', async () => {
      await stores.audit.configure({ retentionDays: 0, keepsNodes: true })
      expect(await stores.audit.state()).toMatchObject({ retentionDays: 0, keepsNodes: true })
    })

    test('returns waiting entries in the order of their ids, open ones only once they are old', async () => {
      const [first, open, last] = [waitingOf('1'), waitingOf('2', { isOpen: true }), waitingOf('3')]
      await stores.audit.wait([last, open, first])
      expect(await stores.audit.waiting(start, 10)).toEqual([first, last])
      expect(await stores.audit.waiting(start + 1, 10)).toEqual([first, open, last])
      expect(await stores.audit.waiting(start + 1, 2)).toEqual([first, open])
      expect(await stores.audit.countWaiting()).toBe(3)
    })

    test('closes an open entry once', async () => {
      await stores.audit.wait([waitingOf('1', { isOpen: true })])
      const content = canonicalText(entryOf({ result: 'FAILED' }))
      expect(await stores.audit.settle(waitingOf('1', { content }))).toBe(true)
      expect(await stores.audit.settle(waitingOf('1'))).toBe(false)
      expect(await stores.audit.settle(waitingOf('2', { content }))).toBe(false)
      expect(await stores.audit.waiting(start, 10)).toEqual([waitingOf('1', { content })])
    })

    test('signs the head with its rows or alone, and only where it is', async () => {
      const [first] = await chained(entryOf())
      const head = { sequence: 1, hash: first?.row.hash ?? '' }
      expect((await stores.audit.state()).endSignature).toBeNull()
      expect(await stores.audit.sign(head, 'one')).toBe(true)
      expect(await stores.audit.sign({ ...head, hash: noHash }, 'other')).toBe(false)
      expect(await stores.audit.sign({ ...head, sequence: 2 }, 'other')).toBe(false)
      expect((await stores.audit.state()).endSignature).toBe('one')
      const row = nextRow(head, canonicalText(entryOf()))
      await stores.audit.wait([waitingOf('next')])
      expect(await stores.audit.chain(head, [{ id: 'next', row, index: [] }], 'two')).toBe(true)
      expect(await stores.audit.state()).toMatchObject({ head: { sequence: 2 }, endSignature: 'two' })
    })

    test('signs the beginning when it moves', async () => {
      const [first] = await chained(entryOf(), entryOf())
      const { removed } = await stores.audit.state()
      expect(await stores.audit.remove(removed, first ? [first] : [], 'signed')).toBe(true)
      expect(await stores.audit.state()).toMatchObject({
        removed: { sequence: 1 },
        beginningSignature: 'signed',
      })
    })

    test('chains rows only after the head', async () => {
      const [one, two] = await chained(entryOf(), entryOf({ at: start + 1 }))
      const { head } = await stores.audit.state()
      expect(head).toEqual({ sequence: 2, hash: two?.row.hash })
      const late = nextRow({ sequence: 0, hash: noHash }, canonicalText(entryOf({ realm: '/beta' })))
      const unit = [{ id: 'x', row: late, index: [] }]
      expect(await stores.audit.chain({ sequence: 0, hash: noHash }, unit)).toBe(false)
      expect(await stores.audit.chain({ sequence: 2, hash: 'another' }, unit)).toBe(false)
      expect(await stores.audit.rowsAfter(0, 10)).toEqual([one?.row, two?.row])
      expect(await stores.audit.row(2)).toEqual(two?.row)
      expect(await stores.audit.row(3)).toBeUndefined()
    })

    test('removes chained entries from the waiting ones', async () => {
      await stores.audit.wait([waitingOf('1'), waitingOf('2')])
      const { head } = await stores.audit.state()
      const row = nextRow(head, canonicalText(entryOf()))
      await stores.audit.chain(head, [{ id: '1', row, index: [] }])
      expect(await stores.audit.waiting(start, 10)).toEqual([waitingOf('2')])
    })

    test('does not chain an entry again that another server chained', async () => {
      const [first] = await chained(entryOf())
      const { head } = await stores.audit.state()
      const row = nextRow(head, canonicalText(entryOf()))
      expect(await stores.audit.chain(head, [{ id: first?.id ?? '', row, index: [] }])).toBe(false)
      expect(await stores.audit.state()).toMatchObject({ head })
    })

    test('finds rows by realm and by indexed value, newest first', async () => {
      const who = { id: 'Id-1', name: 'Ravi', realm: '/' }
      const [one, two, three] = await chained(
        entryOf({ who }),
        entryOf({ realm: '/beta', who }),
        entryOf({ who, eventName: 'AM-CONFIG-CHANGE', ticket: 'INC-1' }),
      )
      const rows = async (filter: Partial<Parameters<typeof stores.audit.rows>[0]>) => {
        const found = await stores.audit.rows({
          before: 99,
          realm: undefined,
          having: undefined,
          limit: 9,
          ...filter,
        })
        return found.map(({ sequence }) => sequence)
      }
      expect(await rows({})).toEqual([three, two, one].map((each) => each?.row.sequence))
      expect(await rows({ before: 3, limit: 1 })).toEqual([2])
      expect(await rows({ realm: '/alpha' })).toEqual([3, 1])
      expect(await rows({ realm: '/alpha', having: { field: 'who', value: 'ravi' } })).toEqual([3, 1])
      expect(await rows({ realm: '/alpha', having: { field: 'who', value: 'id-1' }, before: 3 })).toEqual([1])
      expect(await rows({ realm: '/alpha', having: { field: 'ticket', value: 'inc-1' } })).toEqual([3])
      expect(await rows({ realm: '/beta', having: { field: 'ticket', value: 'inc-1' } })).toEqual([])
    })

    test('finds the rows of a correlation id in all realms, oldest first, in pages', async () => {
      const correlationId = 'client-1/0'
      const rows = await chained(
        entryOf({ correlationId }),
        entryOf({ correlationId: 'Client-1/0' }),
        entryOf(),
        entryOf({ correlationId, realm: '/beta' }),
        entryOf({ correlationId }),
      )
      const sequences = async (after: number, limit: number) =>
        (await stores.audit.rowsOf(correlationId, { after, limit })).map(({ sequence }) => sequence)
      expect(await sequences(0, 2)).toEqual([1, 4])
      expect(await sequences(4, 2)).toEqual([5])
      expect(await stores.audit.rowsOf(correlationId, { after: 4, limit: 2 })).toEqual([rows[4]?.row])
    })

    test('finds the first row at or after a time', async () => {
      await chained(entryOf({ at: start }), entryOf({ at: start + 5 }), entryOf({ at: start + 9 }))
      expect(await stores.audit.firstSince(start + 1)).toBe(2)
      expect(await stores.audit.firstSince(start + 10)).toBeUndefined()
    })

    test('removes the oldest rows once and moves the beginning', async () => {
      const rows = await chained(entryOf({ ticket: 'INC-1' }), entryOf(), entryOf())
      const { removed } = await stores.audit.state()
      expect(await stores.audit.remove(removed, rows.slice(0, 2))).toBe(true)
      expect(await stores.audit.remove(removed, rows.slice(0, 2))).toBe(false)
      const after = await stores.audit.state()
      expect(after.removed).toEqual({ sequence: 2, hash: rows[1]?.row.hash })
      expect(await stores.audit.rowsAfter(0, 10)).toEqual([rows[2]?.row])
      const filter = { before: 99, realm: '/alpha', limit: 9 }
      expect(await stores.audit.rows({ ...filter, having: { field: 'ticket', value: 'inc-1' } })).toEqual([])
      expect(await stores.audit.rows({ ...filter, having: { field: 'event', value: 'am-logout' } })).toEqual([
        rows[2]?.row,
      ])
    })
  })
}
