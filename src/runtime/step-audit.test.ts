import { expect, test } from 'vitest'
import { routineEntries } from '../audit/routine-entries.ts'
import { runWork } from '../base/work.ts'
import type { RunContext } from './run-context.ts'
import { entriesOf } from './step-audit.ts'

/** Runs a failed step of an anonymous client whose address has left `count` routine entries. */
async function entriesAfter(count: number, transactionHash?: string): Promise<string[]> {
  const run = {
    world: {
      transactions: { read: async () => undefined },
      entryCounts: { count: () => ({ count, endsInMs: 1 }) },
    },
    step: {
      request: { realm: { path: '/alpha' }, view: { clientIp: '192.0.2.1' }, correlationId: 'c' },
      frozen: { content: { root: 'Login' }, typeNamed: () => undefined },
      stored: { idHash: 'h' },
      transactionHash,
    },
    effects: { identities: { find: async () => undefined }, auditEvents: [] },
  } as unknown as RunContext
  const saved = { session: { shared: {} }, trace: '' } as unknown as Parameters<typeof entriesOf>[1]['saved']
  const entries = await runWork(
    entriesOf(run, { saved, outcome: 'failure', signIn: undefined, transactions: [] }),
  )
  return entries.map(({ eventName }) => eventName)
}

test('records the failure of a journey until its address exceeds the limit of routine entries', async () => {
  expect(await entriesAfter(routineEntries.most)).toEqual(['AM-TREE-LOGIN-COMPLETED'])
  expect(await entriesAfter(routineEntries.most + 1)).toEqual(['SIDEGATE-AUDIT-ENTRIES-LEFT-OUT'])
  expect(await entriesAfter(routineEntries.most + 2)).toEqual([])
})

test('always records the failure of a journey that completes a transaction', async () => {
  expect(await entriesAfter(routineEntries.most + 2, 'hash')).toEqual(['AM-TREE-LOGIN-COMPLETED'])
})
