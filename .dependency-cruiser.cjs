// Who may import whom. `tools/structure.ts` runs it and makes sure that it looked at every file.

/** Folders that hold the rules of one domain each, with their store interfaces. */
const domains =
  'audit|crest|help-desk|journeys|limits|oauth|outbox|outgoing|people|realms|runtime|scripts|secrets|sessions|telemetry'
const tests = String.raw`\.test\.ts$`
/** Tests, and the suites and fixtures that only tests import. */
const testing = String.raw`\.test\.ts$|^src/store/contract/|/fixtures/|^src/store/sqlite/(temporary-folder|write-until-killed)\.ts$`

const drawers = String.raw`[/-](utils?|helpers?|common|misc)(/|\.ts$)|/(lib|types)(/|\.ts$)`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Two files that need each other are one file, or lack a third. Type imports count: a reader follows them too.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-drawers',
      comment: 'A name that fits everything says nothing: what is in it belongs with the thing it works on.',
      severity: 'error',
      from: {},
      to: { path: drawers, pathNot: 'node_modules/' },
    },
    {
      name: 'no-drawers-on-top',
      comment: 'As no-drawers, for files that nobody imports.',
      severity: 'error',
      from: { path: drawers },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'Node runs the sources as they are: what does not resolve here fails at start.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-dependencies',
      comment: 'The server is installed without devDependencies; what it imports has to be there.',
      severity: 'error',
      from: { path: '^(src|bin)/', pathNot: testing },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-tests-in-the-server',
      comment: 'What runs in production must not need what exists only for tests.',
      severity: 'error',
      from: { path: '^(src|bin)/', pathNot: testing },
      to: { path: String.raw`\.test\.ts$|^test/|^src/store/contract/|/fixtures/` },
    },
    {
      name: 'engine-is-pure',
      comment:
        'The engine is data in, data out: no Node, no clock, no randomness, nothing of ours. So it can be tested and reasoned about alone, and run in a browser.',
      severity: 'error',
      from: { path: '^src/engine/', pathNot: tests },
      to: { pathNot: ['^src/engine/', '^node_modules/zod/'] },
    },
    {
      name: 'nodes-see-ports-alone',
      comment:
        'A node type sees the world through the ports it declares; it knows the engine and nothing else of the server.',
      severity: 'error',
      from: { path: '^src/nodes/', pathNot: tests },
      to: { pathNot: ['^src/(nodes|engine)/', '^node_modules/zod/'] },
    },
    {
      name: 'lint-is-pure',
      comment:
        'What is wrong with a journey follows from what is stored and nothing else, so that a save, the command line and the console say the same. linter.ts alone reads stores.',
      severity: 'error',
      from: { path: '^src/journeys/lint/', pathNot: String.raw`^src/journeys/lint/linter\.ts$|${tests}` },
      to: {
        pathNot: [
          '^src/(journeys/lint|engine|nodes)/',
          String.raw`^src/journeys/exchange/(references|needs)\.ts$|^src/journeys/(journey-document|revision)\.ts$`,
          '^node_modules/zod/',
        ],
      },
    },
    {
      name: 'domains-know-no-edge',
      comment: 'Rules do not depend on how they are called or kept: no HTTP, no SQL, no command line.',
      severity: 'error',
      from: { path: `^src/(${domains})/`, pathNot: tests },
      to: { path: String.raw`^src/(http|store|server)/|^src/(main|config)\.ts$` },
    },
    {
      name: 'sandbox-knows-no-server',
      comment:
        'Scripts reach the server only through the calls of the script engine; the sandbox knows the engine’s JSON and state rules, and the fence of outgoing connections.',
      severity: 'error',
      from: { path: '^src/sandbox/', pathNot: tests },
      to: { path: '^src/', pathNot: '^src/(sandbox|engine|outgoing)/' },
    },
    {
      name: 'script-engine-is-the-door',
      comment:
        'The sandbox can be replaced because everybody else knows one file of it, and those who make it two things more.',
      severity: 'error',
      from: {
        pathNot: String.raw`^src/sandbox/|^src/(server/(app|script-hosts|outgoing-calls)|cli/folder-target)\.ts$|^(test|quality|tools)/`,
      },
      to: { path: '^src/sandbox/', pathNot: String.raw`^src/sandbox/script-engine\.ts$` },
    },
    {
      name: 'root-makes-the-script-engine',
      comment:
        'The composition root makes the engine and gives it its hosts, and the command line makes one to check syntax; how it works inside is none of their business.',
      severity: 'error',
      from: { path: String.raw`^src/(server/(app|script-hosts|outgoing-calls)|cli/folder-target)\.ts$` },
      to: {
        path: '^src/sandbox/',
        pathNot: String.raw`^src/sandbox/((script-engine|create-script-engine|limits|compatibility)\.ts$|hosts/)`,
      },
    },
    {
      name: 'store-behind-interfaces',
      comment:
        'Everybody else knows the store by the interfaces of the domains, so that a database can be replaced.',
      severity: 'error',
      from: {
        pathNot: String.raw`^src/store/|^src/(server/(app|account-security|bootstrap)|cli/(folder-target|migrate-command|backup-command))\.ts$|\.test\.ts$|^(test|quality)/`,
      },
      to: { path: '^src/store/', pathNot: String.raw`^src/store/cluster\.ts$` },
    },
    {
      name: 'store-implements-alone',
      comment:
        'The store implements the interfaces of domains; it neither answers requests nor runs journeys.',
      severity: 'error',
      from: { path: '^src/store/', pathNot: testing },
      to: {
        path: String.raw`^src/(http|sandbox|journeys/exchange|crest|server)/|^src/(main|config)\.ts$`,
      },
    },
    {
      name: 'http-from-the-root-alone',
      comment:
        'HTTP is an edge: it imports the domains, and only the composition root imports it, with the tool that writes the REST reference from its routes.',
      severity: 'error',
      from: {
        pathNot: String.raw`^src/http/|^src/server/app\.ts$|^(test|quality)/|^tools/(access|rest)-reference\.ts$`,
      },
      to: { path: '^src/http/' },
    },
    {
      name: 'http-runs-no-node',
      comment:
        'Requests reach nodes through journeys; the administration of node types reads the catalogue and the schemas made from it.',
      severity: 'error',
      from: { path: '^src/http/', pathNot: tests },
      to: {
        path: '^src/nodes/',
        pathNot: String.raw`^src/nodes/(catalogue|custom-node-type|designer-node|node-schema)\.ts$`,
      },
    },
    {
      name: 'root-is-the-top',
      comment: 'Only the command line and tests start the whole server.',
      severity: 'error',
      from: { pathNot: String.raw`^src/main\.ts$|^src/server/|^bin/|\.test\.ts$|^(test|quality|demo)/` },
      to: { path: String.raw`^src/(main|server/(app|bootstrap))\.ts$` },
    },
    {
      name: 'sql-in-store',
      comment: 'One folder speaks SQL.',
      severity: 'error',
      from: { path: '^(src|bin|tools|demo)/', pathNot: '^src/store/' },
      to: { path: '^node_modules/(kysely|pg)/|^(node:)?sqlite$' },
    },
    {
      name: 'fastify-in-http',
      comment: 'One folder speaks HTTP, so that the framework can be replaced.',
      severity: 'error',
      from: { path: '^(src|bin|tools|demo)/', pathNot: String.raw`^src/http/|^src/server/app\.ts$` },
      to: { path: '^node_modules/(fastify|@fastify)/' },
    },
    {
      name: 'quickjs-in-sandbox',
      comment: 'The sandbox stands behind the script engine’s interface.',
      severity: 'error',
      from: { path: '^(src|bin|tools|demo)/', pathNot: '^src/sandbox/' },
      to: { path: '^node_modules/quickjs-wasi/' },
    },
    {
      name: 'oidc-provider-in-oauth',
      comment: 'The OAuth2 library is mounted by one folder and loaded on first use: it costs 25 MB.',
      severity: 'error',
      from: { path: '^(src|bin|tools|demo)/', pathNot: '^src/oauth/' },
      to: { path: '^node_modules/oidc-provider/' },
    },
    {
      name: 'mail-in-outbox',
      comment: 'One folder speaks SMTP, and loads the library with the first mail.',
      severity: 'error',
      from: { path: '^(src|bin|tools|demo)/', pathNot: '^src/outbox/' },
      to: { path: '^node_modules/nodemailer/' },
    },
    {
      name: 'one-time-passwords-in-devices',
      comment: 'One folder knows how codes are computed; nodes ask it through a port.',
      severity: 'error',
      from: { path: '^(src|bin|tools|demo)/', pathNot: String.raw`^src/people/devices/|\.test\.ts$` },
      to: { path: '^node_modules/(otplib|@otplib)/' },
    },
    {
      name: 'passkeys-in-devices',
      comment: 'One folder knows how passkeys are checked, and loads the library with the first one.',
      severity: 'error',
      from: { path: '^(src|bin|tools|demo)/', pathNot: '^src/people/devices/' },
      to: { path: '^node_modules/@simplewebauthn/' },
    },
    {
      name: 'pages-are-ordinary-clients',
      comment: 'Pages use the public REST API only, so they import nothing from the server.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|bin|test|tools|demo|quality)/' },
    },
    {
      name: 'pages-stand-alone',
      comment: 'Pages don’t import each other. What they share is in check-model, design or api.',
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
      comment: 'One folder counts; everybody else tells it what happened.',
      severity: 'error',
      from: { path: '^(src|bin|tools|demo)/', pathNot: '^src/telemetry/metrics/' },
      to: { path: '^node_modules/prom-client/' },
    },
    {
      name: 'opentelemetry-in-traces',
      comment:
        'One file knows the library, and is loaded where somebody wants traces; everybody else knows spans.',
      severity: 'error',
      from: {
        path: '^(src|bin|tools|demo)/',
        pathNot: String.raw`^src/telemetry/traces/open-telemetry\.ts$`,
      },
      to: { path: '^node_modules/@opentelemetry/' },
    },
    {
      name: 'no-unsafe-vm',
      comment: 'node:vm is no sandbox: scripts run in quickjs-wasi or not at all.',
      severity: 'error',
      from: { path: '^(src|bin)/' },
      to: { path: '^(node:)?vm$' },
    },
    {
      name: 'demo-speaks-http',
      comment:
        'The demonstration shows what anybody can do from outside: it uses the vendor’s SDK and none of our sources.',
      severity: 'error',
      from: { path: '^demo/' },
      to: { path: '^src/' },
    },
  ],
  options: {
    // Without this, type imports do not count.
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
