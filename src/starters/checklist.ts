/** What the server knows about a realm on its way to the first verified caller. */
export type ChecklistFacts = {
  /** Whether only this machine can reach the server. */
  isPrivate: boolean
  /** Whether the server knows the address that people use. */
  hasAddress: boolean
  hasMailServer: boolean
  /** The default journey, and why it can't be started. */
  signIn: { journey: string; problem: SignInProblem | undefined }
  /** Journeys that people could sign in with. */
  candidates: readonly string[]
  /** People of the realm, agents included. */
  people: number
  /** Usernames of active people who may verify callers. */
  agents: readonly string[]
  /** Whether callers read the name of an organisation instead of the realm's. */
  hasOrganisation: boolean
  /** Checks that the desk offers. */
  checks: number
  /** Actions for which no check of the desk is enough. */
  actionsWithoutCheck: readonly string[]
  /** Titles of checks whose result can never be used, because the caller types no code. */
  checksWithoutCode: readonly string[]
  hasVerified: boolean
  /** The root realm is for administrators: it has no help desk. */
  isRoot: boolean
}

/** `broken`: it is an inner journey or needs a transaction. `faulty`: it has errors, with which it fails. */
export type SignInProblem = 'missing' | 'off' | 'broken' | 'faulty'

export type ChecklistStep = {
  _id: 'address' | 'mail' | 'organisation' | 'signIn' | 'agent' | 'caller' | 'check' | 'verified'
  isDone: boolean
  /** Whether the desk works without it. */
  isOptional: boolean
  journey?: string
  problem?: SignInProblem
  candidates?: string[]
  actionsWithoutCheck?: string[]
  checksWithoutCode?: string[]
  agent?: string
  isLocal?: boolean
}

/**
 * The steps to the first verified caller. On a server that only this machine reaches, agents can show the link as a QR code or copy
 * it, and its own name is its address.
 */
export function checklist(facts: ChecklistFacts): { isDone: boolean; steps: ChecklistStep[] } {
  const { isPrivate, signIn, isRoot } = facts
  const steps: ChecklistStep[] = [
    { _id: 'address', isDone: facts.hasAddress, isOptional: isPrivate },
    { _id: 'mail', isDone: facts.hasMailServer, isOptional: isPrivate },
    {
      _id: 'signIn',
      isDone: signIn.problem === undefined,
      isOptional: false,
      journey: signIn.journey,
      ...(signIn.problem === undefined ? {} : { problem: signIn.problem, candidates: [...facts.candidates] }),
    },
    ...(isRoot ? [] : deskSteps(facts)),
  ]
  return { isDone: steps.every(({ isDone, isOptional }) => isDone || isOptional), steps }
}

function deskSteps(facts: ChecklistFacts): ChecklistStep[] {
  const { people, agents, checks, actionsWithoutCheck, checksWithoutCode } = facts
  const [agent] = agents
  // Nobody can verify themself: with agents alone, a second one can be the caller.
  const hasCaller = people >= 2 || (people === 1 && agents.length === 0)
  const isOptional = false
  return [
    {
      _id: 'check',
      isDone: checks > 0 && actionsWithoutCheck.length === 0,
      isOptional,
      ...(checks > 0 && {
        actionsWithoutCheck: [...actionsWithoutCheck],
        checksWithoutCode: [...checksWithoutCode],
      }),
    },
    { _id: 'organisation', isDone: facts.hasOrganisation, isOptional: true },
    { _id: 'agent', isDone: agent !== undefined, isOptional },
    { _id: 'caller', isDone: hasCaller, isOptional },
    {
      _id: 'verified',
      isDone: facts.hasVerified,
      isOptional,
      isLocal: facts.isPrivate && !facts.hasAddress,
      ...(agent === undefined ? {} : { agent }),
    },
  ]
}
