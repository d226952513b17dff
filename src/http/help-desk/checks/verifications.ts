import { listChecks, readCheck } from '../../../../contract/help-desk.ts'
import { RequestError } from '../../../errors.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import type { Answer, Call, Route } from '../../route.ts'
import { documentOf, transactionNamed, transactionPage } from '../transactions/transaction-pages.ts'
import { transactionRow } from '../transactions/transaction-row.ts'
import { type CodeSources, checkView } from './check-view.ts'

type VerificationDependencies = CodeSources & {
  transactions: Transactions
  now(): number
}

/** What agents see of the checks that they started; their leads see all agents'. Ours, not AM's. */
export function verificationRoutes(from: VerificationDependencies): Route[] {
  const access = 'helpdesk'
  return [
    {
      ...listChecks,
      access,
      summary:
        "Lists an agent's own checks, newest first (`state`, `ending`, `text`, `journey`); all for their leads.",
      handle: async (call) => transactionPage(from, call, await agentOf(call), shown(from, call)),
    },
    {
      ...readCheck,
      access,
      summary: "Shows one of an agent's own checks, with everything that happened; any for their leads.",
      handle: (call) => one(from, call),
    },
  ]
}

async function one(from: VerificationDependencies, call: Call): Promise<Answer> {
  const agent = await agentOf(call)
  const transaction = await transactionNamed(from, call, agent)
  const own = (await call.session())?.session.identityId
  // A lead reads out the code of a check of their own, and sees no other's.
  const viewer = transaction.openedBy.agent?.id === own ? 'agent' : 'lead'
  return {
    body: {
      ...(await documentOf(from, call, transaction, shown(from, call))),
      ...(await checkView(from, transaction, viewer, call.realm.settings.helpDesk, from.now())),
    },
  }
}

/** Whose checks are meant; undefined for everybody's. */
async function agentOf(call: Call): Promise<string | undefined> {
  const session = (await call.session())?.session
  if (session === undefined) throw new RequestError(401)
  return (await call.rights()).may('transactions', call.realm.path) ? undefined : session.identityId
}

function shown(from: VerificationDependencies, { realm }: Call) {
  return (listed: Parameters<typeof transactionRow>[0]) => transactionRow(listed, realm.settings, from.now())
}
