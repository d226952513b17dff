import type { AnswerOf } from '../../../../contract/endpoint.ts'
import { readShortCode, redeemShortCode, type ShortCodeProblem } from '../../../../contract/short-codes.ts'
import type { AuditTrail } from '../../../audit/audit-trail.ts'
import { badRequest, notFound, type RequestError, tooManyRequests } from '../../../base/errors.ts'
import type { BlockedGuesses, ShortCodes } from '../../../help-desk/short-codes/short-codes.ts'
import type { Transactions } from '../../../help-desk/transactions/transactions.ts'
import { aboutTransaction } from '../../../runtime/step-audit.ts'
import { parseBody } from '../../body.ts'
import { type Answer, byAction, type Call, type Route } from '../../route.ts'

type RedeemDependencies = {
  shortCodes: Pick<ShortCodes, 'redeem'>
  transactions: Pick<Transactions, 'read'>
  audit(call: Call): AuditTrail
}

/** The page for short codes knows no realm: a code alone names the check. Not in AM. */
export function shortCodeRoutes(from: RedeemDependencies): Route[] {
  return [
    {
      ...redeemShortCode,
      access: 'everyone',
      side: 'callers',
      summary:
        'Exchanges a short code for the link of a check, once (`_action=redeem`). Same for all realms.',
      handle: byAction({ redeem: (call) => redeem(from, call) }),
    },
  ]
}

async function redeem(from: RedeemDependencies, call: Call): Promise<Answer> {
  const read = readShortCode(parseBody(redeemShortCode.actions.redeem.body(), call).code)
  if ('problem' in read) {
    throw badRequest(`code: ${shapes[read.problem]}`, { problem: read.problem })
  }
  const redeemed = await from.shortCodes.redeem(read.code, call.clientIp)
  switch (redeemed.kind) {
    case 'redeemed':
      await recordUse(from, call, redeemed.idHash)
      return { body: { link: redeemed.link } satisfies AnswerOf<typeof redeemShortCode.actions.redeem> }
    case 'blocked':
      throw blocked(redeemed.who, redeemed.waitMs)
    case 'unknown':
      // rule H21: otherwise nobody learns that short codes are guessed
      for (const who of redeemed.blocks) recordBlock(from, call, who)
      throw notFound('This code does not work')
  }
}

const shapes: Readonly<Record<ShortCodeProblem['problem'], string>> = {
  script: 'must be in Latin letters',
  character: 'contains a character that no code has',
  length: 'must be the eight letters that the agent reads out',
}

function blocked(who: BlockedGuesses, waitMs: number): RequestError {
  const problem = who === 'address' ? 'tooManyWrongCodes' : 'shortCodesPaused'
  const place = who === 'address' ? 'from this address ' : ''
  return tooManyRequests({
    problem,
    message: `Too many wrong codes were typed ${place}in a short time`,
    waitMs,
  })
}

/** Names no person, because anyone may have typed the code, whatever session their browser has. */
async function recordUse({ transactions, audit }: RedeemDependencies, call: Call, idHash: string) {
  const transaction = await transactions.read(idHash)
  if (transaction === undefined) return
  const { realm, reference } = transaction
  audit(call).record({
    eventName: 'SIDEGATE-SHORT-CODE-USED',
    result: 'SUCCESSFUL',
    realm,
    ...aboutTransaction(realm, transaction),
    what: { kind: 'transaction', id: reference, operation: 'ACTION', action: 'shortCodeUsed' },
  })
}

/** Once for each block: an alarm if everyone is blocked. */
function recordBlock({ audit }: RedeemDependencies, call: Call, who: BlockedGuesses): void {
  const eventName = who === 'address' ? 'SIDEGATE-ADDRESS-BLOCKED' : 'SIDEGATE-SHORT-CODES-ATTACKED'
  audit(call).record({ eventName, result: 'FAILED', entries: { reason: 'wrong short codes' } })
}
