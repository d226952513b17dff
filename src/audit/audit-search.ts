import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AuditEntry, Party } from './audit-entry.ts'
import { readEntry } from './audit-entry.ts'
import type { AuditStore, IndexValue, RowQuery } from './audit-store.ts'
import type { AuditRow } from './chain.ts'

/** Conditions that an entry must meet together. Times are epoch milliseconds. */
export type AuditFilter = {
  /** undefined for all realms. */
  realm: string | undefined
  events?: readonly string[]
  /** An id or a username. */
  who?: string
  whom?: string
  /** Either of the two. */
  person?: string
  /** A tracking id or the reference. */
  transaction?: string
  ticket?: string
  /** Its whole name. */
  journey?: string
  result?: string
  from?: number
  /** Exclusive. */
  to?: number
  text?: string
}

export type FoundEntry = { sequence: number; hash: string; entry: AuditEntry }

/** If `next` is set, there may be more entries beyond that row. */
export type FoundEntries = { found: FoundEntry[]; next: number | undefined }

/** Maximum rows per search. A search for a rare text can return a short page, which the next call continues. */
const maxScanned = 5_000

const pageSize = 500

/** Entries are chained slightly out of order, so searches look this far beyond the requested times. */
const slackMs = 3_600_000

/** The index values of an entry. */
export function indexOf(entry: AuditEntry): IndexValue[] {
  const { eventName, who, whom, ticket } = entry
  const values: IndexValue[] = [
    { field: 'event', value: fold(eventName) },
    ...namesOf(who).map((value) => ({ field: 'who', value }) as const),
    ...namesOf(whom).map((value) => ({ field: 'whom', value }) as const),
    ...transactionNames(entry).map((value) => ({ field: 'transaction', value }) as const),
    ...(ticket === undefined ? [] : [{ field: 'ticket', value: fold(ticket) } as const]),
  ]
  const byKey = new Map(values.map((each) => [`${each.field} ${each.value}`, each]))
  return [...byKey.values()]
}

/** Finds entries before a row, newest first. Bounded: see {@link FoundEntries}. */
export async function searchEntries(
  store: AuditStore,
  filter: AuditFilter,
  { before, limit }: { before: number; limit: number },
): Promise<FoundEntries> {
  const having = filter.realm === undefined ? [undefined] : bestIndexes(filter)
  const found: FoundEntry[] = []
  const ends = filter.to === undefined ? undefined : await store.firstSince(filter.to + slackMs)
  let last = Math.min(before, ends ?? before)
  for (let scanned = 0; scanned < maxScanned; scanned += pageSize) {
    const rows = await newestRows(store, having, { before: last, realm: filter.realm, limit: pageSize })
    for (const row of rows) {
      const entry = readEntry(row.content)
      if (filter.from !== undefined && entry.at < filter.from - slackMs) return { found, next: undefined }
      if (matches(entry, filter)) {
        if (found.length === limit) return { found, next: last }
        found.push(toFoundEntry(row, entry))
      }
      last = row.sequence
    }
    if (rows.length < pageSize) return { found, next: undefined }
    // Lets requests run during a long search.
    await nextTurn()
  }
  return { found, next: last }
}

export function toFoundEntry({ sequence, hash }: AuditRow, entry: AuditEntry): FoundEntry {
  return { sequence, hash, entry }
}

/** The newest rows that any of the indexes has. */
async function newestRows(
  store: AuditStore,
  indexes: readonly (IndexValue | undefined)[],
  query: Omit<RowQuery, 'having'>,
): Promise<AuditRow[]> {
  const found = await Promise.all(indexes.map((having) => store.rows({ ...query, having })))
  const bySequence = new Map(found.flat().map((row) => [row.sequence, row]))
  return [...bySequence.values()]
    .toSorted((one, other) => other.sequence - one.sequence)
    .slice(0, query.limit)
}

/** The most selective indexes for a filter, each of which has a part of what matches. */
function bestIndexes(filter: AuditFilter): readonly (IndexValue | undefined)[] {
  const { transaction, ticket, whom, who, person, events } = filter
  if (transaction !== undefined) return [{ field: 'transaction', value: fold(transaction) }]
  if (ticket !== undefined) return [{ field: 'ticket', value: fold(ticket) }]
  if (whom !== undefined) return [{ field: 'whom', value: fold(whom) }]
  if (who !== undefined) return [{ field: 'who', value: fold(who) }]
  if (person !== undefined) {
    return [
      { field: 'whom', value: fold(person) },
      { field: 'who', value: fold(person) },
    ]
  }
  const [event, ...others] = events ?? []
  return [event === undefined || others.length > 0 ? undefined : { field: 'event', value: fold(event) }]
}

function matches(entry: AuditEntry, filter: AuditFilter): boolean {
  const { events, result, from, to, text } = filter
  const has = (expected: string | undefined, values: readonly string[]) =>
    expected === undefined || values.includes(fold(expected))
  return (
    (events === undefined || events.some((event) => fold(event) === fold(entry.eventName))) &&
    (result === undefined || entry.result === result) &&
    has(filter.who, namesOf(entry.who)) &&
    has(filter.whom, namesOf(entry.whom)) &&
    has(filter.person, [...namesOf(entry.who), ...namesOf(entry.whom)]) &&
    has(filter.transaction, transactionNames(entry)) &&
    has(filter.ticket, entry.ticket === undefined ? [] : [fold(entry.ticket)]) &&
    has(filter.journey, entry.journey === undefined ? [] : [fold(entry.journey)]) &&
    (from === undefined || entry.at >= from) &&
    (to === undefined || entry.at < to) &&
    (text === undefined || textsIn(entry).some((value) => fold(value).includes(fold(text))))
  )
}

/** All texts of an entry. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

function namesOf(party: Party | undefined): string[] {
  if (party === undefined) return []
  const { id, name } = party
  return name === undefined ? [fold(id)] : [fold(id), fold(name)]
}

/** What a transaction is found by. */
function transactionNames({ trackingIds = [], reference }: AuditEntry): string[] {
  return [...trackingIds, ...(reference === undefined ? [] : [reference])].map(fold)
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
