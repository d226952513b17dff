import type { Check } from '../../check-model/check.ts'

/** The offer that stands, from the events; undefined without one. The name is null for the team. */
export function offerOf({ events }: Check): { name: string | null } | undefined {
  const last = events.findLast(({ kind }) => ['offered', 'offerWithdrawn', 'takenOver'].includes(kind))
  return last?.kind === 'offered' ? { name: last.to ?? null } : undefined
}
