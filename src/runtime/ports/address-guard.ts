import { tooMany } from '../../errors.ts'
import { failuresFrom } from '../../limits/source.ts'
import type { RunContext } from './run-context.ts'

/**
 * Checks a credential, unless too many from this address were wrong, whoever's they were. That refuses the request and
 * not the person, who gets in from anywhere else. Judged after the check too: guesses sent at once get no more answers
 * than guesses sent one by one.
 * @throws RequestError 429, which nothing comes of: the step can be answered again later.
 */
export async function guardedByAddress<Verdict extends { kind: string }>(
  run: RunContext,
  check: () => Promise<Verdict>,
): Promise<Verdict> {
  const { path, settings } = run.realm
  const limit = failuresFrom(path, run.request.clientIp, settings.limits.failuresPerAddress)
  refuse(run, await run.limits.wait(limit))
  const verdict = await check()
  const isWrong = verdict.kind === 'wrong' || verdict.kind === 'unknown' || verdict.kind === 'locked'
  if (!isWrong) {
    refuse(run, await run.limits.wait(limit))
    return verdict
  }
  const taken = await run.limits.take(limit)
  if (taken.kind === 'full') refuse(run, taken.waitMs)
  else if (taken.isLast) {
    run.audit.record({ eventName: 'SIDEGATE-ADDRESS-BLOCKED', result: 'FAILED' })
  }
  return verdict
}

/** Reports in the audit book that somebody is trying to guess a person's credential. */
export async function reportAttack(run: RunContext, nameOrId: string): Promise<void> {
  const person = await run.identities.find(nameOrId)
  if (person === undefined) return
  run.audit.record({
    eventName: 'SIDEGATE-ACCOUNT-ATTACKED',
    result: 'FAILED',
    whom: { id: person._id, name: person.userName, realm: run.realm.path },
  })
}

function refuse(run: RunContext, waitMs: number | undefined): void {
  if (waitMs === undefined) return
  const message = 'Too many wrong passwords or codes from this address in a short time'
  const refusal = { problem: 'tooManyFromAddress', message, waitMs }
  // A node that takes any error for a failure of its own does not hide this one.
  run.effects.tooMany = refusal
  run.metrics.limitReached(refusal.problem)
  throw tooMany(refusal)
}
