import type { Limit } from '../../limits/limit.ts'
import type { Purpose } from '../transactions/purpose.ts'
import type { Opener, Subject } from '../transactions/transaction.ts'

/** What a realm decides about transactions that are about a person. */
export type OpeningSettings = {
  checks: readonly { journey: string }[]
  onlyAgentsStartChecks: boolean
  actions: readonly string[]
  privilegedNeedSecondAgent: boolean
  pauseMinutes: number
  maxChecksPerAgent: number
  maxChecksPerPerson: number
  maxOtherOpeningsPerPerson: number
}

/** A transaction about a person, as it is about to be opened. */
export type Opening = {
  openedBy: Opener
  subject: Subject
  purpose: Purpose
  /** Whether the request comes with the session of an agent: see `presenterOf`. Clients have no session. */
  presenter: 'agent' | 'ended' | 'no'
  /** Whether the journey that opens it starts only for agents. */
  isForAgents: boolean
  /** The subject may verify callers themselves. */
  isSubjectAgent: boolean
  /** The subject holds a role, or the directory calls the account privileged. */
  isSubjectPrivileged: boolean
}

/**
 * Why a transaction about a person may not be opened now. The message is a sentence for the log, the audit book and the agent.
 * `waitMs`: after that time the same request may succeed.
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
        | 'paused'
      message: string
    }
  | { problem: 'tooManyByAgent' | 'tooManyOfPerson'; message: string; waitMs: number }

/** How long each limit stays used up, in milliseconds; undefined while there is room. */
export type OpeningWaits = { opener: number | undefined; person: number | undefined }

/**
 * Whether a journey starts only for agents: the realm offers it, or a journey that it runs inside, as a check.
 * @param journeys the names of the front journey and of all its inner journeys.
 */
export function isForAgents(
  { checks, onlyAgentsStartChecks }: Pick<OpeningSettings, 'checks' | 'onlyAgentsStartChecks'>,
  journeys: readonly string[],
): boolean {
  return onlyAgentsStartChecks && checks.some(({ journey }) => journeys.includes(journey))
}

/** When the pause after "this is not me" ends, in epoch milliseconds; undefined without a pause. */
export function pausedUntil(
  rejectedAt: number | undefined,
  pauseMinutes: number,
  now: number,
): number | undefined {
  if (rejectedAt === undefined) return undefined
  const until = rejectedAt + pauseMinutes * 60_000
  return until > now ? until : undefined
}

/** Who opens a transaction. Each kind has counters of its own, so that nobody uses up the limits of an agent. */
export function openerKind({ isHelpDesk, client }: Pick<Opener, 'isHelpDesk' | 'client'>) {
  if (isHelpDesk) return 'agent'
  return client === undefined ? 'other' : 'client'
}

/** What a transaction about a person counts towards: the agent's limit in ten minutes, the person's in an hour. */
export function openingLimits(
  realm: string,
  openedBy: Pick<Opener, 'isHelpDesk' | 'client' | 'agent'>,
  subject: Pick<Subject, 'id'>,
  settings: OpeningSettings,
): { opener: Limit | undefined; person: Limit } {
  const kind = openerKind(openedBy)
  const { maxChecksPerAgent, maxChecksPerPerson, maxOtherOpeningsPerPerson } = settings
  if (kind !== 'agent') {
    const key = `${realm} transactions about ${subject.id} by ${kind}`
    return { opener: undefined, person: { key, most: maxOtherOpeningsPerPerson, windowMs: 60 * 60_000 } }
  }
  return {
    opener: {
      key: `${realm} checks by ${openedBy.agent?.id}`,
      most: maxChecksPerAgent,
      windowMs: 10 * 60_000,
    },
    person: { key: `${realm} checks of ${subject.id}`, most: maxChecksPerPerson, windowMs: 60 * 60_000 },
  }
}

/** Why a transaction about a person may not be opened; the rules of who and what come before the pause and the limits. */
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
      message: `No check of this person before ${until}: the caller of the last one said that it was not them.`,
    }
  }
  if (waits.opener !== undefined) {
    const message = 'Too many checks of one agent in a short time.'
    return { problem: 'tooManyByAgent', message, waitMs: waits.opener }
  }
  if (waits.person === undefined) return undefined
  return {
    problem: 'tooManyOfPerson',
    message: 'Too many checks of this person in a short time.',
    waitMs: waits.person,
  }
}

function refusedOpener({ openedBy, isForAgents, presenter }: Opening): OpeningRefusal | undefined {
  if (presenter === 'agent') return undefined
  // The journey started for an agent, whose session doesn't come with this step: somebody else may hold its authId.
  if (openedBy.isHelpDesk) {
    return {
      problem: 'sessionEnded',
      message: 'The session in which the agent started this check has ended.',
    }
  }
  if (!isForAgents) return undefined
  return { problem: 'notAgent', message: 'Only a signed-in help-desk agent may start this check.' }
}

/** Rules for checks: transactions that an agent opens. */
function refusedCheck(
  { openedBy: { agent, isHelpDesk, secondAgent, journey }, subject, purpose, ...opening }: Opening,
  { checks, actions, privilegedNeedSecondAgent }: OpeningSettings,
): OpeningRefusal | undefined {
  if (agent === undefined || !isHelpDesk) return undefined
  if (checks.length > 0 && !checks.some((check) => check.journey === journey)) {
    return { problem: 'notOffered', message: 'The realm does not offer this journey as a check.' }
  }
  if (agent.id === subject.id) return { problem: 'self', message: 'An agent cannot verify themself.' }
  if (purpose.action !== undefined && !actions.includes(purpose.action)) {
    return { problem: 'unknownAction', message: 'The action is not in the list of the realm.' }
  }
  if (purpose.vouchFor !== undefined && opening.isSubjectAgent) {
    return { problem: 'agentVouches', message: 'An agent cannot vouch for a caller.' }
  }
  if (privilegedNeedSecondAgent && opening.isSubjectPrivileged && secondAgent === undefined) {
    const message = 'This account is privileged: a second agent has to approve the check.'
    return { problem: 'needsSecondAgent', message }
  }
  return undefined
}
