import { tooMany } from '../../errors.ts'
import { failuresFrom } from '../../limits/source.ts'
import type { DirectoryPort } from '../../nodes/outside-ports.ts'
import type { IdentityPort } from '../../nodes/ports.ts'
import type { RunContext } from './run-context.ts'

/**
 * People as the nodes of one visit see them: no password is tried for an address from which too many were wrong,
 * whoever's they were. That refuses the request and not the person, who gets in from anywhere else.
 */
export function identityPort(run: RunContext): IdentityPort {
  return {
    ...run.identities,
    checkPassword: (nameOrId, password, kind) =>
      guarded(run, () => run.identities.checkPassword(nameOrId, password, kind)),
  }
}

/** As {@link identityPort}, for directories that a node asks by itself. */
export function directoryPort(run: RunContext, directories: DirectoryPort): DirectoryPort {
  return {
    check: (directory, username, password) =>
      guarded(run, () => directories.check(directory, username, password)),
    changePassword: (directory, username, change) =>
      guarded(run, () => directories.changePassword(directory, username, change)),
  }
}

/**
 * Judged after the check too: guesses sent at once get no more answers than guesses sent one by one.
 * @throws RequestError 429, which nothing comes of: the step can be answered again later.
 */
async function guarded<Verdict extends { kind: string }>(
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

function refuse(run: RunContext, waitMs: number | undefined): void {
  if (waitMs === undefined) return
  const message = 'Too many wrong passwords from this address in a short time'
  const refusal = { problem: 'tooManyFromAddress', message, waitMs }
  // A node that takes any error for a failure of its own does not hide this one.
  run.effects.tooMany = refusal
  run.metrics.limitReached(refusal.problem)
  throw tooMany(refusal)
}
