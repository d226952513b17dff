import { setImmediate as nextTurn } from 'node:timers/promises'
import { readReference } from './reference.ts'
import { type Ending, endingOf, type Standing } from './standing.ts'
import { calledName, rejectionOf, type Transaction } from './transaction.ts'
import type { ListedTransaction, TransactionQuery } from './transaction-store.ts'

/** What a listed transaction must be besides its standing: all that is set. */
export type TransactionFilter = {
  /** Words, in whatever case. Each must be part of what lists show of it, or an id of somebody or of its tracking. */
  text?: string | undefined
  /** The front or the back journey. */
  journey?: string | undefined
  /** How it ended, one of these. A rejection after the result counts as the ending; the result itself then doesn't. */
  endings?: readonly Ending[] | undefined
}

type Place = NonNullable<TransactionQuery['after']>

/** `next` is set when there may be more: search again after it. */
export type FoundTransactions = { found: ListedTransaction[]; next: Place | undefined }

/** How many rows one search looks at: with a rare text, a page comes back short and goes on at the next call. */
const maxLooked = 2_000
const batchSize = 250

/** Where those stand that ended so, if that is one place: storage then leaves out the others. */
export function standingOfEndings(endings: readonly Ending[]): Standing | undefined {
  const [standing, ...others] = new Set(endings.map(standingOfEnding))
  return others.length === 0 ? standing : undefined
}

function standingOfEnding(ending: Ending): Standing {
  if (ending === 'cancelled') return 'CANCELLED'
  return ending === 'expired' ? 'EXPIRED' : 'COMPLETED'
}

/**
 * Finds transactions, in the order of the list. Bounded: see {@link FoundTransactions}.
 * @param list answers rows after a place, at most so many.
 */
export async function searchTransactions(
  list: (after: Place | undefined, limit: number) => Promise<ListedTransaction[]>,
  filter: TransactionFilter,
  { after, limit, now }: { after: Place | undefined; limit: number; now: number },
): Promise<FoundTransactions> {
  const isAny = Object.values(filter).every((value) => value === undefined)
  const size = isAny ? limit + 1 : Math.max(limit + 1, batchSize)
  const found: ListedTransaction[] = []
  let last = after
  for (let looked = 0; looked < maxLooked; looked += size) {
    const rows = await list(last, size)
    for (const row of rows) {
      if (isWanted(row.transaction, filter, now)) {
        if (found.length === limit) return { found, next: last }
        found.push(row)
      }
      last = row.transaction
    }
    if (rows.length < size) return { found, next: undefined }
    // A long search is no reason to make requests wait.
    await nextTurn()
  }
  return { found, next: last }
}

function isWanted(
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
  const ending = rejectionOf(transaction) ?? endingOf(transaction, now)
  return ending !== undefined && endings.includes(ending)
}

function hasWords(transaction: Transaction, text: string): boolean {
  const held = textsOf(transaction).map(fold)
  const ids = idsOf(transaction).map(fold)
  return fold(text)
    .split(/\s+/)
    .every(
      (word) =>
        held.some((each) => each.includes(word)) ||
        ids.includes(word) ||
        isPartOfReference(transaction, word),
    )
}

/** Less of it is in too many of them by chance. */
const shortestPart = 4

function isPartOfReference({ reference }: Transaction, word: string): boolean {
  const part = readReference(word)
  return part.length >= shortestPart && reference.includes(part)
}

function textsOf({ subject, openedBy, purpose, journey }: Transaction): string[] {
  const people = [subject, openedBy.agent].flatMap((party) =>
    party === undefined ? [] : [calledName(party), party.name],
  )
  const others = [openedBy.client, openedBy.journey, ...Object.values(purpose), journey]
  return [...people, ...others.filter((text) => text !== undefined)]
}

/** Found as a whole alone: a part of something random is in many. */
function idsOf({ subject, openedBy, trackingId, auditTrackingId }: Transaction): string[] {
  const ids = [subject?.id, openedBy.agent?.id, trackingId, auditTrackingId]
  return ids.filter((id) => id !== undefined)
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
