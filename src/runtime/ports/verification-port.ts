import { rejectionFor } from '../../help-desk/checks/callers-question.ts'
import { isCheck } from '../../help-desk/checks/verification.ts'
import { actionForSubject } from '../../help-desk/transactions/action-for-reader.ts'
import { agentNameOf, secondAgentNameOf } from '../../help-desk/transactions/transaction.ts'
import type { VerificationPort } from '../../nodes/ports/help-desk-ports.ts'
import { organisationOf } from '../../realms/realm.ts'
import type { RunContext } from '../run-context.ts'
import { recordAudit } from '../step-audit.ts'

/** The check that a caller's journey completes. */
export function verificationPort(run: RunContext, visit: string): VerificationPort {
  return {
    async notice() {
      const found = await currentCheck(run)
      if (found === undefined) return undefined
      const { transaction, verification } = found
      const { realm, view } = run.step.request
      return {
        organisation: organisationOf(realm),
        agent: agentNameOf(transaction) ?? '',
        ...transaction.purpose,
        action: actionForSubject(transaction, { realm, locales: view.locales }),
        secondAgent: secondAgentNameOf(transaction),
        reverseCode: run.world.verifications.codesOf(verification).reverseCode,
      }
    },

    async typeCode(code) {
      const { transactionHash, stored } = run.step
      if (transactionHash === undefined) return { kind: 'over' }
      run.effects.isVisitUsed = true
      const typed = await run.world.verifications.typeCode(
        transactionHash,
        `${stored.idHash}/${visit}/code`,
        code,
      )
      if (typed.kind === 'right') run.effects.isBound = true
      recordAudit(run, {
        // rule H18: otherwise a typed code is not audited
        eventName: 'SIDEGATE-VERIFICATION-CODE',
        result: typed.kind === 'right' ? 'SUCCESSFUL' : 'FAILED',
      })
      return typed
    },

    async reject(reason) {
      const found = await currentCheck(run)
      if (found === undefined) return
      const { transaction } = found
      const counted = rejectionFor(transaction, reason) ?? reason
      await run.world.transactions.reject(transaction.idHash, counted)
      const isAttack = counted === 'calledMe'
      recordAudit(run, {
        eventName: isAttack ? 'SIDEGATE-VERIFICATION-ATTACKED' : 'SIDEGATE-TRANSACTION-REJECTED',
        result: 'SUCCESSFUL',
      })
    },
  }
}

async function currentCheck(run: RunContext) {
  if (run.step.saved.transaction === undefined) return undefined
  const transaction = await run.world.transactions.find(
    run.step.request.realm.path,
    run.step.saved.transaction,
  )
  if (transaction === undefined || !isCheck(transaction)) return undefined
  const verification = await run.world.verifications.read(transaction.idHash)
  return verification && { transaction, verification }
}
