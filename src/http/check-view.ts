import { standingOf } from '../backchannel/standing.ts'
import { calledName, type Transaction } from '../backchannel/transaction.ts'
import type { JsonObject } from '../journey/json.ts'
import { grantStateOf } from '../verification/grant.ts'
import type { Verification } from '../verification/verification.ts'
import type { Verifications } from '../verification/verifications.ts'

/** Of a transaction that is no check of a help desk. */
const nothing: JsonObject = { verification: null }

/**
 * What a check has beside its transaction: how far its code is, how the caller proved who they are, and whether the result
 * may be used. The code is for the agent who reads it out, and only as long as somebody may type it.
 */
export async function checkView(
  verifications: Pick<Verifications, 'read' | 'codesOf'>,
  transaction: Transaction,
  viewer: 'agent' | 'lead',
  now: number,
): Promise<JsonObject> {
  const verification = await verifications.read(transaction.idHash)
  if (verification === undefined) return nothing
  const { triesLeft, matchedAt, isBound, methods, level } = verification
  return {
    verification: {
      ...(viewer === 'agent' ? codesShown(verifications, transaction, verification, now) : {}),
      triesLeft,
      matchedAt: matchedAt ?? null,
      isBound,
      methods: [...methods],
      level,
      grant: grantShown(transaction, verification, now),
    },
  }
}

function codesShown(
  verifications: Pick<Verifications, 'codesOf'>,
  transaction: Transaction,
  verification: Verification,
  now: number,
): JsonObject {
  const isUnderWay = ['CREATED', 'IN_PROGRESS'].includes(standingOf(transaction, now))
  if (!isUnderWay) return { code: null, reverseCode: null }
  const { code, reverseCode } = verifications.codesOf(verification)
  return { code: verification.triesLeft > 0 ? code : null, reverseCode }
}

function grantShown(transaction: Transaction, verification: Verification, now: number): JsonObject {
  const grant = grantStateOf(transaction, verification, now)
  if (grant.state !== 'used') return { ...grant }
  const { agent } = transaction.openedBy
  const usedBy = agent?.id === grant.usedBy ? calledName(agent) : grant.usedBy
  return { ...grant, usedBy }
}
