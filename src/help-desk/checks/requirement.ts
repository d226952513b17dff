import { z } from 'zod'
import { normalized } from '../../attributes/fold.ts'
import { defined } from '../../base/defined.ts'
import { type Level, levels } from '../../engine/level.ts'
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
  /**
   * With a second agent and this delay in minutes, one factor suffices instead of the level. Absent where it doesn't. Source:
   * NIST SP 800-63B-4, account recovery.
   */
  recoveryMinutes: z.int().min(1).exactOptional(),
})

/** What an action needs for a person. */
export type Requirement = z.infer<typeof requirementSchema>

export const noRequirement: Requirement = { level: 0, secondAgent: false, delayMinutes: 0, because: [] }

/** The settings of a realm that decide requirements. */
export type PolicySettings = {
  policies: readonly Policy[]
  strongActions: readonly string[]
  privilegedNeedSecondAgent: boolean
  /** 0: one factor never suffices for strong actions. */
  recoveryMinutes: number
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
  vouches: 'Vouches need a second agent and a delay',
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
  const mayRecover = settings.recoveryMinutes > 0 && people.every(isOrdinary)
  const matching = [...settings.policies, ...settingsAsPolicies(settings, people.length > 1, mayRecover)]
  return matching
    .filter(
      (policy) => matchesAction(policy.actions, action) && people.some((person) => isAbout(policy, person)),
    )
    .map(needsOf)
    .reduce(stricter, noRequirement)
}

/**
 * What the use of a result needs. A caller who proved one factor in a check that a second agent approved recovers the account:
 * the result has to wait.
 */
export function neededFor(
  requirement: Requirement,
  { level, hasSecondAgent }: { level: Level; hasSecondAgent: boolean },
): Requirement {
  const { recoveryMinutes, ...needed } = requirement
  // rule H23: otherwise one factor recovers an account without a second agent, or for a caller who proved nothing
  if (recoveryMinutes === undefined || level >= needed.level || level < 1 || !hasSecondAgent)
    return requirement
  return {
    ...needed,
    level: 1,
    secondAgent: true,
    // rule H23: otherwise a recovered account doesn’t wait
    delayMinutes: Math.max(needed.delayMinutes, recoveryMinutes),
  }
}

/** The stricter of two requirements, member by member. */
export function stricter(one: Requirement, other: Requirement): Requirement {
  return {
    level: levelAtLeast(one.level, other.level),
    secondAgent: one.secondAgent || other.secondAgent,
    delayMinutes: Math.max(one.delayMinutes, other.delayMinutes),
    because: [...new Set([...one.because, ...other.because])],
    ...defined({ recoveryMinutes: recoveryOf([one, other]) }),
  }
}

/** One factor can replace two only if each requirement that needs two allows it. */
function recoveryOf(requirements: readonly Requirement[]): number | undefined {
  const strong = requirements.filter(({ level }) => level >= strongLevel)
  const delays = strong.map(({ recoveryMinutes }) => recoveryMinutes).filter((delay) => delay !== undefined)
  // rule H23: otherwise one factor replaces two although another policy needs two
  return delays.length === 0 || delays.length < strong.length ? undefined : Math.max(...delays)
}

function levelAtLeast(one: Level, other: Level): Level {
  if (one > other) return one
  return other
}

type PolicyLike = Pick<Policy, 'name' | 'actions'> & {
  needs: Policy['needs'] & Pick<Requirement, 'recoveryMinutes'>
  people: Policy['people'] | 'privileged'
}

const everybody: Policy['people'] = { roles: [], groups: [], attribute: { name: '', values: [] } }
const noNeeds: Policy['needs'] = { level: 0, secondAgent: false, delayMinutes: 0 }

/**
 * The older settings for strong actions and privileged accounts, as policies. In a vouch, the manager proves who they are and the
 * caller nothing: so it needs a second agent and a delay however strong the manager's proof is.
 * @param mayRecover whether weaker proofs can do for the people, with a second agent and a delay.
 */
export function settingsAsPolicies(
  { strongActions, privilegedNeedSecondAgent, recoveryMinutes }: PolicySettings,
  isVouch: boolean,
  mayRecover: boolean,
): PolicyLike[] {
  const recovery = mayRecover && !isVouch ? { recoveryMinutes } : {}
  const about = { actions: [...strongActions], people: everybody }
  const strong: PolicyLike = {
    ...about,
    name: builtInPolicies.strongActions,
    needs: { ...noNeeds, level: strongLevel, ...recovery },
  }
  const vouch: PolicyLike = {
    ...about,
    name: builtInPolicies.vouches,
    needs: { level: 1, secondAgent: true, delayMinutes: recoveryMinutes },
  }
  // rule H23: otherwise a manager with two factors vouches alone and at once
  const ofActions = isVouch ? [vouch, ...(mayRecover ? [] : [strong])] : [strong]
  const privileged: PolicyLike = {
    name: builtInPolicies.privileged,
    actions: [],
    people: 'privileged',
    needs: { ...noNeeds, secondAgent: true },
  }
  return [...(strongActions.length > 0 ? ofActions : []), ...(privilegedNeedSecondAgent ? [privileged] : [])]
}

/** Whether a person is known and not privileged. */
function isOrdinary(person: ConcernedPerson): boolean {
  // rule H23: otherwise one factor recovers a privileged account
  return typeof person !== 'string' && !isPrivileged(person)
}

function matchesAction(actions: readonly string[], action: string | undefined): boolean {
  if (actions.length === 0) return true
  // rule H23: otherwise another spelling of an action avoids its policy
  return action !== undefined && actions.map(normalized).includes(normalized(action))
}

function isAbout({ people }: PolicyLike, person: ConcernedPerson): boolean {
  // rule H23: otherwise a deleted person is under no policy
  if (person === 'unknown') return true
  // Journeys from before policies don't say who is vouched for, and check privileged accounts themselves.
  if (people === 'privileged') return person !== 'unnamed' && isPrivileged(person)
  // rule H23: otherwise a vouch without a named person avoids policies
  return person === 'unnamed' || matchesPerson(people, person)
}

function needsOf({ name, needs }: PolicyLike): Requirement {
  return { ...needs, because: [name] }
}
