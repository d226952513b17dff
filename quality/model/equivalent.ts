/** Conditions that change nothing for a check if they are left out, by the beginning of their names, with the reason. */
export const reasons: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/ (remove|empty)\w+ /, 'Maintenance deletes only what has ended long ago'],
  [
    / (byReference|waiting|ofPerson|ofJourney|recent|ofTransaction|watched|bySuspension|eventsAfter) /,
    'A list or a search',
  ],
  [/ lock /, 'Only the order of locks on PostgreSQL'],
  [/ (newestAbout|usableAbout) /, 'A list: more checks get an event that wakes their pages'],
  [/ (revision|replaceRevision) /, 'A frozen journey, which no step changes'],
]

/** Why the condition of a name needs no counterexample; undefined if it does. */
export function reasonFor(name: string): string | undefined {
  return reasons.find(([pattern]) => pattern.test(name))?.[1]
}
