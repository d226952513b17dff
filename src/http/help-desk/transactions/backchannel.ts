import { openTransaction, readState } from '../../../../contract/backchannel.ts'
import type { AuditTrail } from '../../../audit/audit-trail.ts'
import { defined } from '../../../base/defined.ts'
import { badRequest, notFound, RequestError, tooManyRequests } from '../../../base/errors.ts'
import type { Json } from '../../../base/json.ts'
import { runWork } from '../../../base/work.ts'
import type { Verifications } from '../../../help-desk/checks/verifications.ts'
import { type Purpose, purposeOf } from '../../../help-desk/transactions/purpose.ts'
import { type Subject, type Transaction, unknownOpener } from '../../../help-desk/transactions/transaction.ts'
import { newTransaction, type Transactions } from '../../../help-desk/transactions/transactions.ts'
import type { Revisions } from '../../../journeys/revisions.ts'
import { clientTransactionLimit } from '../../../limits/limit.ts'
import type { Limits } from '../../../limits/limits.ts'
import { displayNameOf } from '../../../people/display-name.ts'
import type { Person } from '../../../people/managed-object.ts'
import { transactionLinks } from '../../../realms/links.ts'
import { reservedStateKeys, startable } from '../../../runtime/start-journey.ts'
import { aboutTransaction } from '../../../runtime/step-audit.ts'
import type { Metrics } from '../../../telemetry/metrics/metrics.ts'
import { parseBody } from '../../body.ts'
import type { Answer, Call, Route } from '../../route.ts'

export type BackchannelDependencies = {
  transactions: Transactions
  revisions: Revisions
  /** Finds only identities of the given kind. */
  whoIsMeant(realm: string, text: string, kind: Subject['kind']): Promise<Person | undefined>
  limits: Pick<Limits, 'take'>
  verifications: Pick<Verifications, 'pauseOfAny' | 'limits'>
  metrics: Pick<Metrics, 'limitReached'>
  now(): number
  audit(call: Call): AuditTrail
}

/** The backchannel for trusted clients. Source: "Backchannel authentication" of the vendor's REST guide. */
export function backchannelRoutes(dependencies: BackchannelDependencies): Route[] {
  return [
    {
      ...openTransaction,
      access: 'backchannel',
      summary: 'Opens a transaction in which a person runs a journey; answers its id and link.',
      handle: (call) => initialize(dependencies, call),
    },
    {
      ...readState,
      access: 'backchannel',
      summary: 'Reads the state of a transaction.',
      handle: (call) => info(dependencies, call),
    },
  ]
}

async function initialize(dependencies: BackchannelDependencies, call: Call): Promise<Answer> {
  const { value: journey, subject, data, trackingId, allowRetry } = parseBody(openTransaction.body(), call)
  if (reservedStateKeys.some((key) => Object.hasOwn(data, key)))
    throw badRequest(`data: must not contain ${reservedStateKeys.join(' or ')}`)
  const { realm } = call
  const client = (await call.client())?.clientId ?? ''
  await runWork(startable(dependencies.revisions, realm, journey))
  const { person, mail } = subject === undefined ? {} : await subjectOf(dependencies, call, subject)
  await countTransaction(dependencies, call, client)
  const about = person && { subject: person, purpose: purposeOf(data) }
  // rule S02: otherwise clients can open unlimited transactions of a person
  if (about !== undefined) await countPeople(dependencies, call, about, client)
  const { id, transaction } = newTransaction(
    {
      realm: realm.path,
      journey,
      subject: person,
      // Journeys look people up by their address, as the agents' journeys pass it.
      data: { ...(typeof mail === 'string' ? { mail } : {}), ...data },
      allowRetry,
      trackingId,
      lifeSeconds: realm.settings.transactionSeconds,
      openedBy: { ...unknownOpener, client },
    },
    dependencies.now(),
  )
  await dependencies.transactions.apply([{ kind: 'create', transaction }])
  dependencies.audit(call).record({
    eventName: 'AM-BACK-CHANNEL-INITIALIZE',
    result: 'SUCCESSFUL',
    who: { id: client, name: client, realm: realm.path },
    ...aboutTransaction(realm.path, transaction),
    what: { kind: 'transaction', operation: 'CREATE', name: journey },
    journey,
    entries: {
      journey,
      trackingIds: trackingIds(transaction),
      client,
    },
  })
  return { body: { transaction: id, redirectUri: transactionLinks(realm, call.callersUrl, id).get } }
}

/** @throws RequestError 429. */
async function countTransaction(
  { limits, metrics }: BackchannelDependencies,
  { realm }: Call,
  client: string,
): Promise<void> {
  const max = realm.settings.limits.transactionsPerClient
  const taken = await limits.take(clientTransactionLimit(realm.path, client, max))
  // rule H10: otherwise a client can open any number of transactions
  if (taken.kind === 'taken') return
  const problem = 'tooManyByClient'
  metrics.limitReached(problem)
  throw tooManyRequests({
    problem,
    message: 'The client opened too many transactions in a short time',
    waitMs: taken.waitMs,
  })
}

/**
 * Applies the pause and the limit of the subject and of a person vouched for, as for agents.
 * @throws RequestError 409 during a pause, 429.
 */
async function countPeople(
  { limits, metrics, verifications }: BackchannelDependencies,
  { realm }: Call,
  about: { subject: Subject; purpose: Purpose },
  client: string,
): Promise<void> {
  const { path, settings } = realm
  const paused = await verifications.pauseOfAny(path, about, settings.helpDesk.pauseMinutes)
  // rule H6: otherwise a pause applies only to agents
  if (paused !== undefined) {
    const message = 'The subject recently reported a request that was not theirs'
    throw new RequestError(409, message, { problem: 'paused', pausedUntil: paused })
  }
  const openedBy = { ...unknownOpener, client }
  for (const limit of verifications.limits(path, openedBy, about, settings.helpDesk)) {
    const taken = await limits.take(limit)
    if (taken.kind === 'taken') continue
    const problem = 'tooManyOfPerson'
    metrics.limitReached(problem)
    const message = 'Too many transactions for this subject in a short time'
    throw tooManyRequests({ problem, message, waitMs: taken.waitMs })
  }
}

async function subjectOf(
  { whoIsMeant }: BackchannelDependencies,
  { realm }: Call,
  { type, name }: { type: 'user' | 'agent'; name: string },
): Promise<{ person: Subject; mail: Json | undefined }> {
  const person = await whoIsMeant(realm.path, name, type)
  if (person === undefined) throw badRequest('subject.name: not found in this realm')
  const displayName = displayNameOf({ userName: person.userName, attributes: person })
  return { person: { kind: type, id: person._id, name: person.userName, displayName }, mail: person.mail }
}

async function info({ transactions }: BackchannelDependencies, call: Call): Promise<Answer> {
  const { transaction: id } = parseBody(readState.body(), call)
  const transaction = await transactions.find(call.realm.path, id)
  if (transaction === undefined) throw notFound('Unable to read transaction.')
  const { state, result, journey, subject, sessionProperties, denial } = transaction
  return {
    body: {
      state,
      result,
      auditTrackingIds: trackingIds(transaction),
      type: 'service',
      value: journey,
      ...(subject === undefined ? {} : { subject: { type: subject.kind, name: subject.name } }),
      ...(state === 'COMPLETED' ? { sessionProperties } : {}),
      ...defined({ ending: denial }),
    },
  }
}

function trackingIds({ auditTrackingId, trackingId }: Transaction): string[] {
  return trackingId === undefined ? [auditTrackingId] : [auditTrackingId, trackingId]
}
