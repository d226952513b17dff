import { setTimeout as pause } from 'node:timers/promises'
import { defined } from '../../base/defined.ts'
import { BusyError, OperationError } from '../../base/errors.ts'
import { runWork } from '../../base/work.ts'
import type { Proof } from '../../engine/methods.ts'
import { isForAgents, type Opening } from '../../help-desk/checks/opening-rules.ts'
import type { Requirement } from '../../help-desk/checks/requirement.ts'
import { isCheck } from '../../help-desk/checks/verification.ts'
import { isVouchedFor } from '../../help-desk/checks/vouched-for.ts'
import type { Purpose } from '../../help-desk/transactions/purpose.ts'
import {
  agentNameOf,
  agentOf,
  type Opener,
  type Party,
  type Subject,
  type Transaction,
  type TransactionChange,
} from '../../help-desk/transactions/transaction.ts'
import { newTransaction, type Opened } from '../../help-desk/transactions/transactions.ts'
import type {
  BackchannelPort,
  BackchannelStatus,
  OpenTransaction,
} from '../../nodes/ports/help-desk-ports.ts'
import type { Person } from '../../nodes/ports/ports.ts'
import { displayNameOf } from '../../people/display-name.ts'
import { transactionLinks } from '../../realms/links.ts'
import { digest } from '../../secrets/digest.ts'
import { presenterOf } from '../presenter.ts'
import { openersOf, type RunContext, type Visit } from '../run-context.ts'
import { recordAudit } from '../step-audit.ts'
import { approvalFor, type SecondAgentApproval, useApproval } from './approved-second-agent.ts'
import { openingRequirements, reachableLevel, statedPurpose } from './opening-requirements.ts'

/** The pool replaces broken connections, but may hand out another broken one first. */
const maxAttempts = 3
const pauseMs = 50

/**
 * Backchannel transactions as the nodes of one visit see them, including those opened in the same step. Nodes turn a
 * failure of the store into their *Error* outcome. That is safe, because nothing is left half done: the commit of the step
 * opens a transaction, and a notification is saved at once or not at all.
 */
export function backchannelPort(run: RunContext, visit: Pick<Visit, 'name' | 'proofs'>): BackchannelPort {
  const { open, status, notify } = portOf(run, visit)
  return {
    open: (request) => retried(() => open(request)),
    status: (id) => retried(() => status(id)),
    notify: (id, data) => retried(() => notify(id, data)),
  }
}

/** Whether another agent than the opener is responsible for a check. */
function wasTakenOver({ openedBy, assignee }: Transaction): boolean {
  return assignee !== undefined && assignee.id !== openedBy.agent?.id
}

/**
 * What the journey of a former agent gets: it waits while the check is open, so that the link stays known for emails, and ends as
 * for a cancelled one, because the result is another agent's.
 */
function withoutResult({ state, result }: Transaction): BackchannelStatus | undefined {
  if (state === 'COMPLETED') return undefined
  return { state, result, notificationData: undefined, sessionProperties: {} }
}

/** Safe for calls that only read, or that save under the key of the visit. */
export async function retried<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const isTransient = error instanceof OperationError && !(error instanceof BusyError)
      if (!isTransient || attempt === maxAttempts) throw error
    }
    await pause(pauseMs)
  }
}

function portOf(run: RunContext, visit: Pick<Visit, 'name' | 'proofs'>): BackchannelPort {
  return {
    async open(request) {
      if (!(await canStart(run, request.journey))) {
        throw new Error(`journey '${request.journey}' does not exist or is not enabled`)
      }
      const subject = await subjectOf(run, request)
      if (subject === 'unknown') return { kind: 'unknownSubject' }
      const about = { subject, purpose: await statedPurpose(run, request.data) }
      const opened = newlyOpened(run, request, about, await openerOf(run, visit.proofs, about))
      const approval = await approvalFor(run, opened.transaction)
      const { id, transaction } = withSecondAgent(opened, approval)
      const { frozen, atOpening } = await openingRequirements(run, transaction)
      const reach = await reachableLevel(run, transaction.journey)
      await refuseNotAllowed(run, transaction, { requirement: atOpening, reachableLevel: reach })
      const saved = await save(run, request, { id, transaction }, frozen)
      if (approval !== undefined) useApproval(run, approval)
      return { kind: 'created', ...saved }
    },

    async status(id) {
      const transaction =
        run.effects.opened.get(id) ?? (await run.world.transactions.find(run.step.request.realm.path, id))
      if (transaction === undefined) return undefined
      run.effects.watching = { transaction: id, sequence: transaction.sequence }
      // rule H24: otherwise the journey of a former agent gets the result
      if (wasTakenOver(transaction)) return withoutResult(transaction)
      const { state, result, notificationData, sessionProperties } = transaction
      return { state, result, notificationData, sessionProperties }
    },

    async notify(id, data) {
      await startNow(run)
      run.effects.isVisitUsed = true
      // Several journey sessions may run for one transaction, and each counts its visits from one.
      await run.world.transactions.notify(id, `${openersOf(run.step).journeySession}/${visit.name}`, data)
    },
  }
}

/** Saves the start of the journey before a notification of its first step, so that events keep their order. */
async function startNow(run: RunContext): Promise<void> {
  const starts = run.effects.transactions.filter(({ kind }) => kind === 'start')
  if (starts.length === 0) return
  await run.world.transactions.apply(starts)
  run.effects.transactions = run.effects.transactions.filter(({ kind }) => kind !== 'start')
}

async function canStart({ world, step }: RunContext, name: string): Promise<boolean> {
  const journey = (await world.revisions.current(step.request.realm.path, name))?.content.journeys[name]
  return journey?.enabled === true && !journey.innerTreeOnly
}

/** Whether a person of the realm may verify callers now. */
function isAgent({ world, step }: RunContext, identityId: string): Promise<boolean> {
  const realm = step.request.realm.path
  return world.mayVerify({ realm, identityId }, realm)
}

export async function subjectOf(
  run: RunContext,
  { subject }: Pick<OpenTransaction, 'subject'>,
): Promise<Subject | undefined | 'unknown'> {
  if (subject === undefined) return undefined
  const person = await run.effects.identities.find(subject.name, subject.kind)
  if (person === undefined) return 'unknown'
  return { kind: subject.kind, id: person._id, name: person.userName, displayName: nameOf(person) }
}

function nameOf(person: Person): string {
  return displayNameOf({ userName: person.userName, attributes: person })
}

/** What a transaction is about. */
type About = { subject: Subject | undefined; purpose: Purpose }

/** The agent is the person who was signed in when the front journey started. */
export async function openerOf(run: RunContext, proofs: readonly Proof[], about: About): Promise<Opener> {
  const { frozen } = run.step
  const { identityId, journeySession, session } = openersOf(run.step)
  const person = identityId === undefined ? undefined : await run.effects.identities.find(identityId)
  const agent = person === undefined ? undefined : partyOf(person)
  const isHelpDesk = agent !== undefined && (await isAgent(run, agent.id))
  const secondAgent = isHelpDesk ? await secondAgentOf(run, agent, about, proofs) : undefined
  return {
    ...{ journeySession, session, agent, isHelpDesk, client: undefined, journey: frozen.content.root },
    ...defined({ secondAgent }),
  }
}

function partyOf(person: Person) {
  return { id: person._id, name: person.userName, displayName: nameOf(person) }
}

/**
 * An agent whose credential a node checked in the front journey: not the first agent, the subject, the person that the agent picked
 * at the desk or the person vouched for. State that scripts write doesn't count.
 */
async function secondAgentOf(
  run: RunContext,
  agent: Party,
  { subject, purpose }: About,
  proofs: readonly Proof[],
): Promise<Opener['secondAgent']> {
  const others = [agent.id, subject?.id, run.step.saved.chosenPerson]
  // rule H20: otherwise an agent or the caller is the second agent, by a second sign-in
  const isOther = (person: Party) => !others.includes(person.id) && !isVouchedFor(purpose, person)
  for (const name of new Set(proofs.map((proof) => proof.name))) {
    const person = name === '' ? undefined : await run.effects.identities.find(name)
    const party = person && partyOf(person)
    if (party !== undefined && isOther(party) && (await isAgent(run, party.id))) return party
  }
  return undefined
}

/** @throws Error when the opening rules or limits refuse a transaction about this person. */
export async function refuseNotAllowed(
  run: RunContext,
  { openedBy, subject, purpose }: Pick<Transaction, 'openedBy' | 'subject' | 'purpose'>,
  needs: Pick<Opening, 'requirement' | 'reachableLevel'>,
): Promise<void> {
  if (subject === undefined) return
  const { world, step } = run
  const { path, settings } = step.request.realm
  const refusal = await run.world.verifications.refusal(
    path,
    {
      openedBy,
      subject,
      purpose,
      presenter: await runWork(presenterOf(world, step.request, step.saved.existingSession)),
      isForAgents: isForAgents(settings.helpDesk, Object.keys(run.step.frozen.content.journeys)),
      isSubjectAgent: await isAgent(run, subject.id),
      ...needs,
    },
    settings.helpDesk,
  )
  if (refusal === undefined) return
  if ('waitMs' in refusal) {
    run.effects.exceededLimit = refusal
    run.world.metrics.limitReached(refusal.problem)
  }
  const { agent, isHelpDesk } = openedBy
  if (isHelpDesk) run.effects.refusal = { problem: refusal.problem, message: refusal.message }
  recordAudit(run, {
    eventName: 'SIDEGATE-VERIFICATION-REFUSED',
    result: 'FAILED',
    ...(agent === undefined ? {} : { who: { id: agent.id, name: agent.name, realm: path } }),
    whom: { id: subject.id, name: subject.name, realm: path },
    entries: { problem: refusal.problem },
  })
  throw new Error(refusal.message)
}

function newlyOpened(
  run: RunContext,
  request: OpenTransaction,
  { subject, purpose }: About,
  openedBy: Opener,
): Opened {
  const { id, transaction } = newTransaction(
    {
      realm: run.step.request.realm.path,
      journey: request.journey,
      subject,
      data: request.data,
      allowRetry: request.allowRetry,
      trackingId: undefined,
      lifeSeconds: request.timeoutSeconds ?? run.step.request.realm.settings.transactionSeconds,
      openedBy,
    },
    run.step.now,
  )
  return { id, transaction: { ...transaction, purpose } }
}

/** A second agent who signed in to this journey needs no approval. */
function withSecondAgent({ id, transaction }: Opened, approval: SecondAgentApproval | undefined): Opened {
  if (approval === undefined) return { id, transaction }
  const openedBy = { ...transaction.openedBy, secondAgent: approval.answeredBy }
  return { id, transaction: { ...transaction, openedBy } }
}

async function save(
  run: RunContext,
  request: OpenTransaction,
  { id, transaction }: Opened,
  requirement: Requirement,
) {
  const { idHash } = transaction
  // Read first: if the store fails here, no effect is recorded yet, and the node can retry.
  const others = await otherChecks(run, transaction)
  run.effects.opened.set(id, transaction)
  const check = run.world.verifications.begin(transaction, requirement)
  if (check !== undefined) run.effects.checks.set(check.idHash, check)
  countOpening(run, transaction)
  replace(run, request.replaces, transaction.openedBy.agent?.id)
  run.effects.transactions.push(
    { kind: 'create', transaction },
    // Two agents who check one person at the same time suggest an attack, so both are warned.
    ...others.flatMap((other): TransactionChange[] => [
      { kind: 'alsoChecked', idHash: other.idHash, agent: agentNameOf(transaction) ?? '', now: run.step.now },
      { kind: 'alsoChecked', idHash, agent: agentNameOf(other) ?? '', now: run.step.now },
    ]),
  )
  return { id, links: transactionLinks(run.step.request.realm, run.step.request.view.callersUrl, id) }
}

/** Open checks of the same person by other agents. */
async function otherChecks(run: RunContext, transaction: Transaction): Promise<Transaction[]> {
  if (!isCheck(transaction)) return []
  const { subject, openedBy } = transaction
  const open = await run.world.transactions.openAbout(run.step.request.realm.path, subject.id)
  return open.filter((other) => isCheck(other) && agentOf(other)?.id !== openedBy.agent?.id)
}

/** Counted in the commit, so that a step that runs again counts once. */
function countOpening(run: RunContext, { subject, purpose, openedBy }: Transaction): void {
  if (subject === undefined) return
  const { path, settings } = run.step.request.realm
  const about = { subject, purpose }
  run.effects.counts.push(...run.world.verifications.limits(path, openedBy, about, settings.helpDesk))
}

/**
 * Cancels the transaction of an earlier attempt, so that its link stops working, unless another agent took it over. Only its opener
 * has its id in state.
 */
function replace(run: RunContext, earlier: string | undefined, agentId: string | undefined): void {
  if (earlier === undefined) return
  const idHash = digest(earlier)
  run.effects.checks.delete(idHash)
  const opened: Transaction | undefined = run.effects.opened.get(earlier)
  if (opened === undefined) {
    run.effects.transactions.push({ kind: 'cancel', idHash, now: run.step.now, agentId })
    return
  }
  run.effects.opened.delete(earlier)
  run.effects.transactions = run.effects.transactions.filter(
    (change) => change.kind !== 'create' || change.transaction.idHash !== idHash,
  )
}
