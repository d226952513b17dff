import { setImmediate as nextTurn } from 'node:timers/promises'
import { readReference } from './reference.ts'
import { safeDisplayName, type Transaction } from './transaction.ts'
import { countedEndingOf, type Ending, type TransactionStatus } from './transaction-status.ts'
import type { ListedTransaction, TransactionQuery } from './transaction-store.ts'

/** Conditions for listed transactions, besides their status. All given ones must hold. */
export type TransactionFilter = {
  /** Words in any case. Each must occur in a listed text, or equal an id of a person or a tracking id. */
  text?: string | undefined
  /** The front or the back journey. */
  journey?: string | undefined
  /** One of these results. A rejection after the result replaces the result here. */
  endings?: readonly Ending[] | undefined
}

type Cursor = NonNullable<TransactionQuery['after']>

/** If `next` is set, there may be more after it. */
export type FoundTransactions = { found: ListedTransaction[]; next: Cursor | undefined }

/** Maximum rows per search. A search for a rare text can return a short page, which the next call continues. */
const maxScanned = 2_000
const batchSize = 250

/** The single status that these results have, if there is one, so that the query can use it. */
export function statusOfEndings(endings: readonly Ending[]): TransactionStatus | undefined {
  const [status, ...others] = new Set(endings.map(statusOfEnding))
  return others.length === 0 ? status : undefined
}

function statusOfEnding(ending: Ending): TransactionStatus {
  if (ending === 'cancelled') return 'CANCELLED'
  return ending === 'expired' ? 'EXPIRED' : 'COMPLETED'
}

/**
 * Finds transactions in the order of the list. Bounded: see {@link FoundTransactions}.
 * @param list returns rows after a position.
 */
export async function searchTransactions(
  list: (after: Cursor | undefined, limit: number) => Promise<ListedTransaction[]>,
  filter: TransactionFilter,
  { after, limit, now }: { after: Cursor | undefined; limit: number; now: number },
): Promise<FoundTransactions> {
  const isAny = Object.values(filter).every((value) => value === undefined)
  const size = isAny ? limit + 1 : Math.max(limit + 1, batchSize)
  const found: ListedTransaction[] = []
  let last = after
  for (let scanned = 0; scanned < maxScanned; scanned += size) {
    const rows = await list(last, size)
    for (const row of rows) {
      if (matchesFilter(row.transaction, filter, now)) {
        if (found.length === limit) return { found, next: last }
        found.push(row)
      }
      last = row.transaction
    }
    if (rows.length < size) return { found, next: undefined }
    // Lets requests run during a long search.
    await nextTurn()
  }
  return { found, next: last }
}

function matchesFilter(
  transaction: Transaction,
  { text, journey, endings }: TransactionFilter,
  now: number,
): boolean {
  return (
    (journey === undefined || journey === transaction.journey || journey === transaction.openedBy.journey) &&
    (endings === undefined || hasEnding(transaction, endings, now)) &&
    (text === undefined || hasWords(transaction, text))
  )
}

function hasEnding(transaction: Transaction, endings: readonly Ending[], now: number): boolean {
  const ending = countedEndingOf(transaction, now)
  return ending !== undefined && endings.includes(ending)
}

function hasWords(transaction: Transaction, text: string): boolean {
  const texts = textsOf(transaction).map(fold)
  const ids = idsOf(transaction).map(fold)
  return fold(text)
    .split(/\s+/)
    .every(
      (word) =>
        texts.some((each) => each.includes(word)) ||
        ids.includes(word) ||
        isPartOfReference(transaction, word),
    )
}

/** Shorter parts occur in too many references by chance. */
const shortestPart = 4

function isPartOfReference({ reference }: Transaction, word: string): boolean {
  const part = readReference(word)
  return part.length >= shortestPart && reference.includes(part)
}

function textsOf({ subject, openedBy, assignee, purpose, journey }: Transaction): string[] {
  const people = [subject, openedBy.agent, assignee].flatMap((party) =>
    party === undefined ? [] : [safeDisplayName(party), party.name],
  )
  const { action, reason, ticket, vouchFor } = purpose
  const others = [openedBy.client, openedBy.journey, action, reason, ticket, vouchFor, journey]
  return [...people, ...others.filter((text) => text !== undefined)]
}

/** Ids match as a whole only, because parts of random ids occur in many. */
function idsOf({ subject, openedBy, assignee, purpose, trackingId, auditTrackingId }: Transaction): string[] {
  const ids = [
    ...[subject?.id, openedBy.agent?.id, assignee?.id, purpose.vouchForId],
    ...[trackingId, auditTrackingId],
  ]
  return ids.filter((id) => id !== undefined)
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
