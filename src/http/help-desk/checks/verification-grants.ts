import { consumeGrant, useCheck } from '../../../../contract/help-desk.ts'
import type { AuditTrail } from '../../../audit/audit-trail.ts'
import type { JsonObject } from '../../../engine/json.ts'
import { RequestError } from '../../../errors.ts'
import { type GrantState, grantStateOf } from '../../../help-desk/checks/grant.ts'
import {
  type GrantClaims,
  type GrantKeys,
  readGrant,
  signGrant,
} from '../../../help-desk/checks/grant-token.ts'
import { isCheck, type Verification } from '../../../help-desk/checks/verification.ts'
import type { Verifications } from '../../../help-desk/checks/verifications.ts'
import { requestOf } from '../../../help-desk/transactions/purpose.ts'
import { calledName, type Transaction } from '../../../help-desk/transactions/transaction.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import { parseBody } from '../../body.ts'
import { type Answer, byAction, type Call, type Route } from '../../route.ts'
import { recordOf } from '../transactions/transaction-audit.ts'
import { transactionNamed } from '../transactions/transaction-pages.ts'

type GrantDependencies = {
  transactions: Transactions
  verifications: Verifications
  grantKeys: GrantKeys
  /** Of the realm, as tokens name it. */
  issuerOf(realm: string, baseUrl: string): string
  audit(call: Call): AuditTrail
  now(): number
}

/** What a tool shows that performs what somebody was verified for. */
const grantScope = 'verification_grant'

/** The single use of a result: at the desk, or by the tool that performs what it was asked for. Ours, not AM's. */
export function verificationGrantRoutes(from: GrantDependencies): Route[] {
  return [
    {
      ...useCheck,
      access: 'helpdesk',
      summary:
        "Uses the result of an agent's own check at the desk (`_action=use`), or answers it as a grant for a tool (`_action=grant`).",
      handle: byAction({ use: (call) => useHere(from, call), grant: (call) => issue(from, call) }),
    },
    {
      ...consumeGrant,
      // Decided in place: a bearer token with the scope, or the session of the agent whom the grant names.
      access: 'everyone',
      summary:
        'Consumes a grant, once (`_action=consume`); a bearer token needs the scope `verification_grant`.',
      handle: byAction({ consume: (call) => consume(from, call) }),
    },
  ]
}

type Held = {
  transaction: Transaction & { subject: NonNullable<Transaction['subject']> }
  verification: Verification
}

async function useHere(from: GrantDependencies, call: Call): Promise<Answer> {
  const agent = (await call.session())?.session.identityId ?? ''
  const held = await checkOf(from, await transactionNamed(from, call, agent))
  return used(from, call, held, agent)
}

async function issue(from: GrantDependencies, call: Call): Promise<Answer> {
  const agent = (await call.session())?.session.identityId ?? ''
  const held = await checkOf(from, await transactionNamed(from, call, agent))
  const state = grantStateOf(held.transaction, held.verification, call.realm.settings.helpDesk, from.now())
  if (state.state !== 'ready') throw refused(state)
  const issuer = from.issuerOf(call.realm.path, call.baseUrl)
  const times = { issuedAt: from.now(), expiresAt: state.expiresAt }
  const grant = await signGrant(from.grantKeys, { realm: call.realm.path, issuer }, claimsOf(held), times)
  return { body: { grant, expiresAt: state.expiresAt } }
}

async function consume(from: GrantDependencies, call: Call): Promise<Answer> {
  const by = await consumerOf(call)
  const { grant, action, subject } = parseBody(consumeGrant.actions.consume.body, call)
  const at = { realm: call.realm.path, issuer: from.issuerOf(call.realm.path, call.baseUrl) }
  const claims = await readGrant(from.grantKeys, at, grant)
  if (claims === undefined) throw refusedAs('unknown', 'This is no grant of this realm.')
  const transaction = await from.transactions.readIn(call.realm.path, { reference: claims.jti })
  if (transaction === undefined) throw refusedAs('over', 'The check is forgotten.')
  const held = await checkOf(from, transaction)
  const mismatch = mismatchOf(claims, { action, subject, by })
  if (mismatch !== undefined) {
    await recordOf(from, call, 'SIDEGATE-VERIFICATION-USED', transaction, { problem: mismatch }, 'FAILED')
    throw refusedAs(mismatch, `The grant is for another ${mismatch}.`)
  }
  return used(from, call, held, by.id)
}

type Consumer = { id: string; isClient: boolean }

/** @throws RequestError 401 for nobody, 403 for a token without the scope. */
async function consumerOf(call: Call): Promise<Consumer> {
  const client = await call.client()
  if (client !== undefined) {
    if (!client.scopes.includes(grantScope)) throw new RequestError(403)
    return { id: client.clientId, isClient: true }
  }
  const session = (await call.session())?.session
  if (session === undefined) throw new RequestError(401)
  return { id: session.realm === call.realm.path ? session.identityId : '', isClient: false }
}

function mismatchOf(
  claims: GrantClaims,
  { action, subject, by }: { action: string; subject: string; by: Consumer },
): 'action' | 'subject' | 'agent' | undefined {
  if (claims.action !== action) return 'action'
  if (subject !== claims.sub && subject !== claims.name) return 'subject'
  return by.isClient || by.id === claims.agent ? undefined : 'agent'
}

/** Whoever is first uses it; the store decides. */
async function used(from: GrantDependencies, call: Call, held: Held, by: string): Promise<Answer> {
  const { transaction } = held
  const settings = call.realm.settings.helpDesk
  const before = grantStateOf(transaction, held.verification, settings, from.now())
  const isUsed = before.state === 'ready' && (await from.verifications.use(transaction.idHash, by))
  if (!isUsed) {
    const state = before.state === 'ready' ? await stateNow(from, call, transaction) : before
    await recordOf(from, call, 'SIDEGATE-VERIFICATION-USED', transaction, { problem: state.state }, 'FAILED')
    throw refused(state)
  }
  await recordOf(from, call, 'SIDEGATE-VERIFICATION-USED', transaction)
  from.transactions.changed(transaction.idHash)
  return { body: answerOf(held, from.now()) }
}

async function stateNow(
  from: GrantDependencies,
  call: Call,
  { idHash, realm, reference }: Transaction,
): Promise<GrantState> {
  const transaction = await from.transactions.readIn(realm, { reference })
  const verification = await from.verifications.read(idHash)
  if (transaction === undefined || verification === undefined) return { state: 'over' }
  return grantStateOf(transaction, verification, call.realm.settings.helpDesk, from.now())
}

function answerOf(held: Held, now: number): JsonObject {
  const { jti, sub, name, agent, secondAgent: _id, ...claims } = claimsOf(held)
  const { openedBy } = held.transaction
  return {
    reference: jti,
    subject: { _id: sub, userName: name },
    agent: { _id: agent, displayName: openedBy.agent === undefined ? '' : calledName(openedBy.agent) },
    secondAgent:
      openedBy.secondAgent === undefined
        ? null
        : { _id: openedBy.secondAgent.id, displayName: calledName(openedBy.secondAgent) },
    ...claims,
    verifiedAt: held.transaction.endedAt ?? null,
    usedAt: now,
  }
}

function claimsOf({ transaction, verification }: Held): GrantClaims {
  const { reference, subject, purpose, openedBy } = transaction
  return {
    jti: reference,
    sub: subject.id,
    name: subject.name,
    agent: openedBy.agent?.id ?? '',
    // A tool that resets the subject's own password must not take a vouch for somebody else's.
    action: requestOf(purpose) ?? '',
    ...(openedBy.journey === undefined ? {} : { check: openedBy.journey }),
    ...(openedBy.secondAgent === undefined ? {} : { secondAgent: openedBy.secondAgent.id }),
    ...(purpose.ticket === undefined ? {} : { ticket: purpose.ticket }),
    amr: [...verification.methods],
    level: verification.level,
  }
}

async function checkOf({ verifications }: GrantDependencies, transaction: Transaction): Promise<Held> {
  const verification = await verifications.read(transaction.idHash)
  if (verification === undefined || !isCheck(transaction)) {
    throw refusedAs('none', 'Nobody was verified by an agent there.')
  }
  return { transaction, verification }
}

const reasons: Readonly<Record<GrantState['state'], string>> = {
  ready: 'Somebody else was faster.',
  none: 'There is no result that verifies anybody.',
  unbound: 'The check named no action, or its caller did not type the code that the agent read out.',
  weak: 'The action needs two factors, and the caller proved one.',
  used: 'The result was used already.',
  over: 'The result is too old.',
  withdrawn: 'The caller said after the result that it was not them.',
}

function refused({ state }: GrantState): RequestError {
  return refusedAs(state, reasons[state])
}

function refusedAs(problem: string, message: string): RequestError {
  return new RequestError(409, message, { problem })
}
