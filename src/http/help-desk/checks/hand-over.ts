import { useCheck } from '../../../../contract/help-desk.ts'
import type { AuditEventName, AuditTrail } from '../../../audit/audit-trail.ts'
import { defined } from '../../../base/defined.ts'
import { notFound, RequestError } from '../../../base/errors.ts'
import {
  type Candidate,
  canChangeAgent,
  earlierPartOf,
  type HandOverRefusal,
  handOverMessages,
  handOverRefusal,
  takeoverBasis,
} from '../../../help-desk/checks/hand-over.ts'
import { isCheck } from '../../../help-desk/checks/verification.ts'
import type { Verifications } from '../../../help-desk/checks/verifications.ts'
import {
  agentNameOf,
  agentOf,
  offerOf,
  type Party,
  type Transaction,
} from '../../../help-desk/transactions/transaction.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import { displayNameOf } from '../../../people/display-name.ts'
import type { Identity } from '../../../people/identity.ts'
import { parseBody } from '../../body.ts'
import { rightsOf } from '../../guards/rights.ts'
import type { Answer, Call, Handle } from '../../route.ts'
import { recordAction } from '../transactions/transaction-audit.ts'
import { transactionNamed } from '../transactions/transaction-pages.ts'
import { isLead } from './visible-agent.ts'

export type HandOverDependencies = {
  transactions: Transactions
  verifications: Pick<Verifications, 'read'>
  readIdentity(realm: string, id: string): Promise<Identity | undefined>
  audit(call: Call): AuditTrail
  now(): number
}

/** An offer of the agent to a colleague or the team, its withdrawal, and another agent who takes the check over. */
export function handOverActions(from: HandOverDependencies): Readonly<Record<string, Handle>> {
  return {
    offer: (call) => offer(from, call),
    withdrawOffer: (call) => withdrawOffer(from, call),
    takeOver: (call) => takeOver(from, call),
  }
}

async function offer(from: HandOverDependencies, call: Call): Promise<Answer> {
  const { to: id } = parseBody(useCheck.actions.offer.body(), call)
  const agent = await signedIn(from, call)
  const check = await ownCheck(from, call, agent)
  const to = id === null ? null : await candidateIn(from, call, id)
  const refusal = handOverRefusal(check, await from.verifications.read(check.idHash), to, from.now())
  if (refusal !== undefined) throw await refused(from, call, check, 'SIDEGATE-VERIFICATION-OFFERED', refusal)
  if (!(await from.transactions.offer(check.idHash, agent.id, to && partyOf(to))))
    throw await lost(from, check)
  await record(from, call, check, 'SIDEGATE-VERIFICATION-OFFERED', to)
  return { body: await handedOver(from, check) }
}

async function withdrawOffer(from: HandOverDependencies, call: Call): Promise<Answer> {
  const agent = await signedIn(from, call)
  const check = await ownCheck(from, call, agent)
  if (!(await from.transactions.withdrawOffer(check.idHash, agent.id))) throw await lost(from, check)
  await record(from, call, check, 'SIDEGATE-VERIFICATION-OFFER-WITHDRAWN', check.offer?.to ?? null)
  return { body: await handedOver(from, check) }
}

async function takeOver(from: HandOverDependencies, call: Call): Promise<Answer> {
  const to = await signedIn(from, call)
  const check = await transactionNamed(from, call, undefined)
  const former = agentOf(check)
  if (!isCheck(check) || former === undefined) throw notFound()
  // A repeated request, after the first one succeeded.
  if (former.id === to.id && to.realm === check.realm) return { body: await handedOver(from, check) }
  const person = { id: to.id, isLead: await isLead(call) }
  const basis = takeoverBasis(check, person)
  if (basis === undefined) throw await notOffered(from, check, to)
  const refusal = handOverRefusal(check, await from.verifications.read(check.idHash), to, from.now())
  if (refusal !== undefined)
    throw await refused(from, call, check, 'SIDEGATE-VERIFICATION-TAKEN-OVER', refusal)
  const used = await takeWith(from, check, { from: former, to: partyOf(to) }, { basis, ...person })
  if (used === undefined) throw await lost(from, check)
  await record(from, call, check, 'SIDEGATE-VERIFICATION-TAKEN-OVER', former, { basis: used })
  return { body: await handedOver(from, check) }
}

/** Takes a check over by an offer or as a lead, who needs no offer if it was withdrawn. @returns what allowed it. */
async function takeWith(
  { transactions }: HandOverDependencies,
  { idHash }: Transaction,
  parties: { from: Party; to: Party },
  { basis, isLead }: { basis: 'offer' | 'lead'; isLead: boolean },
): Promise<'offer' | 'lead' | undefined> {
  const isOffered = basis === 'offer'
  if (await transactions.takeOver(idHash, { ...parties, isOffered })) return basis
  if (!isOffered || !isLead) return undefined
  return (await transactions.takeOver(idHash, { ...parties, isOffered: false })) ? 'lead' : undefined
}

/** The person of the session, with the rights of this moment. */
async function signedIn(from: HandOverDependencies, call: Call): Promise<Candidate> {
  const session = (await call.session())?.session
  const person = session && (await from.readIdentity(session.realm, session.identityId))
  if (person === undefined) throw new RequestError(401)
  return candidateOf(person, call.realm.path)
}

/** An unknown id is refused like a person without the right, so that it can't be used to try ids. */
async function candidateIn(from: HandOverDependencies, call: Call, id: string): Promise<Candidate> {
  const { path } = call.realm
  const person = await from.readIdentity(path, id)
  return person === undefined ? { id, name: id, realm: path, mayVerify: false } : candidateOf(person, path)
}

export function candidateOf(person: Identity, realm: string): Candidate {
  const mayVerify = rightsOf(person).may('helpdesk', realm)
  return {
    id: person.id,
    name: person.userName,
    displayName: displayNameOf(person),
    realm: person.realm,
    mayVerify,
  }
}

export function partyOf({ id, name, displayName }: Candidate): Party {
  return { id, name, ...defined({ displayName }) }
}

/** @throws RequestError 404 for a check of another agent, 409 if it was the agent's. */
async function ownCheck(from: HandOverDependencies, call: Call, agent: Candidate): Promise<Transaction> {
  const check = await transactionNamed(from, call, undefined)
  if (!isCheck(check)) throw notFound()
  if (agent.realm === check.realm && agentOf(check)?.id === agent.id) return check
  throw await notOffered(from, check, agent)
}

/** The error for an agent without a part in the check. Those who had one learn what became of it. */
async function notOffered(
  { transactions }: HandOverDependencies,
  check: Transaction,
  agent: Candidate,
): Promise<RequestError> {
  const events = await transactions.eventsAfter(check.idHash, 0)
  const part = agent.realm === check.realm ? earlierPartOf(check, events, agent.id) : undefined
  if (part === undefined) return notFound()
  const last = events.findLast(
    ({ kind }) => kind === 'takenOver' || kind === 'offerWithdrawn' || kind === 'offered',
  )
  return part === 'agent' || last?.kind === 'takenOver' ? takenOver(check) : withdrawn()
}

/** The error of a change that came too late: another agent took over, the offer was withdrawn, or the check is gone. */
async function lost(
  { transactions, verifications, now }: HandOverDependencies,
  before: Transaction,
): Promise<RequestError> {
  const current = await transactions.read(before.idHash)
  const result = await verifications.read(before.idHash)
  if (current === undefined || !canChangeAgent(current, result, now()))
    return conflict('over', handOverMessages.over)
  return agentOf(current)?.id === agentOf(before)?.id ? withdrawn() : takenOver(current)
}

export function takenOver(check: Transaction, status: 403 | 409 = 409): RequestError {
  const agent = agentNameOf(check) ?? ''
  return new RequestError(status, `${agent} took this check over.`, { problem: 'takenOver', agent })
}

function withdrawn(): RequestError {
  return conflict('notOffered', 'The check is not offered to you, or no longer.')
}

function conflict(problem: string, message: string): RequestError {
  return new RequestError(409, message, { problem })
}

async function refused(
  from: HandOverDependencies,
  call: Call,
  check: Transaction,
  eventName: AuditEventName,
  { problem, message }: HandOverRefusal,
): Promise<RequestError> {
  await recordAction(from, call, eventName, check, { problem }, 'FAILED')
  return conflict(problem, message)
}

/** `whom` is the colleague: who was offered the check, or from whom it was taken. */
function record(
  from: HandOverDependencies,
  call: Call,
  check: Transaction,
  eventName: AuditEventName,
  colleague: Party | null,
  entries: { basis?: 'offer' | 'lead' } = {},
): Promise<void> {
  const { realm } = check
  const whom = colleague === null ? undefined : { id: colleague.id, name: colleague.name, realm }
  return recordAction(from, call, eventName, check, entries, 'SUCCESSFUL', whom)
}

async function handedOver({ transactions }: HandOverDependencies, { idHash, reference }: Transaction) {
  const check = await transactions.read(idHash)
  return {
    reference,
    agent: (check && agentNameOf(check)) ?? null,
    offeredTo: check === undefined ? null : offerOf(check),
  }
}
