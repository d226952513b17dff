import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { Frodo, type Ran } from '../support/frodo.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

// Every kind of configuration with the vendor's command line, in its three modes: what a command exports, another one imports
// after the deletion, and the next export is the same file.

const realm = '/realms/root/realms/alpha'
const script = 'e9f0c1d2-3b4a-4c5d-8e6f-7a8b9c0d1e2f'
const hosted = 'https://sp.example.com'
const remote = 'https://idp.example.com'
const metadata = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${remote}"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/></EntityDescriptor>`

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

/** Kinds that exist in all modes. Circles of trust go with the entities that they name. */
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

describe.concurrent.each(['classic', 'forgeops', 'cloud'] as const)('in the mode %s, the tool', (mode) => {
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
  const exported = async (words: string[], file: string, command = run) => {
    const all = words[0] === 'authn' ? [] : ['-a']
    expect(await command(...words, 'export', ...all, '-f', file), words.join(' ')).toEqual(succeeds)
    return unstamped(frodo.read<JsonObject>(file))
  }

  test('exports, deletes and imports each kind, and exports the same file again', {
    timeout: 600_000,
  }, async ({ expect }) => {
    for (const { words, remove, importsWhole, name } of mode === 'classic'
      ? kinds
      : [...kinds, ...platformKinds]) {
      const what = words.join(' ')
      const before = await exported(words, 'before.json')
      expect(JSON.stringify(before), what).toContain(name)
      if (remove !== undefined && mode !== 'forgeops') {
        expect(await run(...words, 'delete', ...remove), what).toEqual(succeeds)
        // Services go back to their defaults.
        if (what !== 'service') expect((await run(...words, 'list')).out, what).not.toContain(name)
      }
      const all = importsWhole === true ? [] : ['-a']
      expect(await run(...words, 'import', ...all, '-f', 'before.json'), what).toEqual(succeeds)
      expect(await exported(words, 'after.json'), what).toEqual(before)
    }
  })

  test('describes the server and the realm, and lists what is not here', { timeout: 600_000 }, async ({
    expect,
  }) => {
    const info = await (mode === 'classic' ? frodo.anywhere(['info']) : frodo.tenant(mode, 'info'))
    expect(info).toEqual(succeeds)
    expect(await run('realm', 'describe')).toEqual({ exit: 0, out: expect.stringMatching(/Name\W+alpha/) })
    expect(await run('saml', 'describe', '-i', hosted)).toEqual({
      exit: 0,
      out: expect.stringContaining('SP'),
    })
    for (const words of [
      ['agent', 'list'],
      ...(mode === 'classic'
        ? []
        : [
            ['idm', 'list'],
            ['admin', 'list-static-user-mappings'],
          ]),
    ]) {
      expect(await run(...words), words.join(' ')).toEqual(succeeds)
    }
    const gateway = { _id: 'gateway', _type: { _id: 'IdentityGatewayAgent' }, status: 'Active' }
    frodo.write('gateway.json', { agent: { gateway } })
    const refused = await run('agent', 'import', '-i', 'gateway', '-f', 'gateway.json')
    expect(refused).toEqual({ exit: 1, out: expect.stringContaining('cannot sign in here') })
  })

  test.runIf(mode === 'cloud')(
    'exports, deletes and imports variables and secrets',
    async ({ expect }) => {
      const cloud: Run = (...words) => frodo.tenant('cloud', ...words)
      for (const words of [variable, secret]) {
        const [, what] = words
        const before = await exported(words, `${what}.json`, cloud)
        expect(Object.keys(before[what ?? ''] as JsonObject), what).toHaveLength(1)
        expect(await cloud(...words, 'delete', '-a')).toEqual(succeeds)
        if (words === secret) continue
        expect(await cloud(...words, 'import', '-a', '-f', `${what}.json`)).toEqual(succeeds)
        expect(await exported(words, `${what}.json`, cloud)).toEqual(before)
      }
      expect(await cloud(...secret, 'create', '-i', 'esv-key', '--value', 'abc')).toEqual(succeeds)
      expect(await cloud(...secret, 'version', 'create', '-i', 'esv-key', '--value', 'def')).toEqual(succeeds)
      expect(await cloud(...secret, 'version', 'deactivate', '-i', 'esv-key', '-v', '1')).toEqual(succeeds)
      expect(await cloud(...secret, 'set', '-i', 'esv-key', '--description', 'Other')).toEqual(succeeds)
      expect((await cloud(...secret, 'list', '-l')).out).toMatch(/esv-key\W+2\W+2\W+loaded\W+Other/)
      expect(await cloud('esv', 'apply')).toEqual(succeeds)
    },
    600_000,
  )
})

function unstamped(content: JsonObject): JsonObject {
  return JSON.parse(
    JSON.stringify(content, (name, value: Json) => (stamps.has(name) ? null : value)),
  ) as JsonObject
}
