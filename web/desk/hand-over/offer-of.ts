import type { Check } from '../../check-model/check.ts'
import type { CheckView } from '../check-page/use-check.ts'

/** The offer that stands, from the events; undefined without one. The name is null for the team. */
export function offerOf({ events }: Pick<Check, 'events'>): { name: string | null } | undefined {
  const last = events.findLast(({ kind }) => ['offered', 'offerWithdrawn', 'takenOver'].includes(kind))
  return last?.kind === 'offered' ? { name: last.to ?? null } : undefined
}

/** States of results that can no longer be used. */
const settled = ['used', 'withdrawn', 'over', 'none']

type Offerable = {
  row: Pick<NonNullable<CheckView['row']>, 'isOwn' | 'ending'> | undefined
  check: Pick<Check, 'events' | 'expiresAt'>
  proof: { grant: { state: string } } | undefined
}

/** Whether the agent can offer the check: while it runs, and while its result can be used. @param now the server's time. */
export function mayOffer({ row, check, proof }: Offerable, now: number): boolean {
  if (row?.isOwn !== true || offerOf(check) !== undefined) return false
  if (row.ending === null) return check.expiresAt > now
  return row.ending === 'approved' && proof !== undefined && !settled.includes(proof.grant.state)
}
