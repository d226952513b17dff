import { expect, test } from 'vitest'
import { exampleTransaction, start } from '../../store/contract/examples.ts'
import { type Transaction, unknownOpener } from './transaction.ts'
import { searchTransactions, statusOfEndings, type TransactionFilter } from './transaction-search.ts'

const now = start + 1000

const full: Partial<Transaction> = {
  reference: '7QK4M2XR',
  journey: 'VerifyCaller',
  subject: { kind: 'user', id: 'person-1', name: 'elena.marsh', displayName: 'Elena Märsh' },
  purpose: {
    action: 'Reset the password',
    reason: undefined,
    ticket: 'INC-48213',
    vouchFor: undefined,
    vouchForId: 'caller-1',
  },
  trackingId: 'call-7',
  openedBy: {
    ...unknownOpener,
    journey: 'HelpDesk',
    agent: { id: 'dana-1', name: 'dana', displayName: 'Dana Desk' },
  },
}

/** Lists transactions from memory like the storage. */
function listOf(transactions: readonly Transaction[]) {
  const asked: number[] = []
  const list = async (after: { reference: string } | undefined, limit: number) => {
    asked.push(limit)
    const first = transactions.findIndex(({ reference }) => reference === after?.reference) + 1
    return transactions
      .slice(first, first + limit)
      .map((transaction) => ({ transaction, notifications: 0, lastKind: undefined }))
  }
  return { list, asked }
}

async function isFound(change: Partial<Transaction>, filter: TransactionFilter): Promise<boolean> {
  const { list } = listOf([exampleTransaction(change)])
  const { found } = await searchTransactions(list, filter, { after: undefined, limit: 5, now })
  return found.length > 0
}

test.each([
  ['elena', true],
  ['ELENA marsh', true],
  ['märsh', true],
  ['elena dana', true],
  ['inc-482', true],
  ['reset', true],
  ['7qk4-m2xr', true],
  ['7qk4 m2xr', true],
  ['7qk', false],
  ['ll-7', false],
  ['call-7', true],
  ['audit-1', true],
  ['helpdesk', true],
  ['person-1', true],
  ['caller-1', true],
  ['caller-', false],
  ['elena tomasz', false],
  ['zzz', false],
  ['ticket', false],
])('a transaction is found by the words %s: %s', async (text, isExpected) => {
  expect(await isFound(full, { text })).toBe(isExpected)
})

test('finds a transaction by its front and its back journey', async () => {
  expect(await isFound(full, { journey: 'HelpDesk' })).toBe(true)
  expect(await isFound(full, { journey: 'VerifyCaller' })).toBe(true)
  expect(await isFound(full, { journey: 'Verify' })).toBe(false)
})

const completed = { state: 'COMPLETED', endedAt: now } as const

test.each<[Partial<Transaction>, string | undefined]>([
  [{}, undefined],
  [{ ...completed, result: 'APPROVED' }, 'approved'],
  [{ ...completed, result: 'DENIED' }, 'denied'],
  [{ ...completed, result: 'DENIED', denial: 'notMe', rejectedAt: now }, 'notMe'],
  [{ ...completed, result: 'APPROVED', rejectedAt: now }, 'notMe'],
  [{ isCancelled: true }, 'cancelled'],
  [{ expiresAt: now }, 'expired'],
])('a transaction that is %j is found by its one ending: %s', async (change, expected) => {
  const endings = ['approved', 'denied', 'notMe', 'cancelled', 'expired'] as const
  const found = []
  for (const ending of endings) if (await isFound(change, { endings: [ending] })) found.push(ending)
  expect(found).toEqual(expected === undefined ? [] : [expected])
})

test('finds transactions with one of several results', async () => {
  const endings = ['notMe', 'cancelled'] as const
  expect(await isFound({ isCancelled: true }, { endings })).toBe(true)
  expect(await isFound({ expiresAt: now }, { endings })).toBe(false)
})

test('narrows the query to the status of the results', () => {
  expect(statusOfEndings(['denied', 'wrongCode'])).toBe('COMPLETED')
  expect(statusOfEndings(['expired'])).toBe('EXPIRED')
  expect(statusOfEndings(['denied', 'cancelled'])).toBeUndefined()
})

test('returns pages without gaps and repetitions', async () => {
  const all = Array.from({ length: 600 }, (_, index) =>
    exampleTransaction({ reference: `R${index}`, journey: index % 3 === 0 ? 'Wanted' : 'Other' }),
  )
  const { list } = listOf(all)
  const seen: string[] = []
  let after: { createdAt: number; reference: string } | undefined
  do {
    const page = await searchTransactions(list, { journey: 'Wanted' }, { after, limit: 7, now })
    seen.push(...page.found.map(({ transaction }) => transaction.reference))
    after = page.next
  } while (after !== undefined)
  const expected = all.filter(({ journey }) => journey === 'Wanted').map(({ reference }) => reference)
  expect(seen).toEqual(expected)
})

test('stops a search without matches after a while and returns the next position', async () => {
  const all = Array.from({ length: 5_000 }, (_, index) => exampleTransaction({ reference: `R${index}` }))
  const { list, asked } = listOf(all)
  const { found, next } = await searchTransactions(
    list,
    { text: 'zzz' },
    { after: undefined, limit: 50, now },
  )
  expect(found).toEqual([])
  expect(next?.reference).toBe('R1999')
  expect(asked.length).toBe(8)
})

test('reads a list without filter with one query', async () => {
  const { list, asked } = listOf(Array.from({ length: 9 }, () => exampleTransaction()))
  const { found, next } = await searchTransactions(list, {}, { after: undefined, limit: 4, now })
  expect(found).toHaveLength(4)
  expect(next?.reference).toBe(found.at(-1)?.transaction.reference)
  expect(asked).toEqual([5])
})
