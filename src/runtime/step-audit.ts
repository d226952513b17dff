import type { NewEntry } from '../audit/audit-book.ts'
import type { Party } from '../audit/audit-entry.ts'
import { type AuditEvent, auditTrail, entryOf } from '../audit/audit-trail.ts'
import { keptEvents } from '../audit/routine-entries.ts'
import { defined } from '../base/defined.ts'
import { runWork, type Work, waitFor } from '../base/work.ts'
import type { Transaction, TransactionChange } from '../help-desk/transactions/transaction.ts'
import type { TypeLookup } from '../journeys/revision.ts'
import { digest } from '../secrets/digest.ts'
import type { RunContext } from './run-context.ts'
import { knownReasonOf } from './run-summary.ts'
import type { SavedRun } from './saved-run.ts'
import type { CreatedSession, StoredJourneySession } from './step-store.ts'
import { entriesIn } from './trace-lines.ts'

type StepEnd = {
  saved: SavedRun
  outcome: StoredJourneySession['outcome']
  signIn: CreatedSession | undefined
  transactions: readonly TransactionChange[]
}

/** Logs an audit event immediately, and keeps it for the audit book: the step's commit saves it. */
export function recordAudit({ world, step, effects }: RunContext, event: AuditEvent): void {
  const { log, transactionHash, frozen } = step
  const journey = { journey: frozen.content.root }
  const common = transactionHash === undefined ? journey : { ...journey, transactionHash }
  auditTrail(log, common, (kept) => {
    if (kept.eventName !== 'AM-NODE-LOGIN-COMPLETED' || world.auditBook.keepsNodes) {
      effects.auditEvents.push(kept)
    }
  }).record(event)
}

/** The entries that a step adds to the audit book. */
export function* entriesOf(run: RunContext, result: StepEnd): Work<NewEntry[]> {
  const events = [
    ...run.effects.auditEvents,
    ...(result.signIn === undefined ? [] : [sessionCreated]),
    ...result.transactions.flatMap((change) => transactionEvent(run, change)),
    ...(result.transactions.length === 0 ? [] : yield* waitFor(secondAgentsOf(run, result))),
    ...(result.outcome === 'underway' ? [] : [completed(run, result)]),
  ]
  if (events.length === 0) return []
  const common = yield* commonOf(run, result)
  // Events of a transaction are exempt from the limit of routine entries.
  const isLimited = run.step.transactionHash === undefined
  // rule S27: otherwise steps of journeys cause unlimited audit events
  const kept = isLimited ? keptEvents(events, originOf(common), run.world.entryCounts) : events
  return kept.map((event) => entryOf(event, common))
}

function originOf({ realm, ip = '', who, whom }: Omit<NewEntry, 'eventName'>) {
  return { realm, ip, namesPerson: who !== undefined || whom !== undefined }
}

const sessionCreated: AuditEvent = { eventName: 'AM-SESSION-CREATED', result: 'SUCCESSFUL' }

function completed({ step }: RunContext, { outcome, saved }: StepEnd): AuditEvent {
  const { standIns } = saved.session
  const event = {
    eventName: 'AM-TREE-LOGIN-COMPLETED',
    run: step.stored.idHash,
    ...defined({ standIns }),
  } as const
  if (outcome === 'success') return { ...event, result: 'SUCCESSFUL' }
  return { ...event, result: 'FAILED', ...failedNode(saved, step.frozen.typeNamed) }
}

function transactionEvent({ step }: RunContext, change: TransactionChange): AuditEvent[] {
  const { realm } = step.request
  switch (change.kind) {
    case 'create':
      return [
        {
          // rule H18: otherwise the start of a check is not audited
          eventName: 'AM-BACK-CHANNEL-INITIALIZE',
          result: 'SUCCESSFUL',
          ...openerOf(realm.path, change.transaction),
          ...aboutTransaction(realm.path, change.transaction),
          what: { kind: 'transaction', operation: 'CREATE', name: change.transaction.journey },
        },
      ]
    case 'complete':
      // rule H18: otherwise the result of a check is not audited
      return [{ eventName: 'SIDEGATE-TRANSACTION-COMPLETED', result: 'SUCCESSFUL' }]
    case 'deny':
      return [{ eventName: 'SIDEGATE-TRANSACTION-COMPLETED', result: 'FAILED' }]
    default:
      return []
  }
}

/** Records who approved a check, and others who proved their identity while an agent opened it: they share the responsibility. */
async function secondAgentsOf(run: RunContext, { saved, transactions }: StepEnd): Promise<AuditEvent[]> {
  const created = transactions.find(({ kind }) => kind === 'create')
  if (created?.kind !== 'create' || created.transaction.openedBy.agent === undefined) return []
  const { transaction } = created
  const { agent, secondAgent } = transaction.openedBy
  const names = new Set((saved.session.proofs ?? []).map(({ name }) => name))
  const proven = await Promise.all([...names].map((name) => runWork(partyNamed(run, name))))
  const { path: realm } = run.step.request.realm
  const approver = secondAgent && { id: secondAgent.id, name: secondAgent.name, realm }
  const isApprover = (who: Party | undefined) => who !== undefined && who.id === approver?.id
  return [approver, ...proven.filter((who) => !isApprover(who))].flatMap((who) =>
    who === undefined || who.id === agent?.id
      ? []
      : [
          {
            eventName: 'SIDEGATE-VERIFICATION-SECONDED',
            result: 'SUCCESSFUL',
            who,
            ...aboutTransaction(realm, transaction),
          },
        ],
  )
}

/** Names the agent explicitly, because a journey that opens a transaction names the caller, too. */
function openerOf(realm: string, { openedBy: { agent } }: Transaction): Pick<NewEntry, 'who'> {
  return agent === undefined ? {} : { who: { id: agent.id, name: agent.name, realm } }
}

function* commonOf(run: RunContext, result: StepEnd): Work<Omit<NewEntry, 'eventName'>> {
  const { frozen, transactionHash, request } = run.step
  const { realm, view, correlationId } = request
  const transaction =
    transactionHash === undefined ? undefined : yield* waitFor(run.world.transactions.read(transactionHash))
  return {
    realm: realm.path,
    ip: view.clientIp,
    correlationId,
    journey: frozen.content.root,
    ...(yield* peopleOf(run, result)),
    ...(transaction === undefined ? {} : aboutTransaction(realm.path, transaction)),
  }
}

/**
 * `who`: the person that the journey signed in or that completes a transaction; otherwise the owner of the session that
 * the journey runs under. `whom` is the subject of the transaction that the journey opened, or the person that it named
 * without proof. Unknown usernames are left out, because people type passwords into the wrong field.
 */
function* peopleOf(
  run: RunContext,
  { saved, outcome, signIn }: StepEnd,
): Work<Pick<NewEntry, 'who' | 'whom'>> {
  const realm = run.step.request.realm.path
  if (signIn !== undefined) {
    const { identityId, username } = signIn.session
    return { who: { id: identityId, name: username, realm } }
  }
  const { identified, shared } = saved.session
  const named = yield* partyNamed(run, identified?.name ?? shared.username)
  const isOwn = saved.existingSession === undefined || run.step.saved.transaction !== undefined
  if (outcome === 'success' && isOwn && named !== undefined) return { who: named }
  const who = yield* partyNamed(run, saved.existingSession?.properties.UserId)
  const whom = (yield* openedSubject(run, shared['backchannel-transaction'])) ?? named
  return {
    ...defined({ who }),
    ...(whom === undefined || whom.id === who?.id ? {} : { whom }),
  }
}

/** The subject of the transaction that this journey opened, in this request or an earlier one. */
function* openedSubject({ world, step, effects }: RunContext, id: unknown): Work<Party | undefined> {
  if (typeof id !== 'string') return undefined
  const { realm } = step.request
  const opened = effects.opened.get(id) ?? (yield* waitFor(world.transactions.read(digest(id))))
  const subject = opened?.realm === realm.path ? opened.subject : undefined
  return subject && { id: subject.id, name: subject.name, realm: realm.path }
}

function* partyNamed({ step, effects }: RunContext, name: unknown): Work<Party | undefined> {
  if (typeof name !== 'string' || name === '') return undefined
  const person = yield* waitFor(effects.identities.find(name))
  if (person === undefined) return undefined
  return { id: person._id, name: person.userName, realm: step.request.realm.path }
}

/** The subject of a transaction, its purpose and the names that it is found by. Its id is a secret and left out. */
export function aboutTransaction(
  realm: string,
  { subject, auditTrackingId, trackingId, reference, purpose: { action, ticket } }: Transaction,
): Pick<NewEntry, 'whom' | 'trackingIds' | 'reference' | 'action' | 'ticket'> {
  return {
    ...(subject === undefined ? {} : { whom: { id: subject.id, name: subject.name, realm } }),
    trackingIds: trackingId === undefined ? [auditTrackingId] : [auditTrackingId, trackingId],
    reference,
    ...defined({ action, ticket }),
  }
}

/** Types of nodes that handle a failure which an earlier node decided. */
const handlers: ReadonlySet<string> = new Set([
  'RetryLimitDecisionNode',
  'SetErrorDetailsNode',
  'SetFailureDetailsNode',
  'SetFailureUrlNode',
])

/**
 * The node at which a journey failed, and why. The reason is a text of the server, because what a journey or a script says can
 * contain secrets.
 */
function failedNode(
  { trace }: Pick<SavedRun, 'trace'>,
  typeNamed: TypeLookup,
): Pick<NewEntry, 'node' | 'reason'> {
  const entries = entriesIn(trace)
  const last = entries.at(-1)
  const entry =
    last?.result === 'error' ? last : (entries.findLast(({ nodeType }) => !handlers.has(nodeType)) ?? last)
  if (entry === undefined) return {}
  const { nodeId: id, nodeType: type, displayName: name, outcome = '' } = entry
  const reason = knownReasonOf(entry, typeNamed(type))
  return { node: { id, type, name, outcome }, ...defined({ reason }) }
}
