import type { Level } from '../../engine/level.ts'
import type { Policy } from '../../realms/help-desk-policies.ts'
import { type PolicySettings, settingsAsPolicies } from './requirement.ts'

/** What an offered check can reach. */
type Reach = { level: Level; hasSecondAgent: boolean }

/** A policy that no offered check of the realm can satisfy, so that agents can't finish its actions. */
export type UnmetPolicy = { policy: string; message: string }

const levelNames: Readonly<Record<Level, string>> = {
  0: 'any level',
  1: 'one factor',
  2: 'two factors of different kinds',
  3: 'a passkey',
}

/** Policies that no check satisfies. Without checks there are none, because then nothing can be verified anyway. */
export function unmetPolicies(settings: PolicySettings, checks: readonly Reach[]): UnmetPolicy[] {
  if (checks.length === 0) return []
  return [...settings.policies, ...settingsAsPolicies(settings)].flatMap(({ name, needs }) => {
    const message = unmet(needs, checks)
    return message === undefined ? [] : [{ policy: name, message }]
  })
}

function unmet(needs: Policy['needs'], checks: readonly Reach[]): string | undefined {
  const strong = checks.filter(({ level }) => level >= needs.level)
  if (strong.length === 0) {
    return `No check of the realm reaches ${levelNames[needs.level]}. Offer a check whose caller proves more, or lower the level.`
  }
  if (!needs.secondAgent || strong.some(({ hasSecondAgent }) => hasSecondAgent)) return undefined
  return checks.some(({ hasSecondAgent }) => hasSecondAgent)
    ? `No check of the realm both reaches ${levelNames[needs.level]} and asks for a second agent. Add the node Second Agent to a check that is strong enough.`
    : 'No check of the realm asks for a second agent. Add the node Second Agent to a check, or don’t need one.'
}
