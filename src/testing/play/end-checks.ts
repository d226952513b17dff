import type { Shown } from '../../walks/shown.ts'
import type { Walk } from '../walk-file.ts'
import { type Claim, endsClaim, factClaim } from './assertions.ts'
import { checkEnds } from './checks.ts'
import { checkFact, checkOwner, factsIn } from './fact-checks.ts'
import { filled, type Known } from './placeholders.ts'
import type { SessionFacts } from './session-facts.ts'
import { Unobservable } from './walk-world.ts'

/** How the journey of a party ended. */
export type PartyEnd = {
  shown: Shown | undefined
  /** Throws if the server doesn't describe it. Undefined without a session. */
  session: (() => SessionFacts | undefined) | undefined
  /** People whose passwords the party gave. */
  owners: ReadonlySet<string>
}

const unstarted: PartyEnd = { shown: undefined, session: undefined, owners: new Set() }

/** Checks of an end, and of each expected fact of its session. @param step index of the step; undefined at the end of the walk. */
export function endChecks(
  ends: Walk['ends'],
  party: PartyEnd | undefined,
  known: Known,
  step?: number,
): { claim: Claim; verify: () => void }[] {
  if (ends === undefined) return []
  const { shown, session, owners } = party ?? unstarted
  const expected = filled(ends, known)
  const facts = factsIn(expected)
  return [
    {
      claim: endsClaim(ends, step),
      verify() {
        checkEnds(expected, shown)
        checkOwner(expected, describedBy(session), owners)
      },
    },
    // Claims have the words of the file, so that they have no secrets.
    ...factsIn(ends).map((fact, place) => ({
      claim: factClaim(fact, step),
      verify: () => checkFact(facts[place] ?? fact, session?.()),
    })),
  ]
}

/** An end that the client saw counts without a description of the session. */
function describedBy(session: PartyEnd['session']): SessionFacts | undefined {
  try {
    return session?.()
  } catch (error) {
    if (error instanceof Unobservable) return undefined
    throw error
  }
}
