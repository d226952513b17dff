import type { WallCheck } from './need.ts'

export type AgentsChecks = { agent: string | null; checks: WallCheck[] }

/** The checks that match the words, by agent: those with most checks first, so that the wall shows who is busy. */
export function byAgent(checks: readonly WallCheck[], text: string): AgentsChecks[] {
  const words = text.toLowerCase().split(/\s+/)
  const groups = new Map<string | null, WallCheck[]>()
  for (const check of checks) {
    const { subject, ticket, agent, reference, action } = check.row
    const searched = [subject, ticket, agent, reference, action].join(' ').toLowerCase()
    if (!words.every((word) => searched.includes(word))) continue
    groups.set(agent, [...(groups.get(agent) ?? []), check])
  }
  return [...groups]
    .map(([agent, own]) => ({ agent, checks: own }))
    .toSorted(
      (one, other) =>
        other.checks.length - one.checks.length || (one.agent ?? '').localeCompare(other.agent ?? ''),
    )
}
