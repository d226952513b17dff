import type { RuleSwitch } from '../rule-switch.ts'

const tests = ['test/http/environment.test.ts: show a secret only if placeholders may use it']

/** Switches of the rules for variables and secrets of the server. */
export const esvSwitches: readonly RuleSwitch[] = [
  {
    rule: 'S35',
    off: 'the values of secrets are in the database as they are',
    file: 'src/esvs/esv-changes.ts',
    from: "status: 'ENABLED', sealed: sealer.seal(value)",
    to: "status: 'ENABLED', sealed: value",
    tests: ['test/http/environment.test.ts: is in no file, log or audit event'],
  },
  {
    rule: 'S36',
    off: 'placeholders of every realm read every variable and secret',
    file: 'src/esvs/esvs.ts',
    from: 'return realms === undefined || realms.includes(realm)',
    to: "return realms === undefined || realm !== ''",
    tests: ['test/http/environment.test.ts: use only variables and secrets of their realm'],
  },
  {
    rule: 'S36',
    off: 'placeholders read secrets that are not for placeholders',
    file: 'src/esvs/esvs.ts',
    from: 'return known.esv.useInPlaceholders\n',
    to: "return known.esv.id !== ''\n",
    tests,
  },
  {
    rule: 'S36',
    off: 'placeholders and scripts read secrets of directories and of scripts',
    file: 'src/esvs/esvs.ts',
    from: 'if (variable === undefined || reservedVariable.test(variable)) return undefined',
    to: 'if (variable === undefined) return undefined',
    tests,
  },
  {
    rule: 'S37',
    off: 'secrets change without a recent sign-in',
    file: 'src/http/environment/secrets.ts',
    from: 'resource: secretResource, dangerous: always }',
    to: 'resource: secretResource, dangerous: { ...always, is: () => false } }',
    tests: ['test/http/fresh-sign-in.test.ts'],
  },
  {
    rule: 'S37',
    off: 'a destroyed version of a secret comes back',
    file: 'src/store/esvs.ts',
    from: ".where('status', '<>', 'DESTROYED')",
    to: ".where('status', '<>', 'GONE' as 'DESTROYED')",
    tests: ['src/store/sqlite/contracts.test.ts: a version that is not active'],
  },
  {
    rule: 'S52',
    off: 'a small setting becomes a text of any length',
    file: 'src/engine/placeholders.ts',
    from: 'if (within.length <= maxResolvedLength) return text',
    to: 'if (within.length >= 0) return text',
    tests: ['src/engine/placeholders.test.ts: texts of a list'],
  },
  {
    rule: 'S52',
    off: 'a setting has any number of placeholders',
    file: 'src/engine/placeholders.ts',
    from: 'if (within.placeholders <= maxPlaceholders) return',
    to: 'if (within.placeholders >= 0) return',
    tests: ['src/engine/placeholders.test.ts: empty variables'],
  },
  {
    rule: 'S52',
    off: 'documents of a list become texts of any length together',
    file: 'src/realms/resolved-documents.ts',
    from: 'if (spent.length > maxListLength)',
    to: 'if (spent.length < 0)',
    tests: ['src/realms/resolved-documents.test.ts: too long together'],
  },
  {
    rule: 'S52',
    off: 'a check resolves the settings of a journey to any length together',
    file: 'src/journeys/lint/placed-settings.ts',
    from: 'if (length <= maxJourneyLength) continue',
    to: 'if (length >= 0) continue',
    tests: ['src/journeys/lint/rules/esv-rules.test.ts: too long together'],
  },
]
