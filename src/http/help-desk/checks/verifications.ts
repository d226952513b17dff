import { listChecks, readCheck } from '../../../../contract/help-desk.ts'
import { RequestError } from '../../../errors.ts'
import { agentOf } from '../../../help-desk/transactions/transaction.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import type { Answer, Call, Route } from '../../route.ts'
import { documentOf, transactionNamed, transactionPage } from '../transactions/transaction-pages.ts'
import { transactionRow } from '../transactions/transaction-row.ts'
import { type CodeSources, checkView } from './check-view.ts'
import type { GrantSources } from './grant-now.ts'

type VerificationDependencies = CodeSources & GrantSources & { transactions: Transactions }

/** Checks for agents, who see their own, and for leads, who see all. Not in AM. */
export function verificationRoutes(from: VerificationDependencies): Route[] {
  const access = 'helpdesk'
  return [
    {
      ...listChecks,
      access,
      summary:
        "Lists the agent's own checks, newest first (`state`, `ending`, `text`, `journey`); leads see all.",
      handle: async (call) => transactionPage(from, call, await visibleAgent(call), rowsFor(from, call)),
    },
    {
      ...readCheck,
      access,
      summary: "Reads one of the agent's own checks with all of its events; leads can read all.",
      handle: (call) => one(from, call),
    },
  ]
}

async function one(from: VerificationDependencies, call: Call): Promise<Answer> {
  const agent = await visibleAgent(call)
  const transaction = await transactionNamed(from, call, agent)
  const own = (await call.session())?.session.identityId
  // Leads get only the codes of their own checks.
  const viewer = agentOf(transaction)?.id === own ? 'agent' : 'lead'
  return {
    body: {
      ...(await documentOf(from, call, transaction, rowsFor(from, call))),
      ...(await checkView(from, transaction, viewer, call.realm.settings.helpDesk)),
    },
  }
}

/** The agent whose checks the caller may see; undefined for all agents. */
export async function visibleAgent(call: Call): Promise<string | undefined> {
  const session = (await call.session())?.session
  if (session === undefined) throw new RequestError(401)
  return (await call.rights()).may('transactions', call.realm.path) ? undefined : session.identityId
}

function rowsFor(from: VerificationDependencies, { realm }: Call) {
  return (listed: Parameters<typeof transactionRow>[0]) => transactionRow(listed, realm.settings, from.now())
}
