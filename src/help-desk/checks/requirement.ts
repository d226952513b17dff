import { z } from 'zod'
import { type Level, levels } from '../../engine/level.ts'
import { normalized } from '../../people/fold.ts'
import type { Policy } from '../../realms/help-desk-policies.ts'
import { matchesPerson, type PolicyPerson } from './policy-people.ts'
import { isPrivileged } from './privileged.ts'

const because: z.ZodType<readonly string[]> = z.array(z.string())

export const requirementSchema = z.object({
  level: z.literal(levels),
  secondAgent: z.boolean(),
  delayMinutes: z.int().min(0),
  /** Names of the policies. */
  because,
})

/** What an action needs for a person. */
export type Requirement = z.infer<typeof requirementSchema>

export const noRequirement: Requirement = { level: 0, secondAgent: false, delayMinutes: 0, because: [] }

/** The settings of a realm that decide requirements. */
export type PolicySettings = {
  policies: readonly Policy[]
  strongActions: readonly string[]
  privilegedNeedSecondAgent: boolean
}

/**
 * A person whom a check is about. `unknown`: the person can't be found, or no longer. `unnamed`: the journey says only the name of
 * the person vouched for, so that nobody knows who that is.
 */
export type ConcernedPerson = PolicyPerson | 'unknown' | 'unnamed'

/** The level that strong actions need: two factors. Source: NIST SP 800-63B-4, account recovery. */
const strongLevel: Level = 2

/** Titles of the settings that are policies themselves. */
export const builtInPolicies = {
  strongActions: 'Actions that need two factors',
  privileged: 'Privileged accounts need a second agent',
} as const

/**
 * The strictest of all policies that match the action and one of the people. Without an action, policies for certain actions
 * don't match. People who can't be found match every policy.
 * @param people the subject and, in a check that asks for a vouch, the person vouched for.
 */
export function requirementOf(
  action: string | undefined,
  people: readonly ConcernedPerson[],
  settings: PolicySettings,
): Requirement {
  const matching = [...settings.policies, ...settingsAsPolicies(settings)].filter(
    (policy) => matchesAction(policy.actions, action) && people.some((person) => isAbout(policy, person)),
  )
  return matching.map(needsOf).reduce(stricter, noRequirement)
}

/** The stricter of two requirements, member by member. */
export function stricter(one: Requirement, other: Requirement): Requirement {
  return {
    level: levelAtLeast(one.level, other.level),
    secondAgent: one.secondAgent || other.secondAgent,
    delayMinutes: Math.max(one.delayMinutes, other.delayMinutes),
    because: [...new Set([...one.because, ...other.because])],
  }
}

function levelAtLeast(one: Level, other: Level): Level {
  if (one > other) return one
  return other
}

type PolicyLike = Pick<Policy, 'name' | 'actions' | 'needs'> & { people: Policy['people'] | 'privileged' }

const everybody: Policy['people'] = { roles: [], groups: [], attribute: { name: '', values: [] } }
const noNeeds: Policy['needs'] = { level: 0, secondAgent: false, delayMinutes: 0 }

/** The older settings for strong actions and privileged accounts, as policies. */
export function settingsAsPolicies({
  strongActions,
  privilegedNeedSecondAgent,
}: PolicySettings): PolicyLike[] {
  const strong: PolicyLike = {
    name: builtInPolicies.strongActions,
    actions: [...strongActions],
    people: everybody,
    needs: { ...noNeeds, level: strongLevel },
  }
  const privileged: PolicyLike = {
    name: builtInPolicies.privileged,
    actions: [],
    people: 'privileged',
    needs: { ...noNeeds, secondAgent: true },
  }
  return [...(strongActions.length > 0 ? [strong] : []), ...(privilegedNeedSecondAgent ? [privileged] : [])]
}

function matchesAction(actions: readonly string[], action: string | undefined): boolean {
  if (actions.length === 0) return true
  return action !== undefined && actions.map(normalized).includes(normalized(action))
}

function isAbout({ people }: PolicyLike, person: ConcernedPerson): boolean {
  if (person === 'unknown') return true
  // Journeys from before policies don't say who is vouched for, and check privileged accounts themselves.
  if (people === 'privileged') return person !== 'unnamed' && isPrivileged(person)
  return person === 'unnamed' || matchesPerson(people, person)
}

function needsOf({ name, needs }: PolicyLike): Requirement {
  return { ...needs, because: [name] }
}
