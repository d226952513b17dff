import type { JsonObject } from '../../../engine/json.ts'
import { isReverseCodeReleased } from '../../../help-desk/checks/callers-question.ts'
import { grantStateOf } from '../../../help-desk/checks/grant.ts'
import type { Verification } from '../../../help-desk/checks/verification.ts'
import type { Verifications } from '../../../help-desk/checks/verifications.ts'
import { standingOf } from '../../../help-desk/transactions/standing.ts'
import { calledName, type Transaction } from '../../../help-desk/transactions/transaction.ts'
import type { Revisions } from '../../../journeys/revisions.ts'
import { asksCode } from './asks-code.ts'

export type CodeSources = {
  verifications: Pick<Verifications, 'read' | 'codesOf'>
  revisions: Pick<Revisions, 'current'>
}

/** What the agent reads out; null while nobody asks for it. */
export type ShownCodes = { code: string | null; reverseCode: string | null }

/** Of a transaction that is no check of a help desk. */
const nothing: JsonObject = { verification: null }

/**
 * What a check has beside its transaction: how far its code is, how the caller proved who they are, and whether the result
 * may be used. The code is for the agent who reads it out, and only as long as somebody may type it.
 */
export async function checkView(
  from: CodeSources,
  transaction: Transaction,
  viewer: 'agent' | 'lead',
  settings: { strongActions: readonly string[] },
  now: number,
): Promise<JsonObject> {
  const verification = await from.verifications.read(transaction.idHash)
  if (verification === undefined) return nothing
  const { triesLeft, matchedAt, isBound, methods, level } = verification
  return {
    verification: {
      ...(viewer === 'agent' ? await codesShown(from, transaction, verification, now) : {}),
      triesLeft,
      matchedAt: matchedAt ?? null,
      isBound,
      methods: [...methods],
      level,
      grant: grantShown(transaction, verification, settings, now),
    },
  }
}

/**
 * What the agent reads out, while somebody may ask for it. There is no code if the caller's journey asks for none, or after
 * too many tries; and no reverse code before the caller's page shows it.
 */
async function codesShown(
  { verifications, revisions }: CodeSources,
  transaction: Transaction,
  verification: Verification,
  now: number,
): Promise<ShownCodes> {
  const isUnderWay = ['CREATED', 'IN_PROGRESS'].includes(standingOf(transaction, now))
  if (!isUnderWay) return { code: null, reverseCode: null }
  const { code, reverseCode } = verifications.codesOf(verification)
  return {
    code: (await asksCode(revisions, transaction)) ? code : null,
    reverseCode: isReverseCodeReleased(transaction) ? reverseCode : null,
  }
}

/** The codes of a check for its agent; undefined where there are none. */
export async function codesOf(
  from: CodeSources,
  transaction: Transaction,
  now: number,
): Promise<ShownCodes | undefined> {
  const verification = await from.verifications.read(transaction.idHash)
  return verification && codesShown(from, transaction, verification, now)
}

function grantShown(
  transaction: Transaction,
  verification: Verification,
  settings: { strongActions: readonly string[] },
  now: number,
): JsonObject {
  const grant = grantStateOf(transaction, verification, settings, now)
  if (grant.state !== 'used') return { ...grant }
  const { agent } = transaction.openedBy
  const usedBy = agent?.id === grant.usedBy ? calledName(agent) : grant.usedBy
  return { ...grant, usedBy }
}
