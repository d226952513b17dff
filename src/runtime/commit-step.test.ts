import { expect, test } from 'vitest'
import { runWork } from '../base/work.ts'
import { commitStep } from './commit-step.ts'
import type { RunContext } from './run-context.ts'
import type { StepCommit } from './step-store.ts'

type Result = Parameters<typeof commitStep>[1]

/** Commits a step that began at 1000 and reaches its commit at 2000. */
async function committedBy(outcome: Result['outcome'], transactions: object[]): Promise<StepCommit[]> {
  const commits: StepCommit[] = []
  const run = {
    world: {
      now: () => 2000,
      sealer: { seal: (text: string) => text },
      auditBook: { waiting: (entry: unknown) => entry },
      transactions: { read: async () => undefined },
      steps: {
        commit: async (commit: StepCommit) => {
          commits.push(commit)
          return 'transaction'
        },
      },
    },
    step: {
      request: { realm: { path: '/alpha' }, view: { clientIp: '192.0.2.1' }, correlationId: 'c' },
      frozen: { id: 'r', content: { root: 'VerifyCaller' }, typeNamed: () => undefined },
      stored: { idHash: 'h', step: 1, startedAt: 1, expiresAt: 9000 },
      saved: { session: {} },
      transactionHash: 'check',
      now: 1000,
    },
    effects: {
      ...{ transactions: [], auditEvents: [], approvals: [], counts: [], changedPeople: [] },
      ...{ mails: [], messages: [], pushes: [], checks: new Map() },
      identities: { find: async () => undefined },
    },
  } as unknown as RunContext
  const saved = { session: { shared: {} }, trace: '' }
  const result = { saved, outcome, expiresAt: 9000, transactions, verifications: [] } as unknown as Result
  await runWork(commitStep(run, result))
  return commits
}

test.each([
  ['success', 'complete'],
  ['failure', 'deny'],
] as const)(
  'a %s ends its check by the clock of the commit, so not after its expiry',
  async (outcome, kind) => {
    const [commit] = await committedBy(outcome, [{ kind, idHash: 'check', now: 1000 }])
    expect(commit?.transactions).toEqual([{ kind, idHash: 'check', now: 2000 }])
  },
)
