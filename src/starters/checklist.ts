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
  /** Active people who may verify callers. */
  agents: number
  /** Checks that the desk offers. */
  checks: number
  hasVerified: boolean
  /** The root realm is for administrators: it has no help desk. */
  isRoot: boolean
}

/** `broken`: it is an inner journey or needs a transaction. `faulty`: it has errors, with which it fails. */
export type SignInProblem = 'missing' | 'off' | 'broken' | 'faulty'

export type ChecklistStep = {
  _id: 'address' | 'mail' | 'signIn' | 'agent' | 'caller' | 'check' | 'verified'
  isDone: boolean
  /** Whether the desk works without it. */
  isOptional: boolean
  journey?: string
  problem?: SignInProblem
  candidates?: string[]
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

function deskSteps({ people, agents, checks, hasVerified }: ChecklistFacts): ChecklistStep[] {
  // Nobody can verify themself: with agents alone, a second one can be the caller.
  const hasCaller = people >= 2 || (people === 1 && agents === 0)
  const isOptional = false
  return [
    { _id: 'check', isDone: checks > 0, isOptional },
    { _id: 'agent', isDone: agents > 0, isOptional },
    { _id: 'caller', isDone: hasCaller, isOptional },
    { _id: 'verified', isDone: hasVerified, isOptional },
  ]
}
