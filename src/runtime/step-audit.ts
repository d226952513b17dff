import type { AuditBook, NewEntry } from '../audit/audit-book.ts'
import type { Party } from '../audit/audit-entry.ts'
import { type AuditEvent, type AuditTrail, auditTrail, keptOf } from '../audit/audit-trail.ts'
import { keptEvents } from '../audit/routine-entries.ts'
import type { Transaction, TransactionChange } from '../help-desk/transactions/transaction.ts'
import { digest } from '../secrets/digest.ts'
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
    ...(await secondsOf(run, result)),
    ...(result.outcome === 'underway' ? [] : [completed(result.outcome)]),
  ]
  if (events.length === 0) return []
  const common = await commonOf(run, result)
  const kept =
    run.transactionHash === undefined ? keptEvents(events, originOf(common), run.entryCounts) : events
  return kept.map((event) => keptOf(event, common))
}

function originOf({ realm, ip = '', who, whom }: Omit<NewEntry, 'eventName'>) {
  return { realm, ip, namesSomebody: who !== undefined || whom !== undefined }
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

/** Whoever else proved who they are while an agent began a check: they answer for it, too. */
async function secondsOf(run: RunContext, { saved, transactions }: Outcome): Promise<AuditEvent[]> {
  const created = transactions.find(({ kind }) => kind === 'create')
  if (created?.kind !== 'create' || created.transaction.openedBy.agent === undefined) return []
  const { transaction } = created
  const { agent } = transaction.openedBy
  const names = new Set((saved.session.proofs ?? []).map(({ name }) => name))
  const parties = await Promise.all([...names].map((name) => partyNamed(run, name)))
  return parties.flatMap((who) =>
    who === undefined || who.id === agent?.id
      ? []
      : [
          {
            eventName: 'SIDEGATE-VERIFICATION-SECONDED',
            result: 'SUCCESSFUL',
            who,
            ...aboutTransaction(run.realm.path, transaction),
          },
        ],
  )
}

/** The agent: the journey that opens a transaction knows the caller by name, too. */
function openerOf(realm: string, { openedBy: { agent } }: Transaction): Pick<NewEntry, 'who'> {
  return agent === undefined ? {} : { who: { id: agent.id, name: agent.name, realm } }
}

async function commonOf(run: RunContext, result: Outcome): Promise<Omit<NewEntry, 'eventName'>> {
  const { realm, frozen, request, correlationId, transactionHash } = run
  const transaction = transactionHash === undefined ? undefined : await run.transactions.read(transactionHash)
  return {
    realm: realm.path,
    ip: request.clientIp,
    correlationId,
    journey: frozen.content.root,
    ...(await peopleOf(run, result)),
    ...(transaction === undefined ? {} : aboutTransaction(realm.path, transaction)),
  }
}

/**
 * Who acts: the person whom the journey signed in, or who completes a transaction; otherwise the owner of the session under
 * which the journey runs. Whom it is about: the subject of the transaction that the journey opened, or the person that it
 * named without proof. Names that don't exist are left out: people type passwords into the wrong field.
 */
async function peopleOf(
  run: RunContext,
  { saved, outcome, signIn }: Outcome,
): Promise<Pick<NewEntry, 'who' | 'whom'>> {
  const realm = run.realm.path
  if (signIn !== undefined) return { who: { id: signIn.identityId, name: signIn.username, realm } }
  const { identified, shared } = saved.session
  const named = await partyNamed(run, identified?.name ?? shared.username)
  const isOwn = saved.existingSession === undefined || run.transaction !== undefined
  if (outcome === 'success' && isOwn && named !== undefined) return { who: named }
  const who = await partyNamed(run, saved.existingSession?.properties.UserId)
  const whom = (await openedSubject(run, shared['backchannel-transaction'])) ?? named
  return {
    ...(who === undefined ? {} : { who }),
    ...(whom === undefined || whom.id === who?.id ? {} : { whom }),
  }
}

/** The subject of the transaction that this journey opened, in this request or before. */
async function openedSubject({ effects, transactions, realm }: RunContext, id: unknown) {
  if (typeof id !== 'string') return undefined
  const opened = effects.opened.get(id) ?? (await transactions.read(digest(id)))
  const subject = opened?.realm === realm.path ? opened.subject : undefined
  return subject && { id: subject.id, name: subject.name, realm: realm.path }
}

async function partyNamed({ identities, realm }: RunContext, name: unknown): Promise<Party | undefined> {
  const person = typeof name === 'string' && name !== '' ? await identities.find(name) : undefined
  return person === undefined ? undefined : { id: person._id, name: person.userName, realm: realm.path }
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
