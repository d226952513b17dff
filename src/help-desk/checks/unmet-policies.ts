import type { Level } from '../../engine/level.ts'
import type { Policy } from '../../realms/help-desk-policies.ts'
import { lackingIn, type Reach } from './lacking.ts'
import { noRequirement, type PolicySettings, requirementOf, settingsAsPolicies } from './requirement.ts'

/** A policy that no offered check of the realm can satisfy, so that agents can't finish its actions. */
export type UnmetPolicy = { policy: string; message: string }

/** An offered check, and whether its caller types the code: without it, no result can be used. */
type OfferedReach = Reach & { asksCode: boolean }

const levelNames: Readonly<Record<Level, string>> = {
  0: 'any level',
  1: 'one factor',
  2: 'two factors of different kinds',
  3: 'a passkey',
}

/** Policies that no check satisfies. Without checks there are none, because then nothing can be verified anyway. */
export function unmetPolicies(settings: PolicySettings, checks: readonly Reach[]): UnmetPolicy[] {
  if (checks.length === 0) return []
  const all = [...settings.policies, ...settingsAsPolicies(settings, false, settings.recoveryMinutes > 0)]
  return all.flatMap(({ name, needs }) => {
    const message = unmet(needs, checks)
    return message === undefined ? [] : [{ policy: name, message }]
  })
}

/** The actions for which no offered check is enough, even if the person is in no policy for certain people. */
export function actionsWithoutCheck(
  settings: PolicySettings & { actions: readonly string[] },
  checks: readonly OfferedReach[],
): string[] {
  const usable = checks.filter(({ asksCode }) => asksCode)
  return settings.actions.filter((action) => {
    const requirement = requirementOf(action, [somebody], settings)
    return usable.every((check) => lackingIn(check, requirement).length > 0)
  })
}

const somebody = { userName: '', isActive: true, roles: [], attributes: {} }

function unmet(
  needs: Policy['needs'] & { recoveryMinutes?: number },
  checks: readonly Reach[],
): string | undefined {
  const requirement = { ...noRequirement, ...needs }
  if (checks.some((check) => lackingIn(check, requirement).length === 0)) return undefined
  const strong = checks.filter(({ level }) => level >= needs.level)
  if (strong.length === 0) {
    return `No check of the realm reaches ${levelNames[needs.level]}. Offer a check whose caller proves more, or lower the level.`
  }
  return checks.some(({ hasSecondAgent }) => hasSecondAgent)
    ? `No check of the realm both reaches ${levelNames[needs.level]} and asks for a second agent. Add the node Second Agent to a check that is strong enough.`
    : 'No check of the realm asks for a second agent. Add the node Second Agent to a check, or don’t need one.'
}
