import type { Guess } from '../../limits/guesses.ts'
import { type AttemptedFactor, type AttemptPort, tooManyAttempts } from '../../nodes/ports/ports.ts'
import { guessOriginOf, openersOf, type RunContext } from '../run-context.ts'
import { guardedByAddress, reportAttack } from './address-guard.ts'

/** Checks second factors. Counts an attempt before its check, so that parallel attempts count, too. */
export function attemptPort(run: RunContext): AttemptPort {
  return {
    async check(factor, personId, check) {
      const guess = guessOf(run, factor, personId)
      const policy = run.step.request.realm.settings.lockout
      const place = await run.world.guesses.placeOf(guess, policy)
      const counted = async () => {
        const standing = await run.world.guesses.count(guess, place, policy)
        if (standing.kind === 'locked') return { kind: 'wrong', reason: tooManyAttempts } as const
        const tried = await check()
        if (tried.kind === 'right') await run.world.guesses.clear(place)
        else if (standing.isAlarm && personId !== undefined) await reportAttack(run, personId)
        return tried
      }
      return place.isKnown ? counted() : guardedByAddress(run, counted)
    },
  }
}

/** A credential without a known person, such as an emailed code, belongs to the journey session. */
function guessOf({ world, step }: RunContext, factor: AttemptedFactor, personId: string | undefined): Guess {
  const owner = personId ?? `journey ${openersOf(step).journeySession}`
  return { realm: step.request.realm.path, owner, factor, origin: guessOriginOf(world, step) }
}
