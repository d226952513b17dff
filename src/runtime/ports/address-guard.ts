import { tooManyRequests } from '../../base/errors.ts'
import { failedPasswordLimits } from '../../limits/source.ts'
import type { RunContext } from '../run-context.ts'
import { recordAudit } from '../step-audit.ts'

/**
 * Checks a credential, unless this address has sent too many wrong ones for any person. This blocks the address, not the
 * person, who can sign in from another one. The limit is checked again afterwards, so that parallel guesses get no more results
 * than sequential ones.
 * @throws RequestError 429. The step stays unchanged, so the client can retry later.
 */
export async function guardedByAddress<Verdict extends { kind: string }>(
  run: RunContext,
  check: () => Promise<Verdict>,
): Promise<Verdict> {
  const { path, settings } = run.step.request.realm
  const { limits } = run.world
  const { clientIp } = run.step.request.view
  const counted = failedPasswordLimits(path, clientIp, settings.limits.failuresPerAddress)
  refuse(run, await limits.waitForAll(counted))
  const verdict = await check()
  const isWrong = verdict.kind === 'wrong' || verdict.kind === 'unknown' || verdict.kind === 'locked'
  if (!isWrong) {
    refuse(run, await limits.waitForAll(counted))
    return verdict
  }
  const taken = await limits.takeAll(counted)
  if (taken.kind === 'full') refuse(run, taken.waitMs)
  else if (taken.usedUp.length > 0) {
    recordAudit(run, { eventName: 'SIDEGATE-ADDRESS-BLOCKED', result: 'FAILED' })
  }
  return verdict
}

/** Records in the audit book that a person's credential is being guessed. */
export async function reportAttack(run: RunContext, nameOrId: string): Promise<void> {
  const person = await run.effects.identities.find(nameOrId)
  // rule S12: otherwise an attack on an account raises no alarm
  if (person === undefined) return
  recordAudit(run, {
    eventName: 'SIDEGATE-ACCOUNT-ATTACKED',
    result: 'FAILED',
    whom: { id: person._id, name: person.userName, realm: run.step.request.realm.path },
  })
}

function refuse(run: RunContext, waitMs: number | undefined): void {
  // rule H10: otherwise an address from which many guesses came guesses on in a caller's journey
  if (waitMs === undefined) return
  const message = 'Too many wrong passwords or codes from this address in a short time'
  const refusal = { problem: 'tooManyFromAddress', message, waitMs }
  // Recorded here because a node may catch the error.
  run.effects.exceededLimit = refusal
  run.world.metrics.limitReached(refusal.problem)
  throw tooManyRequests(refusal)
}
