import type { JsonObject } from '../../../base/json.ts'
import { isReverseCodeReleased } from '../../../help-desk/checks/callers-question.ts'
import type { GrantState } from '../../../help-desk/checks/grant.ts'
import { asksForCode } from '../../../help-desk/checks/offered-checks.ts'
import type { OpeningSettings } from '../../../help-desk/checks/opening-rules.ts'
import type { PolicySettings } from '../../../help-desk/checks/requirement.ts'
import type { Verification } from '../../../help-desk/checks/verification.ts'
import type { Verifications } from '../../../help-desk/checks/verifications.ts'
import { safeDisplayName, type Transaction } from '../../../help-desk/transactions/transaction.ts'
import { statusOf } from '../../../help-desk/transactions/transaction-status.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import type { Revisions } from '../../../journeys/revisions.ts'
import { type GrantSources, grantNow, leniently } from './grant-now.ts'

export type CodeSources = {
  verifications: Pick<Verifications, 'read' | 'codesOf'>
  revisions: Pick<Revisions, 'current'>
}

type EventSources = { transactions: Pick<Transactions, 'eventsAfter'> }

/** The codes that the agent reads out; null while the caller's page doesn't ask for them. */
export type VisibleCodes = { code: string | null; reverseCode: string | null }

/** The members of a transaction that is not a check. */
const noVerification: JsonObject = { verification: null }

/**
 * The verification of a check: its code, how the caller proved who they are, and whether the result can be used. Only the agent
 * gets the codes, and only while the caller can type them.
 */
export async function checkView(
  from: CodeSources & GrantSources & EventSources,
  transaction: Transaction,
  viewer: 'agent' | 'lead',
  settings: PolicySettings & Pick<OpeningSettings, 'pauseMinutes'>,
): Promise<JsonObject> {
  const verification = await from.verifications.read(transaction.idHash)
  if (verification === undefined) return noVerification
  const { triesLeft, matchedAt, isBound, methods, level } = verification
  const { needed, grant } = await grantNow(leniently(from), transaction, verification, settings)
  return {
    verification: {
      // rule H16: otherwise leads see the codes of other agents
      ...(viewer === 'agent' ? await visibleCodes(from, transaction, verification, from.now()) : {}),
      triesLeft,
      matchedAt: matchedAt ?? null,
      isBound,
      methods: [...methods],
      level,
      needs: { ...needed, because: [...needed.because] },
      grant: await shownGrant(from, transaction, grant),
    },
  }
}

/**
 * The codes while the check is open. The code is null if the caller's journey doesn't ask for it or has no tries left; the
 * reverse code is null until the caller's page shows it.
 */
async function visibleCodes(
  { verifications, revisions }: CodeSources,
  transaction: Transaction,
  verification: Verification,
  now: number,
): Promise<VisibleCodes> {
  const isUnderWay = ['CREATED', 'IN_PROGRESS'].includes(statusOf(transaction, now))
  if (!isUnderWay) return { code: null, reverseCode: null }
  const { code, reverseCode } = verifications.codesOf(verification)
  const caller = await revisions.current(transaction.realm, transaction.journey)
  return {
    code: caller !== undefined && asksForCode(caller) ? code : null,
    // rule H5: otherwise the agent can read the reverse code out before the caller has said who called
    reverseCode: isReverseCodeReleased(transaction) ? reverseCode : null,
  }
}

/** The codes of a check for its agent; undefined for other transactions. */
export async function codesOf(
  from: CodeSources,
  transaction: Transaction,
  now: number,
): Promise<VisibleCodes | undefined> {
  const verification = await from.verifications.read(transaction.idHash)
  return verification && visibleCodes(from, transaction, verification, now)
}

/** The state of a result, with the name of its agent instead of the id. */
export async function shownGrant(
  { transactions }: EventSources,
  { idHash, openedBy, assignee }: Transaction,
  grant: GrantState,
): Promise<JsonObject> {
  if (grant.state !== 'used' && grant.state !== 'withdrawn') return { ...grant }
  const events = await transactions.eventsAfter(idHash, 0)
  const names = new Map(
    [openedBy.agent, assignee].flatMap((agent) => (agent ? [[agent.id, safeDisplayName(agent)]] : [])),
  )
  for (const event of events) if (event.kind === 'takenOver') names.set(event.fromId, event.from)
  if (grant.state === 'used') return { ...grant, usedBy: names.get(grant.usedBy) ?? grant.usedBy }
  if (grant.withdrawnBy === undefined) return { ...grant }
  const withdrawal = events.find((event) => event.kind === 'withdrawn')
  return { ...grant, withdrawnBy: withdrawal?.agent || (names.get(grant.withdrawnBy) ?? grant.withdrawnBy) }
}
