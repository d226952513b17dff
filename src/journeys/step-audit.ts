import type { AuditBook, NewEntry } from '../audit/audit-book.ts'
import type { Party } from '../audit/audit-entry.ts'
import { type AuditEvent, type AuditTrail, auditTrail, keptOf } from '../audit/audit-trail.ts'
import type { Transaction, TransactionChange } from '../backchannel/transaction.ts'
import type { Session } from '../sessions/session.ts'
import type { RunContext } from './ports/run-context.ts'
import type { SavedRun } from './saved-run.ts'
import type { StoredJourneySession } from './step-store.ts'

/** What a step came to, as far as the audit book tells of it. */
type Outcome = {
  saved: SavedRun
  outcome: StoredJourneySession['outcome']
  signIn: Session | undefined
  transactions: readonly TransactionChange[]
}

type TrailParts = Pick<RunContext, 'log' | 'transactionHash' | 'effects'> & { journey: string }

/** Where the audit events of one step go: to the log at once, and into what is saved with the step. */
export function stepTrail(
  { log, journey, transactionHash, effects }: TrailParts,
  book: Pick<AuditBook, 'keepsNodes'>,
): AuditTrail {
  const common = { journey, ...(transactionHash === undefined ? {} : { transactionHash }) }
  return auditTrail(log, common, (event) => {
    if (event.eventName !== 'AM-NODE-LOGIN-COMPLETED' || book.keepsNodes) effects.auditEvents.push(event)
  })
}

/** What a step leaves in the audit book; saved with it. */
export async function entriesOf(run: RunContext, result: Outcome): Promise<NewEntry[]> {
  const events = [
    ...run.effects.auditEvents,
    ...(result.signIn === undefined ? [] : [sessionCreated]),
    ...result.transactions.flatMap((change) => transactionEvent(run, change)),
    ...(result.outcome === 'underway' ? [] : [completed(result.outcome)]),
  ]
  if (events.length === 0) return []
  const common = await commonOf(run, result)
  return events.map((event) => keptOf(event, common))
}

const sessionCreated: AuditEvent = { eventName: 'AM-SESSION-CREATED', result: 'SUCCESSFUL' }

function completed(outcome: 'success' | 'failure'): AuditEvent {
  return {
    eventName: 'AM-TREE-LOGIN-COMPLETED',
    result: outcome === 'success' ? 'SUCCESSFUL' : 'FAILED',
  }
}

function transactionEvent({ realm }: RunContext, change: TransactionChange): AuditEvent[] {
  switch (change.kind) {
    case 'create':
      return [
        {
          eventName: 'AM-BACK-CHANNEL-INITIALIZE',
          result: 'SUCCESSFUL',
          ...openerOf(realm.path, change.transaction),
          ...aboutTransaction(realm.path, change.transaction),
          what: { kind: 'transaction', operation: 'CREATE', name: change.transaction.journey },
        },
      ]
    case 'complete':
      return [{ eventName: 'SIDEGATE-TRANSACTION-COMPLETED', result: 'SUCCESSFUL' }]
    case 'deny':
      return [{ eventName: 'SIDEGATE-TRANSACTION-COMPLETED', result: 'FAILED' }]
    default:
      return []
  }
}

/** The agent: the journey that opens a transaction knows the caller by name, too. */
function openerOf(realm: string, { openedBy: { agent } }: Transaction): Pick<NewEntry, 'who'> {
  return agent === undefined ? {} : { who: { id: agent.id, name: agent.name, realm } }
}

async function commonOf(run: RunContext, result: Outcome): Promise<Omit<NewEntry, 'eventName'>> {
  const { realm, frozen, request, correlationId, transactionHash } = run
  const transaction = transactionHash === undefined ? undefined : await run.transactions.read(transactionHash)
  const who = await whoOf(run, result)
  return {
    realm: realm.path,
    ip: request.clientIp,
    correlationId,
    journey: frozen.content.root,
    ...(who === undefined ? {} : { who }),
    ...(transaction === undefined ? {} : aboutTransaction(realm.path, transaction)),
  }
}

/** Only somebody who exists: what a client typed for a name may be anything, a password too. */
async function whoOf(run: RunContext, { saved, signIn }: Outcome): Promise<Party | undefined> {
  const realm = run.realm.path
  if (signIn !== undefined) return { id: signIn.identityId, name: signIn.username, realm }
  const { identified, shared } = saved.session
  const name = identified?.name ?? shared.username ?? saved.existingSession?.properties.UserId
  const person = typeof name === 'string' && name !== '' ? await run.identities.find(name) : undefined
  return person === undefined ? undefined : { id: person._id, name: person.userName, realm }
}

/** Whom a transaction is about, its tracking ids and its ticket; never its id. */
export function aboutTransaction(
  realm: string,
  { subject, auditTrackingId, trackingId, purpose: { ticket } }: Transaction,
): Pick<NewEntry, 'whom' | 'trackingIds' | 'ticket'> {
  return {
    ...(subject === undefined ? {} : { whom: { id: subject.id, name: subject.name, realm } }),
    trackingIds: trackingId === undefined ? [auditTrackingId] : [auditTrackingId, trackingId],
    ...(ticket === undefined ? {} : { ticket }),
  }
}
