import type { Guess } from '../../limits/guesses.ts'
import { type TriedFactor, type TryPort, tooManyTries } from '../../nodes/ports/ports.ts'
import { guessOriginOf, openersOf, type RunContext } from '../run-context.ts'
import { guardedByAddress, reportAttack } from './address-guard.ts'

/** Checks second factors. Counts an attempt before its check, so that parallel attempts count, too. */
export function tryPort(run: RunContext): TryPort {
  return {
    async check(factor, personId, check) {
      const guess = guessOf(run, factor, personId)
      const policy = run.step.request.realm.settings.lockout
      const place = await run.world.guesses.placeOf(guess, policy)
      const counted = async () => {
        const standing = await run.world.guesses.count(guess, place, policy)
        if (standing.kind === 'locked') return { kind: 'wrong', reason: tooManyTries } as const
        const tried = await check()
        if (tried.kind === 'right') await run.world.guesses.forgive(place)
        else if (standing.isAlarm && personId !== undefined) await reportAttack(run, personId)
        return tried
      }
      return place.isKnown ? counted() : guardedByAddress(run, counted)
    },
  }
}

/** A credential without a known person, such as an emailed code, belongs to the journey session. */
function guessOf({ world, step }: RunContext, factor: TriedFactor, personId: string | undefined): Guess {
  const owner = personId ?? `journey ${openersOf(step).journeySession}`
  return { realm: step.request.realm.path, owner, factor, origin: guessOriginOf(world, step) }
}
