import type { RuleSwitch } from '../rule-switch.ts'

/** Switches for what an import may change beside journeys. */
export const importRightSwitches: readonly RuleSwitch[] = [
  {
    rule: 'S63',
    off: 'journey authors import OAuth2 clients',
    file: 'src/http/journeys/journey-import.ts',
    from: "    oauthClient: 'realm',\n",
    to: '',
    tests: ['test/http/import-rights.test.ts'],
  },
  {
    rule: 'S63',
    off: 'an import replaces the clients of the server’s own tools',
    file: 'src/journeys/exchange/tenant/plan-clients.ts',
    from: '  if (personClients.has(id)) {\n',
    to: "  if (id === '') {\n",
    tests: ['test/journeys/imported-clients.test.ts'],
  },
  {
    rule: 'S63',
    off: 'an import without a secret removes the stored one',
    file: 'src/journeys/exchange/tenant/plan-clients.ts',
    from: 'sealedSecret: before?.sealedSecret,',
    to: 'sealedSecret: undefined,',
    tests: ['test/journeys/imported-clients.test.ts'],
  },
  {
    rule: 'S63',
    off: 'a plan sums up many origins',
    file: 'src/journeys/exchange/tenant/setting-changes.ts',
    from: "const openingLists = ['corsOrigins', ",
    to: 'const openingLists = [',
    tests: ['test/journeys/imported-services.test.ts'],
  },
  {
    rule: 'S63',
    off: 'an import replaces a client that changed since',
    file: 'src/store/oauth-clients.ts',
    from: "    .where('document', '=', $.readDocument)\n",
    to: "    .where('document', '<>', '')\n",
    tests: ['src/store/sqlite/contracts.test.ts: saves OAuth2 clients with the journeys'],
  },
]
