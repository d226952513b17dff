import { listChecks, readCheck } from '../../../../contract/help-desk.ts'
import { badRequest, notFound, RequestError } from '../../../base/errors.ts'
import type { JsonObject } from '../../../base/json.ts'
import { canChangeAgent, earlierPartOf, takeoverBasis } from '../../../help-desk/checks/hand-over.ts'
import type { Verifications } from '../../../help-desk/checks/verifications.ts'
import { agentOf, type Transaction } from '../../../help-desk/transactions/transaction.ts'
import type { ListedTransaction } from '../../../help-desk/transactions/transaction-store.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import type { Answer, Call, Route } from '../../route.ts'
import { listedGrant } from '../transactions/listed-grant.ts'
import { documentOf, transactionNamed, transactionPage } from '../transactions/transaction-pages.ts'
import { transactionRow } from '../transactions/transaction-row.ts'
import { type CodeSources, checkView } from './check-view.ts'
import { type GrantSources, leniently } from './grant-now.ts'
import { takenOver } from './hand-over.ts'
import { personForAgents } from './person-for-agents.ts'
import { agentIdOf, isLead } from './visible-agent.ts'

type VerificationDependencies = CodeSources &
  GrantSources & { transactions: Transactions; verifications: Pick<Verifications, 'pausedUntil'> }

/** Checks for agents, who see their own, and for leads, who see all. Not in AM. */
export function verificationRoutes(from: VerificationDependencies): Route[] {
  const access = 'helpdesk'
  return [
    {
      ...listChecks,
      access,
      summary:
        "Lists the agent's own checks, newest first (`scope`, `unread`, `state`, `ending`, `text`, `journey`); leads see all.",
      handle: (call) => list(from, call),
    },
    {
      ...readCheck,
      access,
      summary:
        "Reads one of the agent's own checks, or one offered to the agent, with all of its events; leads can read all.",
      handle: (call) => one(from, call),
    },
  ]
}

async function list(from: VerificationDependencies, call: Call): Promise<Answer> {
  return transactionPage(from, call, await listedScope(call), await rowsFor(from, call))
}

/** The checks that a list contains. @throws RequestError 403 for the checks of all agents, unless the caller is a lead. */
async function listedScope(
  call: Call,
): Promise<{ agentId?: string; isUnread?: boolean; offeredTo?: string }> {
  if (isUnreadIn(call.query)) return { agentId: await agentIdOf(call), isUnread: true }
  const scope = scopeIn(call.query.get('scope')) ?? ((await isLead(call)) ? 'all' : 'own')
  if (scope === 'own')
    return {
      // rule H16: otherwise an agent's list shows the checks of colleagues
      agentId: await agentIdOf(call),
    }
  if (scope === 'offered') return { offeredTo: await agentIdOf(call) }
  if (!(await isLead(call))) throw new RequestError(403)
  return {}
}

/** @throws RequestError 400 for another scope than `own`: only the agent's own rejections can be unread. */
function isUnreadIn(query: URLSearchParams): boolean {
  const text = query.get('unread') || 'false'
  if (text !== 'true' && text !== 'false')
    throw badRequest('The query parameter unread must be one of true, false')
  if (text === 'true' && (scopeIn(query.get('scope')) ?? 'own') !== 'own')
    throw badRequest('The query parameter unread needs the scope own')
  return text === 'true'
}

const scopes = ['own', 'offered', 'all'] as const

function scopeIn(text: string | null): (typeof scopes)[number] | undefined {
  if (text === null || text === '') return undefined
  const scope = scopes.find((each) => each === text)
  if (scope === undefined) throw badRequest(`The query parameter scope must be one of ${scopes.join(', ')}`)
  return scope
}

async function one(from: VerificationDependencies, call: Call): Promise<Answer> {
  const transaction = await visibleCheck(from, call)
  // Leads, and agents to whom it is offered, get no codes: only its agent has the caller on the phone.
  const viewer = agentOf(transaction)?.id === (await agentIdOf(call)) ? 'agent' : 'lead'
  return {
    body: {
      ...(await documentOf(from, call, transaction, await rowsFor(from, call))),
      ...(await checkView(from, transaction, viewer, call.realm.settings.helpDesk)),
      person: viewer === 'agent' ? await subjectOf(from, call.realm, transaction) : null,
    },
  }
}

/** What the agent of a check may know about its subject; null if that person can’t be read. */
async function subjectOf(
  from: VerificationDependencies,
  { path, settings }: Call['realm'],
  { subject }: Transaction,
): Promise<JsonObject | null> {
  const { fields, pauseMinutes } = settings.helpDesk
  const person = subject && (await leniently(from).readIdentity(path, subject.id))
  if (person === undefined) return null
  const pausedUntil = (await from.verifications.pausedUntil(path, person.id, pauseMinutes)) ?? null
  return { ...personForAgents(person, fields), pausedUntil }
}

/** @throws RequestError 404 for a check of another agent that is not offered, 403 if it was taken over from this agent. */
async function visibleCheck(from: VerificationDependencies, call: Call): Promise<Transaction> {
  const transaction = await transactionNamed(from, call, undefined)
  if (await isLead(call)) return transaction
  const id = await agentIdOf(call)
  if (agentOf(transaction)?.id === id) return transaction
  const isOffered = takeoverBasis(transaction, { id, isLead: false }) === 'offer'
  const result = await from.verifications.read(transaction.idHash)
  if (isOffered && id !== '' && canChangeAgent(transaction, result, from.now())) return transaction
  const events = await from.transactions.eventsAfter(transaction.idHash, 0)
  throw earlierPartOf(transaction, events, id) === 'agent' ? takenOver(transaction, 403) : notFound()
}

async function rowsFor(from: VerificationDependencies, call: Call) {
  const viewerId = await agentIdOf(call)
  const { settings } = call.realm
  return async (listed: ListedTransaction) => ({
    ...transactionRow(listed, settings, from.now(), viewerId),
    grant: await listedGrant(from, listed, settings),
  })
}
