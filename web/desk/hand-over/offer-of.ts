import { type Check, isAlarm } from '../../check-model/check.ts'
import type { CheckView } from '../check-page/use-check.ts'

/** The offer that stands, from the events; undefined without one. The name is null for the team. */
export function offerOf({ events }: Check): { name: string | null } | undefined {
  const last = events.findLast(({ kind }) => ['offered', 'offerWithdrawn', 'takenOver'].includes(kind))
  return last?.kind === 'offered' ? { name: last.to ?? null } : undefined
}

/** States of results that can be used, now or later. */
const usable = ['ready', 'waiting']

type Offerable = Pick<CheckView, 'check' | 'standing' | 'isRunning'> & {
  row: { isOwn: boolean } | undefined
  proof: { grant: { state: string } } | undefined
}

/**
 * Whether the agent can offer the check: while it runs, and while its result can be used. By its events and its proof,
 * because nobody reads the row again when the check ends.
 * @param now the server's time.
 */
export function mayOffer({ row, check, standing, isRunning, proof }: Offerable, now: number): boolean {
  if (row?.isOwn !== true || isAlarm(standing) || offerOf(check) !== undefined) return false
  if (isRunning) return check.expiresAt > now
  return proof !== undefined && usable.includes(proof.grant.state)
}
