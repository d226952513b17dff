import { consumeGrant, useCheck } from '../../../../contract/help-desk.ts'
import type { AuditTrail } from '../../../audit/audit-trail.ts'
import { defined } from '../../../base/defined.ts'
import { RequestError } from '../../../base/errors.ts'
import type { JsonObject } from '../../../base/json.ts'
import type { GrantState } from '../../../help-desk/checks/grant.ts'
import {
  type GrantClaims,
  type GrantKeys,
  readGrant,
  signGrant,
} from '../../../help-desk/checks/grant-token.ts'
import { isCheck, type Verification } from '../../../help-desk/checks/verification.ts'
import type { Verifications } from '../../../help-desk/checks/verifications.ts'
import { actionText } from '../../../help-desk/transactions/purpose.ts'
import {
  agentNameOf,
  agentOf,
  safeDisplayName,
  type Transaction,
} from '../../../help-desk/transactions/transaction.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import { verificationScope } from '../../../oauth/endpoints.ts'
import { displayNameOf } from '../../../people/display-name.ts'
import { parseBody } from '../../body.ts'
import { type Answer, byAction, type Call, type Route } from '../../route.ts'
import { issueShortCode, type ShortCodeDependencies } from '../short-codes/issue-short-code.ts'
import { recordAction } from '../transactions/transaction-audit.ts'
import { transactionNamed } from '../transactions/transaction-pages.ts'
import { acknowledge } from './acknowledge.ts'
import { shownGrant } from './check-view.ts'
import { type GrantSources, grantNow, leniently } from './grant-now.ts'
import { type HandOverDependencies, handOverActions, takenOver } from './hand-over.ts'
import { visibleAgent } from './visible-agent.ts'

export type GrantDependencies = GrantSources &
  HandOverDependencies &
  ShortCodeDependencies & {
    transactions: Transactions
    verifications: Verifications
    grantKeys: GrantKeys
    /** The `iss` of the realm's tokens. */
    issuerOf(realm: string, baseUrl: string): string
    audit(call: Call): AuditTrail
  }

/** The single use of a result: at the desk, or by the tool that performs the action. Not in AM. */
export function verificationGrantRoutes(from: GrantDependencies): Route[] {
  return [
    {
      ...useCheck,
      access: 'helpdesk',
      summary:
        "Uses the result of the agent's own check (`use`), issues a grant for a tool (`grant`), makes a short code that stands for its link (`shortCode`), withdraws the result (`withdraw`, leads too), hands the check over (`offer`, `withdrawOffer`, `takeOver`), or records that a rejection was read (`acknowledge`).",
      handle: byAction({
        use: (call) => useHere(from, call),
        grant: (call) => issue(from, call),
        shortCode: (call) => issueShortCode(from, call),
        withdraw: (call) => withdraw(from, call),
        ...handOverActions(from),
        acknowledge: (call) => acknowledge(from, call),
      }),
    },
    {
      ...consumeGrant,
      // The handler requires a bearer token with the scope, or the session of the agent in the grant.
      access: 'everyone',
      side: 'both',
      summary:
        'Consumes a grant, once (`_action=consume`). Bearer tokens need the scope `verification_grant`.',
      handle: byAction({ consume: (call) => consume(from, call) }),
    },
  ]
}

type CheckedTransaction = {
  transaction: Transaction & { subject: NonNullable<Transaction['subject']> }
  verification: Verification
}

async function useHere(from: GrantDependencies, call: Call): Promise<Answer> {
  const agent = (await call.session())?.session.identityId ?? ''
  const check = await checkOf(from, await transactionNamed(from, call, agent))
  const { key } = parseBody(useCheck.actions.use.body(), call)
  return consumeResult(from, call, check, { id: agent, key })
}

async function issue(from: GrantDependencies, call: Call): Promise<Answer> {
  const agent = (await call.session())?.session.identityId ?? ''
  const check = await checkOf(from, await transactionNamed(from, call, agent))
  const { grant: state } = await stateOf(from, call, check)
  if (state.state !== 'ready') throw unusable(state)
  const issuer = from.issuerOf(call.realm.path, call.callersUrl)
  const times = { issuedAt: from.now(), expiresAt: state.expiresAt }
  const grant = await signGrant(from.grantKeys, { realm: call.realm.path, issuer }, claimsOf(check), times)
  return { body: { grant, expiresAt: state.expiresAt } }
}

/** Withdraws a result that nobody has used, for example when the person calls back. */
async function withdraw(from: GrantDependencies, call: Call): Promise<Answer> {
  // rule H23: otherwise any agent can withdraw the result of a colleague
  const agent = await visibleAgent(call)
  const transaction = await transactionNamed(from, call, agent)
  const { verification } = await checkOf(from, transaction)
  // A directory that is unavailable must not keep a result alive.
  const known = { ...from, readIdentity: leniently(from).readIdentity }
  const by = { ...(await withdrawer(known, call)), agent }
  if (!(await from.verifications.withdraw(transaction, verification, by)))
    throw await notWithdrawn(known, call, transaction, agent)
  await recordAction(from, call, 'SIDEGATE-VERIFICATION-WITHDRAWN', transaction)
  return {
    body: {
      reference: transaction.reference,
      grant: await shownGrant(from, transaction, await stateNow(known, call, transaction)),
    },
  }
}

async function notWithdrawn(
  from: GrantDependencies,
  call: Call,
  { realm, reference }: Transaction,
  agent?: string,
) {
  const current = await from.transactions.readIn(realm, { reference })
  if (current !== undefined && agent !== undefined && agentIdOf(current) !== agent) return takenOver(current)
  return unusable(current === undefined ? { state: 'over' } : await stateNow(from, call, current))
}

async function withdrawer({ readIdentity }: GrantDependencies, call: Call) {
  const session = (await call.session())?.session
  if (session === undefined) throw new RequestError(401)
  const identity = await readIdentity(session.realm, session.identityId)
  const name = identity === undefined ? '' : displayNameOf(identity)
  return { id: session.identityId, displayName: safeDisplayName({ id: '', name, displayName: name }) }
}

async function consume(from: GrantDependencies, call: Call): Promise<Answer> {
  const by = await consumerOf(call)
  const { grant, action, subject, key } = parseBody(consumeGrant.actions.consume.body(), call)
  const at = { realm: call.realm.path, issuer: from.issuerOf(call.realm.path, call.callersUrl) }
  const claims = await readGrant(from.grantKeys, at, grant)
  if (claims === undefined) throw conflict('unknown', 'The grant is not valid in this realm.')
  const transaction = await from.transactions.readIn(call.realm.path, { reference: claims.jti })
  if (transaction === undefined) throw conflict('over', 'The check has been deleted.')
  const check = await checkOf(from, transaction)
  const mismatch = mismatchOf(claims, { action, subject, by, agent: agentIdOf(transaction) })
  if (mismatch !== undefined) {
    await recordAction(from, call, 'SIDEGATE-VERIFICATION-USED', transaction, { problem: mismatch }, 'FAILED')
    throw conflict(mismatch, `The grant is for another ${mismatch}.`)
  }
  return consumeResult(from, call, check, { id: by.id, key })
}

type Consumer = { id: string; isClient: boolean }

/** @throws RequestError 401 without credentials, 403 for a token without the scope or an agent who no longer has the role. */
async function consumerOf(call: Call): Promise<Consumer> {
  const client = await call.client()
  if (client !== undefined) {
    // rule H13: otherwise a client without the scope can consume grants
    if (!client.scopes.includes(verificationScope)) throw new RequestError(403)
    return { id: client.clientId, isClient: true }
  }
  const session = (await call.session())?.session
  if (session === undefined) throw new RequestError(401)
  // rule H13: otherwise an agent who lost the role can consume grants
  if (!(await call.rights()).may('helpdesk', call.realm.path)) throw new RequestError(403)
  return { id: session.realm === call.realm.path ? session.identityId : '', isClient: false }
}

function mismatchOf(
  claims: GrantClaims,
  { action, subject, by, agent }: { action: string; subject: string; by: Consumer; agent: string },
): 'action' | 'subject' | 'agent' | undefined {
  // rule H13: otherwise a grant for one action can be used for another
  if (claims.action !== action) return 'action'
  // rule H13: otherwise a grant for one person can be used for another
  if (subject !== claims.sub && subject !== claims.name) return 'subject'
  // Another agent took the check over since: the former agent no longer answers for it.
  // rule H24: otherwise the grant of a former agent is accepted
  if (claims.agent !== agent) return 'agent'
  // rule H13: otherwise an agent can use a colleague's grant
  return by.isClient || by.id === claims.agent ? undefined : 'agent'
}

/** Who sent a request, and the key by which it can be repeated. */
type Sender = { id: string; key: string | undefined }

/** Uses the result. Only the first call succeeds, and its repetitions with the same key. */
async function consumeResult(
  from: GrantDependencies,
  call: Call,
  check: CheckedTransaction,
  by: Sender,
): Promise<Answer> {
  const { transaction } = check
  const { grant: before, needed } = await stateOf(from, call, check)
  const user = { ...by, agent: agentIdOf(transaction) }
  const isUsed =
    before.state === 'ready' &&
    (await from.verifications.use(check, user, needed, call.realm.settings.helpDesk))
  if (!isUsed) {
    const usedAt = await ownUse(from, call, transaction, by)
    if (usedAt !== undefined) return { body: answerOf(check, usedAt) }
    const state = before.state === 'ready' ? await stateNow(from, call, transaction) : before
    await recordAction(
      from,
      call,
      'SIDEGATE-VERIFICATION-USED',
      transaction,
      { problem: state.state },
      'FAILED',
    )
    throw unusable(state)
  }
  // rule H18: otherwise the use of a result is not audited
  await recordAction(from, call, 'SIDEGATE-VERIFICATION-USED', transaction)
  from.transactions.changed(transaction.idHash)
  const used = await from.verifications.read(transaction.idHash)
  return { body: answerOf(check, used?.usedAt ?? from.now()) }
}

/**
 * When an earlier request of the same sender with the same key used the result, as long as the result would be usable otherwise:
 * a report of the caller after the use also ends the repetitions.
 */
async function ownUse(
  from: GrantDependencies,
  call: Call,
  { idHash, realm, reference }: Transaction,
  by: Sender,
): Promise<number | undefined> {
  const verification = await from.verifications.read(idHash)
  if (verification === undefined || by.key === undefined) return undefined
  const { usedAt, usedBy, usedKey, ...unused } = verification
  if (usedBy !== by.id || usedKey !== by.key) return undefined
  const transaction = await from.transactions.readIn(realm, { reference })
  if (transaction === undefined) return undefined
  const { grant } = await grantNow(from, transaction, unused, call.realm.settings.helpDesk)
  return grant.state === 'ready' ? usedAt : undefined
}

function stateOf(from: GrantDependencies, call: Call, { transaction, verification }: CheckedTransaction) {
  return grantNow(from, transaction, verification, call.realm.settings.helpDesk)
}

async function stateNow(
  from: GrantDependencies,
  call: Call,
  { idHash, realm, reference }: Transaction,
): Promise<GrantState> {
  const transaction = await from.transactions.readIn(realm, { reference })
  const verification = await from.verifications.read(idHash)
  if (transaction === undefined || verification === undefined) return { state: 'over' }
  return (await grantNow(from, transaction, verification, call.realm.settings.helpDesk)).grant
}

function answerOf(check: CheckedTransaction, now: number): JsonObject {
  const { jti, sub, name, agent, secondAgent: _id, ...claims } = claimsOf(check)
  const { openedBy } = check.transaction
  return {
    reference: jti,
    subject: { _id: sub, userName: name },
    agent: { _id: agent, displayName: agentNameOf(check.transaction) ?? '' },
    secondAgent:
      openedBy.secondAgent === undefined
        ? null
        : { _id: openedBy.secondAgent.id, displayName: safeDisplayName(openedBy.secondAgent) },
    ...claims,
    verifiedAt: check.transaction.endedAt ?? null,
    usedAt: now,
  }
}

function agentIdOf(transaction: Transaction): string {
  return agentOf(transaction)?.id ?? ''
}

function claimsOf({ transaction, verification }: CheckedTransaction): GrantClaims {
  const { reference, subject, purpose, openedBy } = transaction
  return {
    jti: reference,
    sub: subject.id,
    name: subject.name,
    agent: agentIdOf(transaction),
    // Names the person vouched for, so that a tool doesn't reset the password of the person who vouched.
    action: actionText(purpose) ?? '',
    ...defined({ check: openedBy.journey }),
    // rule H20: otherwise a grant does not name the second agent
    ...defined({ secondAgent: openedBy.secondAgent?.id }),
    ...defined({ ticket: purpose.ticket }),
    amr: [...verification.methods],
    level: verification.level,
  }
}

async function checkOf(
  { verifications }: GrantDependencies,
  transaction: Transaction,
): Promise<CheckedTransaction> {
  const verification = await verifications.read(transaction.idHash)
  if (verification === undefined || !isCheck(transaction)) {
    throw conflict('none', 'The transaction is not a check of an agent.')
  }
  return { transaction, verification }
}

const reasons: Readonly<Record<GrantState['state'], string>> = {
  ready: 'The result was used in another call.',
  waiting: 'The result can’t be used yet: a policy of the realm delays it.',
  needsSecondAgent: 'A second agent has to approve checks for this action and person.',
  none: 'The check has no result that can be used.',
  paused: 'The person reported an attack: their checks are paused.',
  unbound: 'The check has no action, or the caller did not type the code that the agent read out.',
  weak: 'The caller proved less than the action needs.',
  used: 'The result was used already.',
  over: 'The result is too old.',
  withdrawn: 'The caller reported "this is not me" after the result, or an agent withdrew it.',
}

function unusable(grant: GrantState): RequestError {
  return new RequestError(409, reasons[grant.state], { problem: grant.state, ...detailsOf(grant) })
}

function detailsOf(grant: GrantState): JsonObject {
  switch (grant.state) {
    case 'waiting':
      return { usableAt: grant.usableAt }
    case 'weak':
      return { neededLevel: grant.neededLevel }
    case 'paused':
      return { until: grant.until }
    default:
      return {}
  }
}

function conflict(problem: string, message: string): RequestError {
  return new RequestError(409, message, { problem })
}
