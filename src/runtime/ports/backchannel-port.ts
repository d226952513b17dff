import { setTimeout as pause } from 'node:timers/promises'
import type { Proof } from '../../engine/methods.ts'
import { BusyError, OperationError } from '../../errors.ts'
import { isForAgents } from '../../help-desk/checks/opening-rules.ts'
import { isPrivileged } from '../../help-desk/checks/privileged.ts'
import { isCheck } from '../../help-desk/checks/verification.ts'
import { transactionLinks } from '../../help-desk/transactions/links.ts'
import { filledUp } from '../../help-desk/transactions/purpose.ts'
import {
  calledName,
  type Opener,
  type Subject,
  type Transaction,
  type TransactionChange,
} from '../../help-desk/transactions/transaction.ts'
import { newTransaction, type Opened } from '../../help-desk/transactions/transactions.ts'
import type { BackchannelPort, OpenTransaction, Person } from '../../nodes/ports/ports.ts'
import { displayNameOf } from '../../people/display-name.ts'
import { digest } from '../../secrets/digest.ts'
import type { RunContext } from './run-context.ts'

/** A broken connection is replaced, but the pool may need a moment to notice that others broke with it. */
const maxAttempts = 3
const pauseMs = 50

/**
 * Backchannel transactions as the nodes of one visit see them: those opened in the same step included. The nodes turn a
 * failure of the store into their *Error* outcome, and nothing is half done then: a transaction is opened by the commit
 * of the step, and a notification is saved at once or not at all.
 */
export function backchannelPort(run: RunContext, visit: Visit): BackchannelPort {
  const { open, status, notify } = portOf(run, visit)
  return {
    open: (request) => retried(() => open(request)),
    status: (id) => retried(() => status(id)),
    notify: (id, data) => retried(() => notify(id, data)),
  }
}

/** Each of these can safely run twice: they read, or save under the key of the visit. */
async function retried<Value>(work: () => Promise<Value>): Promise<Value> {
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

function portOf(run: RunContext, visit: Visit): BackchannelPort {
  return {
    async open(request) {
      if (!(await run.canStart(request.journey))) {
        throw new Error(`journey '${request.journey}' does not exist or is not enabled`)
      }
      const subject = await subjectOf(run, request)
      if (subject === 'unknown') return { kind: 'unknownSubject' }
      const opened = made(run, request, subject, await openerOf(run, visit.proofs))
      await refuseUnfit(run, opened.transaction)
      return { kind: 'created', ...(await save(run, request, opened)) }
    },

    async status(id) {
      const transaction = run.effects.opened.get(id) ?? (await run.transactions.find(run.realm.path, id))
      if (transaction === undefined) return undefined
      run.effects.watching = { transaction: id, sequence: transaction.sequence }
      const { state, result, notificationData, sessionProperties } = transaction
      return { state, result, notificationData, sessionProperties }
    },

    async notify(id, data) {
      await startNow(run)
      // A transaction sees several runs of its journey, and each of them counts its visits from one.
      await run.transactions.notify(id, `${run.openers.journeySession}/${visit.name}`, data)
    },
  }
}

/** A notification out of the very first step comes after the news that the journey began. */
async function startNow(run: RunContext): Promise<void> {
  const starts = run.effects.transactions.filter(({ kind }) => kind === 'start')
  if (starts.length === 0) return
  await run.transactions.apply(starts)
  run.effects.transactions = run.effects.transactions.filter(({ kind }) => kind !== 'start')
}

async function subjectOf(
  run: RunContext,
  { subject }: OpenTransaction,
): Promise<Subject | undefined | 'unknown'> {
  if (subject === undefined) return undefined
  const person = await run.identities.find(subject.name, subject.kind)
  if (person === undefined) return 'unknown'
  return { kind: subject.kind, id: person._id, name: person.userName, displayName: nameOf(person) }
}

function nameOf(person: Person): string {
  return displayNameOf({ userName: person.userName, attributes: person })
}

type Visit = {
  name: string
  /** Credentials that were checked in this journey so far. */
  proofs: readonly Proof[]
}

/** The agent is the person who was signed in when the front journey started. */
async function openerOf(run: RunContext, proofs: readonly Proof[]): Promise<Opener> {
  const { openers, identities, frozen } = run
  const { identityId, journeySession, session } = openers
  const person = identityId === undefined ? undefined : await identities.find(identityId)
  const agent = person === undefined ? undefined : partyOf(person)
  const isHelpDesk = agent !== undefined && (await run.isAgent(agent.id))
  const secondAgent = isHelpDesk ? await secondAgentOf(run, agent.id, proofs) : undefined
  return {
    ...{ journeySession, session, agent, isHelpDesk, client: undefined, journey: frozen.content.root },
    ...(secondAgent === undefined ? {} : { secondAgent }),
  }
}

function partyOf(person: Person) {
  return { id: person._id, name: person.userName, displayName: nameOf(person) }
}

/** Another agent whose credential was checked in the front journey. What scripts write into state doesn't count. */
async function secondAgentOf(
  { identities, isAgent }: RunContext,
  agentId: string,
  proofs: readonly Proof[],
): Promise<Opener['secondAgent']> {
  for (const name of new Set(proofs.map((proof) => proof.name))) {
    const person = name === '' ? undefined : await identities.find(name)
    if (person !== undefined && person._id !== agentId && (await isAgent(person._id))) return partyOf(person)
  }
  return undefined
}

/** @throws Error when a transaction about this person may not be opened now. */
async function refuseUnfit(run: RunContext, transaction: Transaction): Promise<void> {
  const { openedBy, subject, purpose } = transaction
  if (subject === undefined) return
  const { path, settings } = run.realm
  const identity = await run.readIdentity(subject.id)
  const refusal = await run.verifications.refusal(
    path,
    {
      openedBy,
      subject,
      purpose,
      presenter: await run.presenter(),
      isForAgents: isForAgents(settings.helpDesk, Object.keys(run.frozen.content.journeys)),
      isSubjectAgent: await run.isAgent(subject.id),
      isSubjectPrivileged: identity !== undefined && isPrivileged(identity),
    },
    settings.helpDesk,
  )
  if (refusal === undefined) return
  if ('waitMs' in refusal) {
    run.effects.tooMany = refusal
    run.metrics.limitReached(refusal.problem)
  }
  const { agent, isHelpDesk } = openedBy
  if (isHelpDesk) run.effects.refusal = { problem: refusal.problem, message: refusal.message }
  run.audit.record({
    eventName: 'SIDEGATE-VERIFICATION-REFUSED',
    result: 'FAILED',
    ...(agent === undefined ? {} : { who: { id: agent.id, name: agent.name, realm: path } }),
    whom: { id: subject.id, name: subject.name, realm: path },
    entries: { problem: refusal.problem },
  })
  throw new Error(refusal.message)
}

/** The caller reads what the agent said, whether or not the journey passes it on. */
function made(
  run: RunContext,
  request: OpenTransaction,
  subject: Subject | undefined,
  openedBy: Opener,
): Opened {
  const { id, transaction } = newTransaction(
    {
      realm: run.realm.path,
      journey: request.journey,
      subject,
      data: request.data,
      allowRetry: request.allowRetry,
      trackingId: undefined,
      lifeSeconds: request.timeoutSeconds ?? run.realm.settings.transactionSeconds,
      openedBy,
    },
    run.now,
  )
  const purpose = filledUp(transaction.purpose, run.startPurpose)
  return { id, transaction: { ...transaction, purpose } }
}

async function save(run: RunContext, request: OpenTransaction, { id, transaction }: Opened) {
  const { idHash } = transaction
  // Read first: when the store fails here, nothing is noted yet, and it can be tried again.
  const others = await otherChecks(run, transaction)
  run.effects.opened.set(id, transaction)
  const check = run.verifications.begin(transaction)
  if (check !== undefined) run.effects.checks.set(check.idHash, check)
  countOpening(run, transaction)
  replace(run, request.replaces)
  run.effects.transactions.push(
    { kind: 'create', transaction },
    // Two agents who check one person at the same time are the signature of an attack: both get to know.
    ...others.flatMap((other): TransactionChange[] => [
      { kind: 'alsoChecked', idHash: other.idHash, agent: agentNameOf(transaction), now: run.now },
      { kind: 'alsoChecked', idHash, agent: agentNameOf(other), now: run.now },
    ]),
  )
  return { id, links: transactionLinks(run.realm, run.request.baseUrl, id) }
}

/** Checks of the same person that other agents have under way. */
async function otherChecks(run: RunContext, transaction: Transaction): Promise<Transaction[]> {
  if (!isCheck(transaction)) return []
  const { subject, openedBy } = transaction
  const open = await run.transactions.openAbout(run.realm.path, subject.id)
  return open.filter((other) => isCheck(other) && other.openedBy.agent?.id !== openedBy.agent?.id)
}

function agentNameOf({ openedBy: { agent } }: Transaction): string {
  return agent === undefined ? '' : calledName(agent)
}

/** Counted with the step that opens it, so that a step that runs again counts once. */
function countOpening(run: RunContext, { subject, openedBy }: Transaction): void {
  if (subject === undefined) return
  const { path, settings } = run.realm
  run.effects.counts.push(...run.verifications.limits(path, openedBy, subject, settings.helpDesk))
}

/** The link of a former attempt stops to work. Only its own opener can have its id in state. */
function replace(run: RunContext, former: string | undefined): void {
  if (former === undefined) return
  const idHash = digest(former)
  run.effects.checks.delete(idHash)
  const opened: Transaction | undefined = run.effects.opened.get(former)
  if (opened === undefined) {
    run.effects.transactions.push({ kind: 'cancel', idHash, now: run.now })
    return
  }
  run.effects.opened.delete(former)
  run.effects.transactions = run.effects.transactions.filter(
    (change) => change.kind !== 'create' || change.transaction.idHash !== idHash,
  )
}
