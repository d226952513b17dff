import type { RuleSwitch } from '../rule-switch.ts'

const kept = 'src/realms/kept-document.test.ts'
const shapes = 'src/secrets/secret-shapes.test.ts'
const exported = 'src/journeys/exchange/kept-documents.test.ts'
const tenant = 'test/http/tenant-documents.test.ts'
const foreign = 'src/http/foreign/foreign.test.ts'
const listed = 'src/http/foreign/kept-settings.test.ts'
const reach = 'test/http/roles.test.ts: realm administrators reach by the paths'
const inline = 'src/http/journeys/inline-nodes.test.ts: writes nodes of its own realm only'

/** Switches for settings that are only kept, and for nodes in the body of a journey. */
export const keptSettingSwitches: readonly RuleSwitch[] = [
  {
    rule: 'S57',
    off: 'kept settings have their credentials',
    file: 'src/realms/kept-document.ts',
    from: 'isCredential(name, value) || isPrivateMember(object, name) ? null : cleaned(value)',
    to: 'isPrivateMember(object, name) ? null : cleaned(value)',
    tests: [kept, 'src/http/foreign/foreign.test.ts: never contains a credential'],
  },
  {
    rule: 'S57',
    off: 'fewer names are those of credentials',
    file: 'src/base/looks-secret.ts',
    from: '|hmac|mac|api|access|subscription|master) ?key',
    to: '|mac|api|access|master) ?key',
    tests: ['src/base/looks-secret.test.ts', 'test/operations/secret-names.test.ts'],
  },
  {
    rule: 'S57',
    off: 'kept settings have credentials in lists and objects',
    file: 'src/realms/kept-document.ts',
    from: "if (typeof value === 'boolean' ||",
    to: "if (typeof value === 'boolean' || typeof value === 'object' ||",
    tests: [kept],
  },
  {
    rule: 'S57',
    off: 'kept settings have private keys under other names',
    file: 'src/realms/kept-document.ts',
    from: 'if (isSecretForm(value)) return null',
    to: 'if (value === undefined) return null',
    tests: [kept],
  },
  {
    rule: 'S57',
    off: 'private keys count only in PEM',
    file: 'src/secrets/secret-shapes.ts',
    from: "return bytes.includes('PRIVATE KEY-----') || isPrivateDer(bytes)",
    to: "return bytes.includes('PRIVATE KEY-----')",
    tests: [shapes, kept],
  },
  {
    rule: 'S57',
    off: 'an import keeps secrets that are deep below their name',
    file: 'src/journeys/exchange/kept-documents.ts',
    from: 'clean(member, inherits || isSecretName(name) || isPrivateMember(value, name))',
    to: 'clean(member, isSecretName(name) || isPrivateMember(value, name))',
    tests: [exported],
  },
  {
    rule: 'S47',
    off: 'everyone who administers a realm sees settings of the whole server in it',
    file: 'src/http/foreign/kept-settings.ts',
    from: '(isServers || !ofServer.has(kind))',
    to: '(isServers || kind !== undefined)',
    tests: [`${listed}: settings of the whole server are listed`],
  },
  {
    rule: 'S47',
    off: 'a token removes configuration of the identity management without its scope',
    file: 'src/http/foreign/kept-settings.ts',
    from: '(reachesIdentities || !ofIdentityManagement.has(kind))',
    to: '(reachesIdentities || kind !== undefined)',
    tests: [`${listed}: a token reaches configuration`],
  },
  {
    rule: 'S53',
    off: 'settings of a tenant are saved over those of a concurrent request',
    file: 'src/store/journey-configuration.ts',
    from: '(await database.write([count, ...unit])).kind',
    to: '(await database.write([countVersionUp, ...unit])).kind',
    tests: ['src/store/sqlite/contracts.test.ts: settings of several realms', tenant],
  },
  {
    rule: 'S53',
    off: 'a realm that cannot have a document leaves the others changed',
    file: 'src/http/realms/identity-management/change-tenant.ts',
    from: '    if (!(await configuration.saveRealms(planned.changes, version, mark))) continue\n',
    to: `    for (const change of planned.changes)
      await configuration.saveRealms([change], await configuration.version(), mark)\n`,
    tests: ['src/store/sqlite/contracts.test.ts: settings of several realms', tenant],
  },
  {
    rule: 'S53',
    off: 'a realm keeps documents of any size together',
    file: 'src/realms/limited-documents.ts',
    from: 'if (more <= 0 || characters + more <= maxKeptCharacters) return',
    to: 'if (more <= 0 || maxKeptCharacters > 0) return',
    tests: ['src/realms/limited-documents.test.ts'],
  },
  {
    rule: 'S53',
    off: 'a write of themes undoes what another administrator saved after it was read',
    file: 'src/http/realms/themes.ts',
    from: '    checkPreconditions(call, await themesDocument(from, rights))\n',
    to: '',
    tests: ['test/http/themes.test.ts: for one revision are written once'],
  },
  {
    rule: 'S53',
    off: 'a revision of one realm lets a write replace the documents of all',
    file: 'src/http/realms/identity-management/configuration-routes.ts',
    from: 'const isShared = documents.every(',
    to: 'const isShared = documents.some(',
    tests: [`${tenant}: a revision is of the documents of all realms`],
  },
  {
    rule: 'S61',
    off: 'the list of themes has those of every realm',
    file: 'src/http/realms/themes.ts',
    from: "filter((realm) => rights.may('realm', realm.path))",
    to: 'filter((realm) => realm.isActive)',
    tests: [reach],
  },
  {
    rule: 'S61',
    off: 'a realm administrator reads configuration of the whole server',
    file: 'src/http/foreign/kept-entities.ts',
    from: "      access: 'administrator',\n",
    to: "      access: 'realm',\n      actsOn: async () => '/alpha',\n",
    tests: [reach],
  },
  {
    rule: 'S61',
    off: 'configuration of the identity management is kept with its credentials',
    file: 'src/http/foreign/kept-entities.ts',
    from: 'const document = keptDocument(body)',
    to: 'const document = keptDocument(body) && body',
    tests: [`${foreign}: has an empty document access, which it keeps without effect as it was sent`],
  },
  {
    rule: 'S61',
    off: 'a secret mapping has any members',
    file: 'src/http/foreign/secret-mappings.ts',
    from: 'toDocument: (body, { id }) => parseAttributes(mappingSchema, { ...body, secretId: id }),',
    to: 'toDocument: (body, { id }) => ({ ...body, ...parseAttributes(mappingSchema, { ...body, secretId: id }) }),',
    tests: [`${foreign}: a secret mapping is kept with its names only, listed and removed`],
  },
  {
    rule: 'S49',
    off: 'nodes in the body of a journey read nodes of the root realm',
    file: 'src/http/journeys/trees.ts',
    from: 'await inlineNodes({ ...from, types }, realm, body)',
    to: "await inlineNodes({ ...from, types }, '/', body)",
    tests: [inline],
  },
  {
    rule: 'S49',
    off: 'nodes in the body of a journey replace nodes of another type',
    file: 'src/http/journeys/inline-nodes.ts',
    from: 'if (stored !== undefined && stored.type !== name) {',
    to: "if (stored !== undefined && stored.type === '') {",
    tests: ['src/http/journeys/inline-nodes.test.ts: with an id that a node of another type has'],
  },
  {
    rule: 'S49',
    off: 'journey authors write custom node types with PUT',
    file: 'src/http/journeys/custom-node-types.ts',
    from: "      method: 'PUT',\n      path: `${path}/:id`,\n      access,",
    to: "      method: 'PUT',\n      path: `${path}/:id`,\n      access: readAccess,\n      actsOn: homeOf,",
    tests: ['test/http/roles.test.ts: write objects that run in other realms'],
  },
]
