// Import rules. `tools/structure.ts` runs them and checks that no file was skipped.

/** The folders of `src`, from the ground up. A folder imports only those before it. */
const floors = [
  ['base', 'engine', 'nodes', 'walks', 'outgoing', 'sandbox'],
  // Domains: rules and store interfaces.
  [
    'crest',
    'limits',
    'secrets',
    'telemetry',
    'attributes',
    'realms',
    'esvs',
    'audit',
    'scripts',
    'outbox',
    'sessions',
  ],
  ['people', 'oauth', 'journeys', 'help-desk', 'starters', 'runtime'],
  ['store', 'http', 'server', 'testing', 'dev', 'cli'],
]
const [, lowDomains, highDomains] = floors
const domains = [...lowDomains, ...highDomains].join('|')
const folders = floors.flat()
const tests = String.raw`\.test\.ts$`
/** Tests, and the suites and fixtures that only tests import. */
const testing = String.raw`\.test\.ts$|^src/store/contract/|/fixtures/|^src/store/sqlite/(temporary-folder|write-until-killed)\.ts$`

/** The part of `base` without clock and randomness. */
const pureBase = String.raw`^src/base/(?!clock\.ts|contention\.ts)`

const drawers = String.raw`[/-](utils?|helpers?|common|misc)(/|\.ts$)|/(lib|types)(/|\.ts$)`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Two files that import each other are one file, or need a third. Type imports count, because readers follow them too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...folders.map((folder, floor) => ({
      name: `nothing-above-${folder}`,
      comment:
        'Folders stand in one order, so that a reader knows where to go on, and a change reaches only what is above it.',
      severity: 'error',
      from: { path: `^src/${folder}/`, pathNot: tests },
      to: { path: `^src/(${folders.slice(floor + 1).join('|')})/` },
    })),
    {
      name: 'known-folders',
      comment: 'The order of the folders is stated above, so a new folder needs its place in it.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${folders.join('|')})/` },
      to: {},
    },
    {
      name: 'three-files-on-top',
      comment:
        'A loose file belongs to no part of the house. Only the program and its settings stand in src itself.',
      severity: 'error',
      from: { path: '^src/[^/]+$', pathNot: String.raw`^src/(main|config(\.test)?)\.ts$` },
      to: {},
    },
    {
      name: 'no-drawers',
      comment: 'A name that fits everything says nothing. Code belongs to the thing that it works on.',
      severity: 'error',
      from: {},
      to: { path: drawers, pathNot: 'node_modules/' },
    },
    {
      name: 'no-drawers-on-top',
      comment: 'The same as no-drawers, for files that have no importer.',
      severity: 'error',
      from: { path: drawers },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'Node runs the sources unbundled, so an import that doesn’t resolve fails at start.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-packages',
      comment: 'A package that package.json doesn’t name can disappear with the next update of another.',
      severity: 'error',
      from: { path: '^(src|bin)/', pathNot: testing },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-tests-in-the-server',
      comment: 'Production code doesn’t import test code.',
      severity: 'error',
      from: { path: '^(src|bin)/', pathNot: testing },
      to: { path: String.raw`\.test\.ts$|^test/|^src/store/contract/|/fixtures/` },
    },
    {
      name: 'engine-is-pure',
      comment:
        'The engine is pure: no Node, no clock, no randomness. It can be tested alone and run in a browser.',
      severity: 'error',
      from: { path: '^src/engine/', pathNot: tests },
      to: { pathNot: ['^src/engine/', pureBase, '^node_modules/zod/'] },
    },
    {
      name: 'nodes-see-ports-alone',
      comment:
        'A node type reaches the server only through the ports that it declares, and imports only the engine, base, zod and JSONPath.',
      severity: 'error',
      from: { path: '^src/nodes/', pathNot: tests },
      to: { pathNot: ['^src/(nodes|engine)/', pureBase, '^node_modules/(zod|json-p3)/'] },
    },
    {
      name: 'lint-is-pure',
      comment:
        'Findings depend only on stored configuration, so that a save, the command line and the console report the same. Only linter.ts reads stores.',
      severity: 'error',
      from: { path: '^src/journeys/lint/', pathNot: String.raw`^src/journeys/lint/linter\.ts$|${tests}` },
      to: {
        pathNot: [
          '^src/(journeys/lint|engine|nodes)/',
          pureBase,
          String.raw`^src/journeys/exchange/(references|needs)\.ts$|^src/journeys/(journey-document|revision)\.ts$`,
          '^node_modules/zod/',
        ],
      },
    },
    {
      name: 'walks-are-pure',
      comment:
        'Walks are written in the same way by a server, a recorder and the explorer, so writing them needs none of these.',
      severity: 'error',
      from: { path: '^src/walks/', pathNot: tests },
      to: { pathNot: ['^src/(walks|engine)/', pureBase, '^node_modules/(yaml|zod)/'] },
    },
    {
      name: 'domains-know-no-edge',
      comment: 'Domains don’t depend on how they are called or stored: no HTTP, no SQL, no command line.',
      severity: 'error',
      from: { path: `^src/(${domains})/`, pathNot: tests },
      to: { path: String.raw`^src/(http|store|server)/|^src/(main|config)\.ts$` },
    },
    {
      name: 'sandbox-knows-no-server',
      comment:
        'Scripts reach the server only through host calls. The sandbox imports the engine’s JSON and state rules and the fence for outgoing connections.',
      severity: 'error',
      from: { path: '^src/sandbox/', pathNot: tests },
      to: { path: '^src/', pathNot: '^src/(sandbox|engine|outgoing|base)/' },
    },
    {
      name: 'script-engine-is-the-door',
      comment: 'The sandbox can be replaced, because other folders import only script-engine.ts.',
      severity: 'error',
      from: {
        pathNot: String.raw`^src/sandbox/|^src/(server|testing|dev)/|^src/cli/(script-checks|(explore|init|test)-command)\.ts$|^(test|quality|tools)/`,
      },
      to: { path: '^src/sandbox/', pathNot: String.raw`^src/sandbox/script-engine\.ts$` },
    },
    {
      name: 'root-makes-the-script-engine',
      comment:
        'server/ creates the script engine and its hosts, and the command line creates one to check syntax. Neither imports its internals.',
      severity: 'error',
      from: {
        path: String.raw`^src/(server|testing)/|^src/cli/(script-checks|(explore|init|test)-command)\.ts$`,
      },
      to: {
        path: '^src/sandbox/',
        pathNot: String.raw`^src/sandbox/((script-engine|create-script-engine|script-coverage|limits|compatibility)\.ts$|hosts/)`,
      },
    },
    {
      name: 'store-behind-interfaces',
      comment:
        'Other folders use the store through the interfaces of the domains, so that a database can be replaced.',
      severity: 'error',
      from: {
        pathNot: String.raw`^src/(store|server)/|^src/cli/(folder-target|migrate-command|backup-command)\.ts$|^src/testing/world/world-host\.ts$|\.test\.ts$|^(test|quality)/`,
      },
      to: { path: '^src/store/', pathNot: String.raw`^src/store/cluster\.ts$` },
    },
    {
      name: 'store-implements-alone',
      comment:
        'The store implements interfaces of the domains and knows nothing about HTTP, scripts or exports.',
      severity: 'error',
      from: { path: '^src/store/', pathNot: testing },
      to: {
        path: String.raw`^src/(http|sandbox|journeys/exchange|crest|server)/|^src/(main|config)\.ts$`,
      },
    },
    {
      name: 'http-from-the-root-alone',
      comment:
        'HTTP is an edge: only server/ imports it, dev/ that adds routes, testing/ that plays its clients, and the tools that write references from its routes.',
      severity: 'error',
      from: {
        pathNot: String.raw`^src/(http|server|testing|dev)/|^(test|quality)/|^tools/(access|rest)-reference\.ts$`,
      },
      to: { path: '^src/http/' },
    },
    {
      name: 'http-runs-no-node',
      comment:
        'Requests reach nodes through journeys. The administration of node types reads the catalogue and the schemas made from it.',
      severity: 'error',
      from: { path: '^src/http/', pathNot: tests },
      to: {
        path: '^src/nodes/',
        pathNot: String.raw`^src/nodes/(catalogue|custom-node-type|designer-node|node-schema|settings-of)\.ts$`,
      },
    },
    {
      name: 'root-is-the-top',
      comment: 'Only the command line, `sidegate dev`, worlds of walks and tests start the server.',
      severity: 'error',
      from: {
        pathNot: String.raw`^src/main\.ts$|^src/dev/dev-server\.ts$|^src/(server|testing/world)/|^bin/|\.test\.ts$|^(test|quality|demo)/`,
      },
      to: { path: String.raw`^src/(main|server/(app|bootstrap))\.ts$` },
    },
    {
      name: 'testing-is-on-top',
      comment: 'A server needs nothing that only tests of journeys need.',
      severity: 'error',
      from: { pathNot: '^src/(testing|dev|cli)/|^(test|quality|tools)/' },
      to: { path: '^src/(testing|dev)/' },
    },
    {
      name: 'sql-in-store',
      comment: 'Only store/ uses SQL.',
      severity: 'error',
      from: { path: '^(src|bin|tools|demo)/', pathNot: '^src/store/' },
      to: { path: '^node_modules/(kysely|pg)/|^(node:)?sqlite$' },
    },
    {
      name: 'fastify-in-http',
      comment: 'Only http/ uses the HTTP framework, so that it can be replaced.',
      severity: 'error',
      from: { path: '^(src|bin|tools|demo)/', pathNot: '^src/http/' },
      to: { path: '^node_modules/(fastify|@fastify)/' },
    },
    {
      name: 'quickjs-in-sandbox',
      comment: 'Only sandbox/ uses QuickJS.',
      severity: 'error',
      from: { path: '^(src|bin|tools|demo)/', pathNot: '^src/sandbox/' },
      to: { path: '^node_modules/quickjs-wasi/' },
    },
    {
      name: 'oidc-provider-in-oauth',
      comment: 'Only oauth/ uses the OAuth2 library, and loads it on first use because it costs 25 MB.',
      severity: 'error',
      from: { path: '^(src|bin|tools|demo)/', pathNot: '^src/oauth/' },
      to: { path: '^node_modules/oidc-provider/' },
    },
    {
      name: 'mail-in-outbox',
      comment: 'Only outbox/ uses SMTP, and loads the library for the first email.',
      severity: 'error',
      from: { path: '^(src|bin|tools|demo)/', pathNot: '^src/outbox/' },
      to: { path: '^node_modules/nodemailer/' },
    },
    {
      name: 'one-time-passwords-in-devices',
      comment:
        'Only people/devices/ computes one-time passwords, and walks as an app does. Nodes use it through a port.',
      severity: 'error',
      from: {
        path: '^(src|bin|tools|demo)/',
        pathNot: String.raw`^src/people/devices/|^src/testing/totp\.ts$|\.test\.ts$`,
      },
      to: { path: '^node_modules/(otplib|@otplib)/' },
    },
    {
      name: 'passkeys-in-devices',
      comment: 'Only people/devices/ checks passkeys, and loads the library for the first one.',
      severity: 'error',
      from: { path: '^(src|bin|tools|demo)/', pathNot: '^src/people/devices/' },
      to: { path: '^node_modules/@simplewebauthn/' },
    },
    {
      name: 'contract-stands-alone',
      comment:
        'The contract describes the wire for the server, the pages and the docs, so it imports nothing but zod.',
      severity: 'error',
      from: { path: '^contract/' },
      to: { pathNot: ['^contract/', '^node_modules/zod/'] },
    },
    {
      name: 'contract-is-for-the-edges',
      comment:
        'Domains don’t depend on how they are called: HTTP, the pages’ client and the documentation tools import the contract.',
      severity: 'error',
      from: { pathNot: '^(contract|src/http|src/testing|src/dev|web/api|test|tools)/' },
      to: { path: '^contract/' },
    },
    {
      name: 'reports-draw-like-the-editor',
      comment:
        'Reports of coverage draw journeys with the editor’s model, so that both look alike. Nothing else of the pages runs outside a browser.',
      severity: 'error',
      from: { path: '^(src|bin)/' },
      to: { path: '^web/', pathNot: '^web/console/editor/model/' },
    },
    {
      name: 'only-reports-draw',
      comment: 'Only the reports of coverage draw journeys outside a browser.',
      severity: 'error',
      from: { path: '^(src|bin)/', pathNot: '^src/testing/coverage/html/' },
      to: { path: '^web/' },
    },
    {
      name: 'pages-are-ordinary-clients',
      comment:
        'Pages use the public REST API only, so they import its contract and nothing else from outside.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|bin|test|tools|demo|quality)/' },
    },
    {
      name: 'pages-stand-alone',
      comment: 'Pages don’t import each other. What they share is in check-model, design, translate or api.',
      severity: 'error',
      from: { path: '^web/(sign-in|desk|console)/' },
      to: { path: '^web/(sign-in|desk|console)/', pathNot: '^web/$1/' },
    },
    {
      name: 'api-renders-nothing',
      comment: 'The client of the REST API knows nothing about components.',
      severity: 'error',
      from: { path: '^web/api/' },
      to: { path: '^web/(?!api/)|^node_modules/(react|react-dom|@mantine)/' },
    },
    {
      name: 'sign-in-is-light',
      comment:
        'The sign-in page is limited to 120 KB of script and has no style nonce: no Mantine, no icon set, no router.',
      severity: 'error',
      from: { path: '^web/(sign-in|api|design/[^/]+$)' },
      to: { path: 'node_modules/(@mantine|@tabler|@tanstack|@xyflow|@codemirror)/|^web/design/mantine/' },
    },
    {
      name: 'prom-client-in-metrics',
      comment: 'Only telemetry/metrics/ counts. Other folders report events to it.',
      severity: 'error',
      from: { path: '^(src|bin|tools|demo)/', pathNot: '^src/telemetry/metrics/' },
      to: { path: '^node_modules/prom-client/' },
    },
    {
      name: 'opentelemetry-in-traces',
      comment:
        'One file uses OpenTelemetry, and is loaded only if traces are exported. Other files know spans.',
      severity: 'error',
      from: {
        path: '^(src|bin|tools|demo)/',
        pathNot: String.raw`^src/telemetry/traces/open-telemetry\.ts$`,
      },
      to: { path: '^node_modules/@opentelemetry/' },
    },
    {
      name: 'no-unsafe-vm',
      comment: 'node:vm is not a sandbox. Scripts run in quickjs-wasi.',
      severity: 'error',
      from: { path: '^(src|bin)/' },
      to: { path: '^(node:)?vm$' },
    },
    {
      name: 'demo-speaks-http',
      comment: 'The demo is a client: it uses the vendor’s SDK and none of our sources.',
      severity: 'error',
      from: { path: '^demo/' },
      to: { path: '^src/' },
    },
  ],
  options: {
    // Counts type imports.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^web/dist/' },
    builtInModules: { add: ['node:sqlite', 'sqlite'] },
  },
}
