import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { Frodo, type Ran } from '../support/frodo.ts'
import { type Ask, asking } from '../support/rest.ts'
import { idpMetadata } from '../support/saml-metadata.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

// Every kind of configuration with the vendor's command line: what a command exports, another one imports after the deletion, and
// the next export is the same file. Commands of one kind run in one mode. The modes sign in and address the server in
// different ways, so the whole configuration, which has every kind, is exported and imported in each.

const realm = '/realms/root/realms/alpha'
const script = 'e9f0c1d2-3b4a-4c5d-8e6f-7a8b9c0d1e2f'
const hosted = 'https://sp.example.com'
const remote = 'https://idp.example.com'
const metadata = await idpMetadata(remote)

/** Members that say when and by whom something was written, or exported. */
const stamps = new Set([
  'exportDate',
  'exportedBy',
  'createdBy',
  'creationDate',
  'lastModifiedDate',
  'lastModifiedBy',
  'lastModified',
  'lastChangeDate',
])

type Run = (...words: string[]) => Promise<Ran>
type Mode = 'classic' | 'forgeops' | 'cloud'

const succeeds = { exit: 0, out: expect.not.stringMatching(/error|unable|failed/i) }

type Kind = {
  /** The words of its commands. */
  words: string[]
  /** Without it, the tool can't delete the kind. */
  remove?: string[]
  /** Whether an import of a whole file has no option for it. */
  importsWhole?: true
  /** A name that exports and lists show. */
  name: string
}

/** Kinds of all modes. Circles of trust go with the entities that they name. */
const kinds: readonly Kind[] = [
  { words: ['idp'], remove: ['-i', 'google'], name: 'google' },
  { words: ['oauth', 'client'], remove: ['-i', 'shop'], name: 'shop' },
  { words: ['script'], remove: ['-i', script], importsWhole: true, name: 'Round trip' },
  { words: ['saml'], remove: ['-a'], name: hosted },
  { words: ['saml', 'cot'], name: 'partners' },
  { words: ['service'], remove: ['-a'], name: 'validation' },
]

/** Kinds that the tool refuses in classic mode. */
const platformKinds: readonly Kind[] = [
  { words: ['theme'], remove: ['-a'], name: 'Corporate' },
  { words: ['email', 'template'], name: 'welcome' },
]

async function seed(ask: Ask): Promise<void> {
  const config = `${realm}/realm-config`
  const put = async (path: string, body: object, method = 'PUT') => {
    const answer = await ask(path, {
      method,
      body,
      headers: { 'accept-api-version': 'resource=1.0,protocol=2.1' },
    })
    expect(answer, path).toMatchObject({
      status: expect.toSatisfy((status) => status === 200 || status === 201),
    })
  }
  await put(`${realm}/scripts/${script}`, {
    name: 'Round trip',
    script: Buffer.from('outcome = "true"').toString('base64'),
    context: 'AUTHENTICATION_TREE_DECISION_NODE',
    language: 'JAVASCRIPT',
  })
  await put(`${config}/services/SocialIdentityProviders/googleConfig/google`, {
    enabled: true,
    clientId: 'ours',
    clientSecret: 'a secret of theirs',
    redirectURI: 'https://app.example.com/',
    redirectAfterFormPostURI: '',
    scopes: ['openid'],
    transform: '58d29080-4563-480b-89bb-1e7719776a21',
  })
  await put(`${config}/agents/OAuth2Client/shop`, {
    coreOAuth2ClientConfig: { redirectionUris: ['https://shop.example.com/'], scopes: ['openid'] },
  })
  const serviceProvider = { services: { metaAlias: '/alpha/sp' }, advanced: {} }
  await put(`${config}/saml2/hosted/?_action=create`, { entityId: hosted, serviceProvider }, 'POST')
  const standardMetadata = Buffer.from(metadata).toString('base64url')
  await put(`${config}/saml2/remote/?_action=importEntity`, { standardMetadata }, 'POST')
  // The order in which the tool writes the entities.
  const trustedProviders = [`${remote}|saml2`, `${hosted}|saml2`]
  await put(`${config}/federation/circlesoftrust/partners`, { status: 'active', trustedProviders })
  const corporate = { _id: 'corporate', name: 'Corporate', isDefault: true, primaryColor: '#123456' }
  await put('/openidm/config/ui/themerealm', { realm: { alpha: [corporate] } })
  const valueBase64 = Buffer.from('389').toString('base64')
  const port = { valueBase64, description: 'Port', expressionType: 'int' }
  await put('/environment/variables/esv-port', port)
  const key = { valueBase64, description: 'Key', encoding: 'generic', useInPlaceholders: true }
  await put('/environment/secrets/esv-key', key)
}

/** Kinds of the cloud, of the whole server: their commands take no realm. Nobody exports values of secrets. */
const variable = ['esv', 'variable']
const secret = ['esv', 'secret']

/** What the tests of one mode share: a server with a configuration of every kind, and the tool. */
function toolIn(mode: Mode) {
  let server: TestServer
  let frodo: Frodo
  beforeAll(async () => {
    server = await startServer()
    frodo = new Frodo(server.url)
    await seed(asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/')))
  })
  afterAll(async () => {
    frodo.close()
    await server.stop()
  })
  const run: Run = (...words) => (mode === 'classic' ? frodo.alpha(...words) : frodo.platform(mode, ...words))
  const ofServer: Run = (...words) =>
    mode === 'classic' ? frodo.anywhere(words) : frodo.tenant(mode, ...words)
  const exported = async (words: readonly string[], file: string, command = run) => {
    expect(await command(...words, 'export', '-a', '-f', file), words.join(' ')).toEqual(succeeds)
    return unstamped(frodo.read<JsonObject>(file))
  }
  return {
    run,
    ofServer,
    exported,
    write: (file: string, content: object) => frodo.write(file, content),
    /** Exports a kind, deletes and imports it, and exports it again. */
    async roundTrip({ words, remove, importsWhole, name }: Kind) {
      const what = words.join(' ')
      const before = await exported(words, 'before.json')
      expect(JSON.stringify(before), what).toContain(name)
      if (remove !== undefined) {
        expect(await run(...words, 'delete', ...remove), what).toEqual(succeeds)
        // Services go back to their defaults.
        if (what !== 'service') expect((await run(...words, 'list')).out, what).not.toContain(name)
      }
      const all = importsWhole === true ? [] : ['-a']
      expect(await run(...words, 'import', ...all, '-f', 'before.json'), what).toEqual(succeeds)
      expect(await exported(words, 'after.json'), what).toEqual(before)
    },
  }
}

describe.concurrent.each(['classic', 'forgeops', 'cloud'] as const)('in the mode %s, the tool', (mode) => {
  const { ofServer, run, exported } = toolIn(mode)

  test('exports the whole configuration and imports it, and the next export has no difference', {
    timeout: 180_000,
  }, async ({ expect }) => {
    expect(await ofServer('info')).toEqual(succeeds)
    const before = await exported(['config'], 'before.json')
    for (const { name } of mode === 'classic' ? kinds : [...kinds, ...platformKinds])
      expect(JSON.stringify(before)).toContain(name)
    expect(before).toMatchObject({
      global: { service: { session: {}, CorsService: {} } },
      realm: { root: {}, 'root-alpha': { trees: { Login: {} }, service: { SocialIdentityProviders: {} } } },
    })
    expect(await run('config', 'import', '-a', '-f', 'before.json')).toEqual(succeeds)
    // The first import adds defaults for omitted settings.
    const after = await exported(['config'], 'after.json')
    expect(withoutPeople(after)).toMatchObject(withoutPeople(before))
    if (mode !== 'classic') return
    expect(before).toMatchObject({ global: { realm: {}, scripttype: {} } })
    expect(await run('config', 'import', '-a', '-f', 'after.json')).toEqual(succeeds)
    expect(await exported(['config'], 'again.json')).toEqual(after)
  })
})

describe('with all kinds, the tool', () => {
  const { run, exported, roundTrip, write } = toolIn('classic')

  test.each(kinds)(
    'exports, deletes and imports $words, and exports the same file again',
    {
      timeout: 120_000,
    },
    roundTrip,
  )

  test('replaces the services of a realm, and deletes one', { timeout: 60_000 }, async () => {
    const { service } = await exported(['service'], 'services.json')
    expect(service).toMatchObject({ validation: { nextDescendents: [] } })
    const only = ['--clean', '--current-realm']
    expect(await run('service', 'import', '-a', '-f', 'services.json', ...only)).toEqual(succeeds)
    expect(await run('service', 'delete', '-i', 'validation')).toEqual(succeeds)
  })

  test('exports and imports authentication settings', { timeout: 60_000 }, async () => {
    expect(await run('authn', 'export', '-f', 'authn.json')).toEqual(succeeds)
    expect(await run('authn', 'import', '-f', 'authn.json')).toEqual(succeeds)
  })

  test('describes the realm and an entity, and lists what is not here', { timeout: 120_000 }, async () => {
    expect(await run('realm', 'describe')).toEqual({ exit: 0, out: expect.stringMatching(/Name\W+alpha/) })
    expect(await run('saml', 'describe', '-i', hosted)).toEqual({
      exit: 0,
      out: expect.stringContaining('SP'),
    })
    for (const what of ['agent', 'authz policy'])
      expect(await run(...what.split(' '), 'list'), what).toEqual(succeeds)
    const gateway = { _id: 'gateway', _type: { _id: 'IdentityGatewayAgent' }, status: 'Active' }
    write('gateway.json', { agent: { gateway } })
    const refused = await run('agent', 'import', '-i', 'gateway', '-f', 'gateway.json')
    expect(refused).toEqual({ exit: 1, out: expect.stringContaining('cannot sign in here') })
  })
})

describe('with kinds of the platform, the tool', () => {
  const { ofServer: tenant, run, exported, roundTrip } = toolIn('cloud')

  test.each(platformKinds)(
    'exports, deletes and imports $words, and exports the same file again',
    {
      timeout: 120_000,
    },
    roundTrip,
  )

  test('lists what is not here', { timeout: 60_000 }, async () => {
    for (const what of ['idm list', 'admin list-static-user-mappings'])
      expect(await run(...what.split(' ')), what).toEqual(succeeds)
  })

  test('exports, deletes and imports variables and secrets', { timeout: 120_000 }, async () => {
    const before = await exported(variable, 'variable.json', tenant)
    expect(Object.keys(before.variable as JsonObject)).toHaveLength(1)
    expect(await tenant(...variable, 'delete', '-a')).toEqual(succeeds)
    expect(await tenant(...variable, 'import', '-a', '-f', 'variable.json')).toEqual(succeeds)
    expect(await exported(variable, 'variable.json', tenant)).toEqual(before)

    const { secret: secrets } = await exported(secret, 'secret.json', tenant)
    expect(Object.keys(secrets as JsonObject)).toHaveLength(1)
    expect(await tenant(...secret, 'delete', '-a')).toEqual(succeeds)
    expect(await tenant(...secret, 'create', '-i', 'esv-key', '--value', 'abc')).toEqual(succeeds)
    expect(await tenant(...secret, 'version', 'create', '-i', 'esv-key', '--value', 'def')).toEqual(succeeds)
    expect(await tenant(...secret, 'version', 'deactivate', '-i', 'esv-key', '-v', '1')).toEqual(succeeds)
    expect(await tenant(...secret, 'set', '-i', 'esv-key', '--description', 'Other')).toEqual(succeeds)
    expect((await tenant(...secret, 'list', '-l')).out).toMatch(/esv-key\W+2\W+2\W+loaded\W+Other/)
    expect(await tenant('esv', 'apply')).toEqual(succeeds)
  })
})

function unstamped(content: JsonObject): JsonObject {
  return without(stamps, content)
}

/** The tool renames the people of journeys in some modes. */
function withoutPeople(content: JsonObject): JsonObject {
  return without(new Set(['identityResource']), content)
}

function without(members: ReadonlySet<string>, content: JsonObject): JsonObject {
  return JSON.parse(
    JSON.stringify(content, (name, value: Json) => (members.has(name) ? null : value)),
  ) as JsonObject
}
