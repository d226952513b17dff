import type { Guess } from '../../limits/guesses.ts'
import { type TriedFactor, type TryPort, tooManyTries } from '../../nodes/ports/ports.ts'
import { guardedByAddress, reportAttack } from './address-guard.ts'
import type { RunContext } from './run-context.ts'

/** Second factors as the nodes of one visit check them. Tries are counted before the check, so that racing ones are too. */
export function tryPort(run: RunContext): TryPort {
  return {
    async check(factor, personId, check) {
      const guess = guessOf(run, factor, personId)
      const policy = run.realm.settings.lockout
      const place = await run.guesses.placeOf(guess, policy)
      const counted = async () => {
        const standing = await run.guesses.count(guess, place, policy)
        if (standing.kind === 'locked') return { kind: 'wrong', reason: tooManyTries } as const
        const tried = await check()
        if (tried.kind === 'right') await run.guesses.forgive(place)
        else if (standing.isAlarm && personId !== undefined) await reportAttack(run, personId)
        return tried
      }
      return place.isKnown ? counted() : guardedByAddress(run, counted)
    },
  }
}

/** Where nobody is known yet, the credential belongs to the journey session, such as a code that was mailed. */
function guessOf(
  { realm, origin, openers }: RunContext,
  factor: TriedFactor,
  personId: string | undefined,
): Guess {
  const owner = personId ?? `journey ${openers.journeySession}`
  return { realm: realm.path, owner, factor, origin }
}
