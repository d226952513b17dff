import type { RuleSwitch } from '../rule-switch.ts'

const stale = 'src/runtime/stale-proofs.ts'
const tests = 'test/people/removed-people.test.ts'
const sqlite = 'src/store/sqlite/contracts.test.ts'

/** Switches for what a removed person leaves behind. */
export const removedPeopleSwitches: readonly RuleSwitch[] = [
  {
    rule: 'S62',
    off: 'a journey of a removed person signs in the next one with the name',
    file: stale,
    from: 'for (const before of known) {',
    to: 'for (const before of known.slice(known.length)) {',
    tests: [`${tests}: a sign-in with Proven`, `${tests}: a sign-in with Named`],
  },
  {
    rule: 'S62',
    off: 'only another id is another person',
    file: stale,
    from: '(now.id !== before.id || now.createdAt !== before.createdAt)',
    to: 'now.id !== before.id',
    tests: [`${tests}: a sign-in with Proven`, `${tests}: a sign-in with Named`],
  },
  {
    rule: 'S62',
    off: 'only people with a later creation are others',
    file: stale,
    from: '(now.id !== before.id || now.createdAt !== before.createdAt)',
    to: 'now.createdAt > before.createdAt && now.id === before.id',
    tests: [`${tests}: a person who was renamed`],
  },
  {
    rule: 'S62',
    off: 'a sign-in of a removed person is saved',
    file: 'src/store/sessions.ts',
    from: ".where('identities.createdAt', '=', personCreatedAt)",
    to: ".where('identities.createdAt', '<>', -personCreatedAt)",
    tests: [`${sqlite}: signs in a person whom the step creates`],
  },
  {
    rule: 'S62',
    off: 'a sign-in that commits during a removal leaves a session',
    file: 'src/store/sessions.ts',
    from: '.forKeyShare(),',
    to: ',',
    tests: ['src/store/postgres/contracts.test.ts: leaves no session of a person who is removed'],
  },
  {
    rule: 'S62',
    off: 'the persistent cookie of a removed person counts for the next one with the id',
    file: 'src/sessions/persistent-cookies.ts',
    from: 'return personCreatedAt === undefined ? issuedAt >= createdAt : personCreatedAt === createdAt',
    to: 'return createdAt > 0 || personCreatedAt === issuedAt',
    tests: [`${tests}: a persistent cookie`, 'src/sessions/persistent-cookies.test.ts: tells a cookie'],
  },
]
