import type { Level } from '../../engine/level.ts'
import type { Limit } from '../../limits/limit.ts'
import type { Purpose } from '../transactions/purpose.ts'
import type { Opener, Subject } from '../transactions/transaction.ts'
import type { Requirement } from './requirement.ts'
import { concernedIds, isVouchedFor } from './vouched-for.ts'

/** A realm's settings for transactions about a person. */
export type OpeningSettings = {
  checks: readonly { journey: string }[]
  onlyAgentsStartChecks: boolean
  actions: readonly string[]
  pauseMinutes: number
  maxChecksPerAgent: number
  maxChecksPerPerson: number
  maxOtherOpeningsPerPerson: number
}

/** A transaction about a person that is about to be opened. */
export type Opening = {
  openedBy: Opener
  subject: Subject
  purpose: Purpose
  /** Whether the request has an agent's session: see `presenterOf`. Clients have none. */
  presenter: 'agent' | 'ended' | 'no'
  /** Whether only agents can start the opening journey. */
  isForAgents: boolean
  /** Whether the subject can verify callers. */
  isSubjectAgent: boolean
  /** What policies demand of checks for this action and person from the start. */
  requirement: Requirement
  /** The highest level that the caller's journey can reach. */
  reachableLevel: Level
}

/**
 * Why a transaction about a person can't be opened now. The message is for the log, the audit book and the agent. `waitMs`:
 * time until the same request can succeed.
 */
export type OpeningRefusal =
  | {
      problem:
        | 'notAgent'
        | 'sessionEnded'
        | 'notOffered'
        | 'unknownAction'
        | 'self'
        | 'agentVouches'
        | 'needsSecondAgent'
        | 'tooWeak'
        | 'paused'
      message: string
    }
  | { problem: 'tooManyByAgent' | 'tooManyOfPerson'; message: string; waitMs: number }

/** Milliseconds until each used-up limit allows another check, the longest of all people; undefined if none is used up. */
export type OpeningWaits = { opener: number | undefined; person: number | undefined }

/**
 * Whether only agents can start a journey, because the realm offers it or one of its inner journeys as a check.
 * @param journeys names of the front journey and all its inner journeys.
 */
export function isForAgents(
  { checks, onlyAgentsStartChecks }: Pick<OpeningSettings, 'checks' | 'onlyAgentsStartChecks'>,
  journeys: readonly string[],
): boolean {
  return onlyAgentsStartChecks && checks.some(({ journey }) => journeys.includes(journey))
}

/** The time after which a report still pauses checks of its person, in epoch milliseconds. */
export function pausesSince(pauseMinutes: number, now: number): number {
  return now - pauseMinutes * 60_000
}

/** When the pause after "this is not me" ends, in epoch milliseconds; undefined without a pause. */
export function pausedUntil(
  rejectedAt: number | undefined,
  pauseMinutes: number,
  now: number,
): number | undefined {
  if (rejectedAt === undefined) return undefined
  const until = rejectedAt + pauseMinutes * 60_000
  // rule H6: otherwise a person who reported "this is not me" can be checked again at once
  return until > now ? until : undefined
}

/** The kind of opener. Each has its own counters, so that others can't use up an agent's limits. */
export function openerKind({ isHelpDesk, client }: Pick<Opener, 'isHelpDesk' | 'client'>) {
  if (isHelpDesk) return 'agent'
  return client === undefined ? 'other' : 'client'
}

/** The limits of a transaction: per agent in ten minutes, and in an hour per person whom it is about. */
export function openingLimits(
  realm: string,
  openedBy: Pick<Opener, 'isHelpDesk' | 'client' | 'agent'>,
  { subject, purpose }: { subject: Pick<Subject, 'id'>; purpose: Purpose },
  settings: OpeningSettings,
): { opener: Limit | undefined; people: Limit[] } {
  const kind = openerKind(openedBy)
  const { maxChecksPerAgent, maxChecksPerPerson, maxOtherOpeningsPerPerson } = settings
  const people = (max: number, keyOf: (id: string) => string) =>
    concernedIds(subject, purpose).map((id) => ({ key: keyOf(id), max, windowMs: 60 * 60_000 }))
  if (kind !== 'agent') {
    const keyOf = (id: string) => `${realm} transactions about ${id} by ${kind}`
    return { opener: undefined, people: people(maxOtherOpeningsPerPerson, keyOf) }
  }
  return {
    opener: {
      key: `${realm} checks by ${openedBy.agent?.id}`,
      max: maxChecksPerAgent,
      windowMs: 10 * 60_000,
    },
    people: people(maxChecksPerPerson, (id) => `${realm} checks of ${id}`),
  }
}

/** The reason why a transaction about a person can't be opened. Checks permissions before the pause and the limits. */
export function openingRefusal(
  opening: Opening,
  settings: OpeningSettings,
  paused: number | undefined,
  waits: OpeningWaits,
): OpeningRefusal | undefined {
  const refused = refusedOpener(opening) ?? refusedCheck(opening, settings)
  if (refused !== undefined) return refused
  if (paused !== undefined) {
    const until = new Date(paused).toISOString()
    return {
      problem: 'paused',
      message: `Checks of this person are paused until ${until}, because the last one was rejected with "this is not me".`,
    }
  }
  // rule H10: otherwise an agent can start any number of checks
  if (waits.opener !== undefined) {
    const message = 'This agent has started too many checks in a short time.'
    return { problem: 'tooManyByAgent', message, waitMs: waits.opener }
  }
  // rule H10: otherwise a caller can be checked without limit
  if (waits.person === undefined) return undefined
  return {
    problem: 'tooManyOfPerson',
    message: 'There were too many checks of this person in a short time.',
    waitMs: waits.person,
  }
}

function refusedOpener({ openedBy, isForAgents, presenter }: Opening): OpeningRefusal | undefined {
  if (presenter === 'agent') return undefined
  // The journey started for an agent, but this step lacks the agent's session: the authId may be stolen.
  // rule S15: otherwise the authId of a signed-out agent can open a check
  if (openedBy.isHelpDesk) {
    return {
      problem: 'sessionEnded',
      message: 'The session in which the agent started this check has ended.',
    }
  }
  if (!isForAgents) return undefined
  return { problem: 'notAgent', message: 'Only a signed-in help-desk agent can start this check.' }
}

/** Rules for checks: transactions that an agent opens. */
function refusedCheck(
  { openedBy: { agent, isHelpDesk, secondAgent, journey }, subject, purpose, ...opening }: Opening,
  { checks, actions }: OpeningSettings,
): OpeningRefusal | undefined {
  if (agent === undefined || !isHelpDesk) return undefined
  // rule S09: otherwise an agent can open a check with a journey that the realm does not offer
  if (checks.length > 0 && !checks.some((check) => check.journey === journey)) {
    return { problem: 'notOffered', message: 'The realm does not offer this journey as a check.' }
  }
  // rule H3: otherwise agents can check themselves
  if (agent.id === subject.id) return { problem: 'self', message: 'Agents cannot verify themselves.' }
  // rule H3: otherwise another person vouches for an agent of the check
  if ([agent, subject, secondAgent].some((person) => person && isVouchedFor(purpose, person))) {
    const message = 'Neither an agent of the check nor the person who vouches can be the person vouched for.'
    return { problem: 'self', message }
  }
  // rule S09: otherwise an agent can invent the action of a check
  if (purpose.action !== undefined && !actions.includes(purpose.action)) {
    return { problem: 'unknownAction', message: 'The realm does not list this action.' }
  }
  // rule H20: otherwise an agent can vouch for a caller
  if (purpose.vouchFor !== undefined && opening.isSubjectAgent) {
    return { problem: 'agentVouches', message: 'An agent cannot vouch for a caller.' }
  }
  return unmetRequirement(opening, secondAgent)
}

function unmetRequirement(
  { requirement, reachableLevel }: Pick<Opening, 'requirement' | 'reachableLevel'>,
  secondAgent: Opener['secondAgent'],
): OpeningRefusal | undefined {
  const policies = requirement.because.join(', ')
  // rule H20: otherwise one agent alone can check a privileged account with any journey
  if (requirement.secondAgent && secondAgent === undefined) {
    const message = `A second agent has to approve this check: ${policies}.`
    return { problem: 'needsSecondAgent', message }
  }
  // rule H23: otherwise a check opens with a journey that can’t reach the level
  if (reachableLevel < requirement.level) {
    const message = `This check reaches level ${reachableLevel}, and level ${requirement.level} is needed: ${policies}.`
    return { problem: 'tooWeak', message }
  }
  return undefined
}
