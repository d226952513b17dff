/** Conditions that change nothing for a check if they are left out, by the beginning of their names, with the reason. */
export const reasons: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/ (remove|empty)\w+ /, 'Maintenance deletes only what has ended long ago'],
  [
    / (byReference|waiting|ofPerson|ofJourney|recent|ofTransaction|watched|bySuspension|eventsAfter) /,
    'A list or a search, which decides about no change',
  ],
  [/ lock /, 'Only the order of locks on PostgreSQL'],
  [
    / (appendEvent|appendChange) 1$/,
    'Only for speed: every other change has its event, and an event is appended once',
  ],
  [/ lastRejection 3$/, 'Only for speed: a pause ends by the time of the newest report'],
  [/ advancing /, 'One process, whose claims in memory let only one request reach it'],
  [
    / (advancingClaimed|renew|release) 1$/,
    'Only for speed: the name of an owner is of one claim of one journey session',
  ],
  [/ advancingClaimed 2$/, 'A claim ends with its step, so that its owner has claimed this one'],
  [/ (revision|replaceRevision) /, 'A frozen journey, which no step changes'],
]

/** Why the condition of a name needs no counterexample; undefined if it does. */
export function reasonFor(name: string): string | undefined {
  return reasons.find(([pattern]) => pattern.test(name))?.[1]
}
