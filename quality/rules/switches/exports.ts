import type { RuleSwitch } from '../rule-switch.ts'

const tests = ['test/journeys/full-exports.test.ts']

/** Switches for what an import of a whole tenant may bring. */
export const exportSwitches: readonly RuleSwitch[] = [
  {
    rule: 'S47',
    off: 'kept settings are stored with their secrets',
    file: 'src/journeys/exchange/kept-documents.ts',
    from: 'const { value, count } = withoutSecrets(parsed.data.value)',
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
    off: 'an import of which something is unreadable imports the rest',
    file: 'src/journeys/exchange/plan.ts',
    from: "(kind === 'unreadable' && !leavesOutUnreadable)",
    to: 'false',
    tests: [...tests, 'src/http/journeys/journey-import.test.ts'],
  },
]
