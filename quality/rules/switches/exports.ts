import type { RuleSwitch } from '../rule-switch.ts'

const tests = ['test/journeys/full-exports.test.ts']

/** Switches for what an import of a whole tenant may bring. */
export const exportSwitches: readonly RuleSwitch[] = [
  {
    rule: 'S47',
    off: 'kept settings are stored with their secrets',
    file: 'src/journeys/exchange/kept-documents.ts',
    from: 'const { value, count } = withoutSecrets(parsed.data.value, secretNamesIn(parsed.data))',
    to: 'const { value, count } = { ...withoutSecrets(parsed.data.value), value: parsed.data.value }',
    tests,
  },
  {
    rule: 'S47',
    off: 'journey authors may import settings of any kind',
    file: 'src/http/journeys/journey-import.ts',
    from: "    keptDocument: 'realm',\n",
    to: '',
    tests: ['test/http/roles.test.ts'],
  },
  {
    rule: 'S47',
    off: 'journey authors may export the settings that a realm keeps',
    file: 'src/http/journeys/journey-import.ts',
    from: "({ kind }) => kind !== 'theme' && kind !== keptKind",
    to: "({ kind }) => kind !== 'theme'",
    tests: ['test/http/roles.test.ts'],
  },
  {
    rule: 'S47',
    off: 'the values of secrets in files are stored',
    file: 'src/journeys/exchange/kept-documents.ts',
    from: "if (!('kind' in read) || read.kind !== 'secret') return { document, count: 0 }",
    to: 'if (read !== undefined) return { document, count: 0 }',
    tests: ['test/journeys/tenant-settings.test.ts'],
  },
  {
    rule: 'S47',
    off: 'administrators of one realm may set variables of all realms',
    file: 'src/http/journeys/journey-import.ts',
    from: "    serverVariable: 'administrator',\n",
    to: "    serverVariable: 'realm',\n",
    tests: ['test/http/roles.test.ts'],
  },
  {
    rule: 'S47',
    off: 'people who may not write settings of a realm learn from a plan what they are',
    file: 'src/journeys/exchange/tenant/plan-tenant.ts',
    from: 'mayWrite(realmSettingKind)\n',
    to: 'realmSettingKind !== undefined\n',
    tests: ['test/http/roles.test.ts'],
  },
  {
    rule: 'S47',
    off: 'exports show the variables of the server to everybody',
    file: 'src/http/journeys/journey-import.ts',
    from: "return isReached && (await call.rights()).may('administrator', call.realm.path)",
    to: "return isReached && (await call.rights()).may('journeys', call.realm.path)",
    tests: ['test/http/roles.test.ts'],
  },
  {
    rule: 'S47',
    off: 'a token without a scope for variables sets them by an import',
    file: 'src/http/journeys/journey-import.ts',
    from: '(isReached || kind !== serverVariableKind)',
    to: '(isReached || kind !== undefined)',
    tests: ['test/http/service-accounts.test.ts'],
  },
  {
    rule: 'S47',
    off: 'an import of which something is unreadable imports the rest',
    file: 'src/journeys/exchange/plan.ts',
    from: "(kind === 'unreadable' && !leavesOutUnreadable)",
    to: 'false',
    tests: [...tests, 'src/http/journeys/journey-import.test.ts'],
  },
]
