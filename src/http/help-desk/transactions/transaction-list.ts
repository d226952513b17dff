import type { AnswerOf, ItemOf } from '../../../../contract/endpoint.ts'
import { changeTransaction, listTransactions, readTransaction } from '../../../../contract/transactions.ts'
import type { Verifications } from '../../../help-desk/checks/verifications.ts'
import { agentOf } from '../../../help-desk/transactions/transaction.ts'
import type { ListedTransaction } from '../../../help-desk/transactions/transaction-store.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import type { StepStore } from '../../../runtime/step-store.ts'
import { type Answer, byAction, type Call, type Route } from '../../route.ts'
import type { GrantSources } from '../checks/grant-now.ts'
import { agentIdOf } from '../checks/visible-agent.ts'
import { type CancelDependencies, cancel } from './cancel.ts'
import { listedGrant } from './listed-grant.ts'
import { documentOf, transactionNamed, transactionPage } from './transaction-pages.ts'
import { transactionRow } from './transaction-row.ts'

type TransactionDependencies = GrantSources & {
  transactions: Transactions
  verifications: Pick<Verifications, 'read'>
  steps: Pick<StepStore, 'ofTransaction'>
  audit: CancelDependencies['audit']
}

/** Transactions for administrators. Not in AM. */
export function backchannelTransactionRoutes(from: TransactionDependencies): Route[] {
  const access = 'transactions'
  return [
    {
      ...listTransactions,
      access,
      summary: 'Lists backchannel transactions, newest first (`state`, `ending`, `text`, `journey`).',
      handle: async (call) => transactionPage(from, call, {}, await rowsFor(from, call)),
    },
    {
      ...readTransaction,
      access,
      summary: 'Reads a backchannel transaction with all of its events and journey sessions.',
      handle: (call) => readWithRuns(from, call),
    },
    {
      ...changeTransaction,
      access,
      resource: { kind: 'transaction' },
      summary: 'Cancels a backchannel transaction (`_action=cancel`).',
      handle: byAction({
        cancel: async (call) => cancel(from, call, await transactionNamed(from, call, undefined)),
      }),
    },
  ]
}

/** Maximum runs of one transaction in a response. A caller can start again a few times. */
const maxRuns = 20

async function readWithRuns(from: TransactionDependencies, call: Call): Promise<Answer> {
  const transaction = await transactionNamed(from, call, undefined)
  const { idHash, openedBy } = transaction
  const opener = openedBy.journeySession
  const runs = await from.steps.ofTransaction(call.realm.path, { idHash, opener }, maxRuns)
  return {
    body: {
      ...(await documentOf(from, call, transaction, await rowsFor(from, call))),
      runs: runs.map((run) => ({
        _id: run.idHash,
        side: run.idHash === opener ? 'front' : 'back',
        journey: run.journey,
        outcome: run.outcome,
        startedAt: run.startedAt,
      })),
    } satisfies AnswerOf<typeof readTransaction>,
  }
}

async function rowsFor(
  from: TransactionDependencies,
  call: Call,
): Promise<(listed: ListedTransaction) => Promise<ItemOf<typeof listTransactions>>> {
  const { realm } = call
  const viewerId = await agentIdOf(call)
  return async (listed) => {
    const { journey, openedBy, createdAt, auditTrackingId, trackingId } = listed.transaction
    return {
      ...transactionRow(listed, realm.settings, from.now(), viewerId),
      grant: await listedGrant(from, listed, realm.settings),
      journey,
      agentId: agentOf(listed.transaction)?.id ?? null,
      client: openedBy.client ?? null,
      ageSeconds: Math.floor((from.now() - createdAt) / 1000),
      auditTrackingIds: trackingId === undefined ? [auditTrackingId] : [auditTrackingId, trackingId],
    }
  }
}
