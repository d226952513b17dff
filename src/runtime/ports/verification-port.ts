import { rejectionFor } from '../../help-desk/checks/callers-question.ts'
import { isCheck } from '../../help-desk/checks/verification.ts'
import { requestOf } from '../../help-desk/transactions/purpose.ts'
import { calledName } from '../../help-desk/transactions/transaction.ts'
import type { VerificationPort } from '../../nodes/ports/ports.ts'
import { organisationOf } from '../../realms/realm.ts'
import type { RunContext } from './run-context.ts'

/** The check that a caller's journey completes, as the nodes of one visit see it. */
export function verificationPort(run: RunContext, visit: string): VerificationPort {
  return {
    async notice() {
      const found = await heldCheck(run)
      if (found === undefined) return undefined
      const { transaction, verification } = found
      const { agent } = transaction.openedBy
      return {
        organisation: organisationOf(run.realm),
        agent: agent === undefined ? '' : calledName(agent),
        ...transaction.purpose,
        action: requestOf(transaction.purpose),
        reverseCode: run.verifications.codesOf(verification).reverseCode,
      }
    },

    async typeCode(code) {
      const { transactionHash, openers } = run
      if (transactionHash === undefined) return { kind: 'over' }
      const typed = await run.verifications.type(
        transactionHash,
        `${openers.journeySession}/${visit}/code`,
        code,
      )
      if (typed.kind === 'right') run.effects.isBound = true
      run.audit.record({
        eventName: 'SIDEGATE-VERIFICATION-CODE',
        result: typed.kind === 'right' ? 'SUCCESSFUL' : 'FAILED',
      })
      return typed
    },

    async reject(reason) {
      const found = await heldCheck(run)
      if (found === undefined) return
      const { transaction } = found
      const counted = rejectionFor(transaction, reason) ?? reason
      await run.transactions.reject(transaction.idHash, counted)
      const isAttack = counted === 'calledMe'
      run.audit.record({
        eventName: isAttack ? 'SIDEGATE-VERIFICATION-ATTACKED' : 'SIDEGATE-TRANSACTION-REJECTED',
        result: 'SUCCESSFUL',
      })
    },
  }
}

async function heldCheck(run: RunContext) {
  if (run.transaction === undefined) return undefined
  const transaction = await run.transactions.find(run.realm.path, run.transaction)
  if (transaction === undefined || !isCheck(transaction)) return undefined
  const verification = await run.verifications.read(transaction.idHash)
  return verification && { transaction, verification }
}
