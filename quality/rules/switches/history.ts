import type { RuleSwitch } from '../rule-switch.ts'

const versionTests = 'test/http/versions.test.ts'
const kindsTest = `${versionTests}: an author needs the rights of a save for each kind`

/** Switches for the history of configured things. */
export const historySwitches: readonly RuleSwitch[] = [
  {
    rule: 'R1',
    off: 'an agent reads who changed what',
    file: 'src/http/journeys/versions.ts',
    from: "const access = 'journeys'",
    to: "const access = 'staff'",
    tests: [`${versionTests}: an author of another realm, an agent and anonymous callers get nothing`],
  },
  {
    rule: 'R1',
    off: 'a journey author restores node types that run in every realm',
    file: 'src/http/journeys/versions.ts',
    from: "use === 'restore') return rights.may('administrator', '/')",
    to: "use === 'restore') return rights.may('journeys', realm)",
    tests: [kindsTest],
  },
  {
    rule: 'R1',
    off: 'a journey author reads and restores themes and realm settings',
    file: 'src/http/journeys/versions.ts',
    from: "return rights.may('realm', realm)",
    to: "return rights.may('journeys', realm)",
    tests: [kindsTest],
  },
  {
    rule: 'R1',
    off: 'a journey author reads and restores the email templates of all realms',
    file: 'src/http/journeys/versions.ts',
    from: "own === everyRealm) return rights.may('administrator', '/')",
    to: "own === everyRealm) return rights.may('journeys', realm)",
    tests: [kindsTest],
  },
  {
    rule: 'R1',
    off: 'a journey author restores node types together with a journey',
    file: 'src/http/journeys/restore-version.ts',
    from: 'mayWrite: kindsFor(await call.rights(), call.realm.path)',
    to: 'mayWrite: () => kindsFor !== undefined',
    tests: [`${versionTests}: an author cannot restore a custom node type with a journey that needs it`],
  },
  {
    rule: 'S06',
    off: 'a restore of realm settings sends the bind password to an old server',
    file: 'src/http/journeys/restore-version.ts',
    from: '  await requireDirectoryChange(call, requested.directory)\n',
    to: '  void requireDirectoryChange\n',
    tests: [
      `${versionTests}: a realm administrator cannot send the directory’s secret elsewhere by a restore`,
    ],
  },
  {
    rule: 'R9',
    off: 'secrets that an earlier version stored stay readable in the history',
    file: 'src/server/sealed-settings.ts',
    from: '    hasChanged = (await sealVersions(stores, sealer)) || hasChanged\n',
    to: '    void sealVersions\n',
    tests: ['test/http/secret-settings.test.ts: is sealed by the first start, and the plain text is gone'],
  },
  {
    rule: 'R9',
    off: 'versions show the sealed secrets of nodes',
    file: 'src/http/journeys/versions.ts',
    from: '[id, withoutSealed(config)]',
    to: '[id, config]',
    tests: [`${versionTests}: a restore keeps secrets and never shows them`],
  },
]
