import type { RuleSwitch } from '../rule-switch.ts'

const guesses = 'src/limits/guesses.ts'
const guessesTest = 'src/limits/guesses.test.ts'
const guessing = 'test/people/second-factor-guessing.test.ts'
const weapon = 'test/people/lockout-weapon.test.ts'
const knownBrowsers = 'src/sessions/known-browsers.ts'
const knownBrowsersTest = 'src/sessions/known-browsers.test.ts'

/** Switches off the counting of attempts in one node, so that its credential is always checked. */
function uncounted(node: string, from: string, off: string): RuleSwitch {
  return {
    rule: 'S05',
    off,
    file: `src/nodes/${node}.ts`,
    from,
    to: '(async (check) => check())(',
    tests: [`src/nodes/${node}.test.ts`],
  }
}

const countedFactors: readonly RuleSwitch[] = [
  uncounted(
    'multi-factor/oath-token-verifier',
    "attempts.check('oath', person._id, ",
    'codes of an app can be guessed without limit',
  ),
  uncounted(
    'multi-factor/one-time-password-collector-decision',
    "attempts.check('code', person?._id, ",
    'emailed codes can be guessed without limit',
  ),
  uncounted(
    'multi-factor/recovery-code-collector-decision',
    "attempts.check('recovery', personId, ",
    'recovery codes can be guessed without limit',
  ),
  uncounted(
    'identity-management/kba-verify',
    "attempts.check('kba', person._id, ",
    'security questions can be guessed without limit',
  ),
  uncounted(
    'multi-factor/webauthn-authentication',
    "attempts.check('webauthn', person?._id, ",
    'signatures of passkeys can be tried without limit',
  ),
  uncounted(
    'multi-factor/device-signing-verifier',
    "context.attempts.check('binding', person._id, ",
    'signatures of bound devices can be tried without limit',
  ),
]

const guessedFactors: readonly RuleSwitch[] = [
  {
    rule: 'S05',
    off: 'a locked factor is still checked',
    file: 'src/runtime/ports/bind-ports.ts',
    from: "if (standing.kind === 'locked')",
    to: 'if (false)',
    tests: [guessing],
    attack: 'second-factor guessing',
  },
  {
    rule: 'S05',
    off: 'an attacker with many addresses has a hundred attempts from each',
    file: guesses,
    from: "if (inARow.kind === 'full') return { kind: 'locked' }",
    to: '',
    tests: [guessesTest],
  },
  {
    rule: 'S05',
    off: 'an attacker gets new attempts at the authenticator app every day',
    file: guesses,
    from: "new Set(['oath', 'recovery'])",
    to: 'new Set()',
    tests: [guessesTest],
  },
  {
    rule: 'S05',
    off: 'a success of one factor clears the count of another',
    file: guesses,
    from: 'function prefixOf({ realm, owner, factor }: Guess): string {',
    to: "function prefixOf({ realm, owner, factor }: Guess): string { factor = 'code'",
    tests: [guessesTest],
  },
  {
    rule: 'S05',
    off: 'wrong codes of many people from one address are not counted',
    file: 'src/runtime/ports/bind-ports.ts',
    from: 'place.isKnown ? counted() : guardedByAddress(run, counted)',
    to: 'counted()',
    tests: [guessing],
  },
  {
    rule: 'S05',
    off: 'a code of an app can be used twice',
    file: 'src/nodes/multi-factor/oath-check.ts',
    from: 'found * interval <= device.lastLogin',
    to: 'false',
    tests: ['src/nodes/multi-factor/oath-token-verifier.test.ts'],
  },
  {
    rule: 'S05',
    off: 'concurrent sign-ins use one code, and count one failure',
    file: 'src/people/identity-unit.ts',
    from: 'seen !== existing.rev',
    to: 'false',
    tests: ['src/people/identity-unit.test.ts'],
  },
  {
    rule: 'S05',
    off: 'each sign-in with a known password gives a hundred attempts at the second factor',
    file: knownBrowsers,
    from: 'return isProven ? entry.id : undefined',
    to: 'return entry.id',
    tests: [knownBrowsersTest],
  },
]

const lockouts: readonly RuleSwitch[] = [
  {
    rule: 'S12',
    off: 'wrong passwords from one address lock the person everywhere',
    file: guesses,
    from: 'sourceOf(guess.origin.address)',
    to: "'anywhere'",
    tests: [weapon],
  },
  {
    rule: 'S12',
    off: 'an attacker can lock the owner out of a known browser',
    file: guesses,
    from: 'if (failures < maxFailuresInARow)',
    to: 'if (false)',
    tests: [weapon],
    attack: 'lockout weapon',
  },
  {
    rule: 'S12',
    off: 'a known browser has unlimited attempts',
    file: guesses,
    from: 'if (failures < maxFailuresInARow)',
    to: 'if (true)',
    tests: [guessesTest],
  },
  {
    rule: 'S12',
    off: 'an attacker with many addresses can try passwords without limit',
    file: 'src/people/identity.ts',
    from: 'return count >= policy.maxFailuresInARow &&',
    to: 'return false &&',
    tests: ['src/people/passwords/password-check.test.ts'],
  },
  {
    rule: 'S12',
    off: 'anyone can forge the cookie of a known browser',
    file: knownBrowsers,
    from: '&& this.#isSigned(entry, owner)',
    to: '',
    tests: [knownBrowsersTest],
  },
  {
    rule: 'S12',
    off: 'an attacker in the same office can block the whole office',
    file: 'src/runtime/ports/guarded-passwords.ts',
    from: 'isKnown ? check() : guardedByAddress(run, check)',
    to: 'guardedByAddress(run, check)',
    tests: [weapon],
  },
  {
    rule: 'S12',
    off: 'an attack on an account raises no alarm',
    file: 'src/runtime/ports/address-guard.ts',
    from: 'if (person === undefined) return',
    to: 'return',
    tests: [weapon],
    attack: 'lockout weapon',
  },
  {
    rule: 'S12',
    off: 'an attack floods the audit trail with alarms',
    file: guesses,
    from: "return (await this.#limits.take(alarm)).kind === 'taken'",
    to: 'return true',
    tests: [guessesTest],
  },
]

const passwords: readonly RuleSwitch[] = [
  {
    rule: 'S24',
    off: 'the passwords that attackers try first are allowed',
    file: 'src/attributes/common-passwords.ts',
    from: 'if (commonPasswords().has(unitOf(plain))) return true',
    to: '',
    tests: ['src/attributes/common-passwords.test.ts', 'src/attributes/policies.test.ts'],
  },
  {
    rule: 'S24',
    off: 'the name of the organisation with a number is a password',
    file: 'src/attributes/common-passwords.ts',
    from: 'return rest !== plain && rest.length < ownCharacters',
    to: 'return false',
    tests: ['src/attributes/common-passwords.test.ts'],
  },
  {
    rule: 'S24',
    off: 'eight characters are enough if the password is the only factor',
    file: 'src/realms/people-settings.ts',
    from: 'minLength: z.int().min(1).max(128).default(15)',
    to: 'minLength: z.int().min(1).max(128).default(8)',
    tests: ['test/people/common-passwords.test.ts'],
  },
  {
    rule: 'S20',
    off: 'two usernames can look alike',
    file: 'src/attributes/policies.ts',
    from: "name === name.normalize('NFKC')",
    to: 'true',
    tests: ['src/attributes/policies.test.ts'],
  },
]

/** Switches for second factors, lockouts and passwords. */
export const secondFactorSwitches: readonly RuleSwitch[] = [
  ...countedFactors,
  ...guessedFactors,
  ...lockouts,
  ...passwords,
]
