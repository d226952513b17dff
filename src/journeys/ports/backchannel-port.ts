import { setTimeout as pause } from 'node:timers/promises'
import type { Opener, Subject, Transaction } from '../../backchannel/transaction.ts'
import { newTransaction } from '../../backchannel/transactions.ts'
import { BusyError, OperationError } from '../../errors.ts'
import { displayNameOf } from '../../identities/display-name.ts'
import type { BackchannelPort, OpenTransaction, Person } from '../../nodes/ports.ts'
import { digest } from '../../secrets/digest.ts'
import { isCheck } from '../../verification/verification.ts'
import { transactionLinks } from '../links.ts'
import type { RunContext } from './run-context.ts'

/** A broken connection is replaced, but the pool may need a moment to notice that others broke with it. */
const maxAttempts = 3
const pauseMs = 50

/**
 * Backchannel transactions as the nodes of one visit see them: those opened in the same step included. The nodes turn a
 * failure of the store into their *Error* outcome, and nothing is half done then: a transaction is opened by the commit
 * of the step, and a notification is saved at once or not at all.
 */
export function backchannelPort(run: RunContext, visit: string): BackchannelPort {
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

function portOf(run: RunContext, visit: string): BackchannelPort {
  return {
    async open(request) {
      if (!(await run.canStart(request.journey))) {
        throw new Error(`journey '${request.journey}' does not exist or is not enabled`)
      }
      const subject = await subjectOf(run, request)
      if (subject === 'unknown') return { kind: 'unknownSubject' }
      const openedBy = await openerOf(run)
      await refuseUnfit(run, openedBy, subject)
      return { kind: 'created', ...openIn(run, request, subject, openedBy) }
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
      await run.transactions.notify(id, `${run.openers.journeySession}/${visit}`, data)
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

/** The agent is whoever was signed in when the front journey began. */
async function openerOf({ openers, identities, frozen, isAgent }: RunContext): Promise<Opener> {
  const { identityId, journeySession, session } = openers
  const person = identityId === undefined ? undefined : await identities.find(identityId)
  const agent =
    person === undefined ? undefined : { id: person._id, name: person.userName, displayName: nameOf(person) }
  const isHelpDesk = agent !== undefined && (await isAgent(agent.id))
  return { journeySession, session, agent, isHelpDesk, client: undefined, journey: frozen.content.root }
}

/** @throws Error when an agent may not begin a check of this person now. */
async function refuseUnfit(
  run: RunContext,
  { agent, isHelpDesk }: Opener,
  subject: Subject | undefined,
): Promise<void> {
  if (agent === undefined || !isHelpDesk || subject === undefined) return
  const { path, settings } = run.realm
  const refusal = await run.verifications.refusal(path, agent, subject, settings.helpDesk)
  if (refusal === undefined) return
  if ('waitMs' in refusal) {
    run.effects.tooMany = refusal
    run.metrics.limitReached(refusal.problem)
  }
  run.audit.record({
    eventName: 'SIDEGATE-VERIFICATION-REFUSED',
    result: 'FAILED',
    who: { id: agent.id, name: agent.name, realm: path },
    whom: { id: subject.id, name: subject.name, realm: path },
    entries: { problem: refusal.problem },
  })
  throw new Error(refusal.message)
}

function openIn(run: RunContext, request: OpenTransaction, subject: Subject | undefined, openedBy: Opener) {
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
  run.effects.opened.set(id, transaction)
  const check = run.verifications.begin(transaction)
  if (check !== undefined) run.effects.checks.set(check.idHash, check)
  countCheck(run, transaction)
  replace(run, request.replaces)
  run.effects.transactions.push({ kind: 'create', transaction })
  return { id, links: transactionLinks(run.realm, run.request.baseUrl, id) }
}

/** Counted with the step that opens it, so that a step that runs again counts once. */
function countCheck(run: RunContext, transaction: Transaction): void {
  const { agent } = transaction.openedBy
  if (agent === undefined || !isCheck(transaction)) return
  const { path, settings } = run.realm
  run.effects.counts.push(...run.verifications.limits(path, agent, transaction.subject, settings.helpDesk))
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
