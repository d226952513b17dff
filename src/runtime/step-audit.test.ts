import { expect, test } from 'vitest'
import { routineEntries } from '../audit/routine-entries.ts'
import type { RunContext } from './ports/run-context.ts'
import { entriesOf } from './step-audit.ts'

/** A failed step of a client that is not signed in, after so many entries of its address. */
async function entriesAfter(count: number, transactionHash?: string): Promise<string[]> {
  const run = {
    realm: { path: '/alpha' },
    frozen: { content: { root: 'Login' } },
    request: { clientIp: '192.0.2.1' },
    correlationId: 'c',
    transactionHash,
    transactions: { read: async () => undefined },
    identities: { find: async () => undefined },
    entryCounts: { count: () => ({ count, endsInMs: 1 }) },
    effects: { auditEvents: [] },
  } as unknown as RunContext
  const saved = { session: { shared: {} } } as unknown as Parameters<typeof entriesOf>[1]['saved']
  const entries = await entriesOf(run, { saved, outcome: 'failure', signIn: undefined, transactions: [] })
  return entries.map(({ eventName }) => eventName)
}

test('a step keeps the failure of its journey, until its address left too many', async () => {
  expect(await entriesAfter(routineEntries.most)).toEqual(['AM-TREE-LOGIN-COMPLETED'])
  expect(await entriesAfter(routineEntries.most + 1)).toEqual(['SIDEGATE-AUDIT-ENTRIES-LEFT-OUT'])
  expect(await entriesAfter(routineEntries.most + 2)).toEqual([])
})

test('a step of a transaction always keeps it', async () => {
  expect(await entriesAfter(routineEntries.most + 2, 'hash')).toEqual(['AM-TREE-LOGIN-COMPLETED'])
})
