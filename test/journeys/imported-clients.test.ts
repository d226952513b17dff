import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { ImportedFolder } from '../support/imported-folder.ts'

// OAuth2 clients of exports in all forms: they are created and updated with the mapping and the refusals of their resource.

let folder: ImportedFolder
beforeEach(async () => {
  folder = await ImportedFolder.make()
})
afterEach(() => folder.remove())

const clientsIn = (data?: string) => folder.stores(({ oauthClients }) => oauthClients.all('/alpha'), data)
const save = (id: string, document: JsonObject, sealedSecret?: string) =>
  folder.stores(({ oauthClients }) => oauthClients.save('/alpha', { id, document, sealedSecret }))

const core: JsonObject = {
  clientType: { inherited: false, value: 'Confidential' },
  redirectionUris: { inherited: false, value: ['https://app.example.com/cb'] },
  scopes: { inherited: false, value: ['openid', 'profile|en|Your profile'] },
  agentgroup: null,
}
const app: JsonObject = {
  _id: 'web-app',
  _type: { _id: 'OAuth2Client', name: 'OAuth2 Clients', collection: true },
  coreOAuth2ClientConfig: { ...core, userpassword: null, 'userpassword-encrypted': 'AQIC-other-server' },
  advancedOAuth2ClientConfig: {
    grantTypes: { inherited: false, value: ['authorization_code'] },
    contacts: [],
  },
}
const admin: JsonObject = { ...app, _id: 'idmAdminClient', coreOAuth2ClientConfig: { clientType: 'Public' } }

const library = { _id: 's', name: 'Fine', context: 'LIBRARY', script: 'exports.f = 1' }
const script = { s: { ...library, script: Buffer.from('exports.f = 1').toString('base64') } }
const full = (application: JsonObject, more: JsonObject = {}): Record<string, Json> => ({
  'all.json': { meta: {}, global: {}, realm: { 'root-alpha': { script, application, ...more } } },
})

const shapes: Record<string, { files: Record<string, Json>; form: 'frodo' | 'fr-config-manager' }> = {
  'a whole export of frodo': { form: 'frodo', files: full({ 'web-app': app, idmAdminClient: admin }) },
  'an export of clients': {
    form: 'frodo',
    files: { 'clients.json': { meta: {}, application: { 'web-app': app, idmAdminClient: admin } } },
  },
  'folders of frodo': {
    form: 'frodo',
    files: {
      'realm/root-alpha/oauth2.app/web-app.oauth2.app.json': { application: { 'web-app': app } },
      'realm/root-alpha/oauth2.app/idmAdminClient.oauth2.app.json': {
        application: { idmAdminClient: admin },
      },
    },
  },
  'fr-config-manager': {
    form: 'fr-config-manager',
    files: {
      'realms/alpha/scripts/scripts-config/s.json': library,
      'realms/alpha/realm-config/agents/OAuth2Client/web-app.json': app,
      'realms/alpha/realm-config/agents/OAuth2Client/idmAdminClient.json': admin,
    },
  },
  Amster: {
    form: 'frodo',
    files: Object.fromEntries(
      [app, admin].map((data) => [
        `realms/root-alpha/OAuth2Clients/${String(data._id)}.json`,
        {
          metadata: {
            realm: '/alpha',
            entityType: 'OAuth2Clients',
            entityId: data._id ?? '',
            pathParams: {},
          },
          data,
        },
      ]),
    ),
  },
}

describe.each(Object.entries(shapes))('in %s', (_name, { files, form }) => {
  const more = ['--form', form]
  const out = (name: string) => (form === 'frodo' ? `${name}.json` : name)

  test('they are created, listed with what they open, and a second import changes nothing', async () => {
    const path = folder.write(files)
    const { text } = await folder.import(path)
    for (const line of [
      "new        OAuth2 client 'web-app'",
      'Redirect URI: added "https://app.example.com/cb"',
      'Scope: added "openid"',
      "OAuth2 client 'web-app' (",
      'has no secret in the files, and can’t be used until an administrator sets one',
      'has advancedOAuth2ClientConfig.requirePkce: is not true: the client gets codes without PKCE',
      "OAuth2 client 'idmAdminClient' (",
      'is built into the server, and stays as it is',
    ]) {
      expect(text).toContain(line)
    }
    const clients = await clientsIn()
    expect(clients).toHaveLength(1)
    expect(clients[0]).toMatchObject({ id: 'web-app', document: { coreOAuth2ClientConfig: core } })
    expect(clients[0]?.sealedSecret).toBeUndefined()
    expect(JSON.stringify(clients)).not.toContain('userpassword')
    expect((await folder.import(path)).text).toMatch(/Nothing to change/)
  })

  test('they come back byte for byte, unless they changed', async () => {
    await folder.import(folder.write(files))
    const first = await folder.export(out('first'), { more })
    expect(JSON.stringify(folder.texts(first))).toContain('app.example.com')
    expect(JSON.stringify(folder.texts(first))).toContain('idmAdminClient')
    await folder.another('other')
    await folder.import(first, { data: 'other' })
    expect(await clientsIn('other')).toEqual(await clientsIn())
    expect(folder.texts(await folder.export(out('second'), { data: 'other', more }))).toEqual(
      folder.texts(first),
    )
    const [stored] = await clientsIn()
    const document = { ...stored?.document, coreOAuth2ClientConfig: { ...core, status: 'Inactive' } }
    await save('web-app', document, 'sealed-by-admin')
    const third = await folder.export(out('third'), { more })
    const { text } = await folder.import(third, { data: 'other' })
    expect(text).toContain('Status: "Inactive"')
    expect((await clientsIn('other'))[0]?.document).toEqual(document)
    expect((await folder.import(third)).isPossible).toBe(true)
    expect((await folder.import(third)).text).toMatch(/Nothing to change/)
    expect((await clientsIn())[0]?.sealedSecret).toBe('sealed-by-admin')
  })

  test('they are left out of exports after they were removed', async () => {
    await folder.import(folder.write(files))
    await folder.stores(({ oauthClients }) => oauthClients.remove('/alpha', 'web-app'))
    const text = JSON.stringify(folder.texts(await folder.export(out('first'), { more })))
    expect(text).not.toContain('app.example.com')
    expect(text).toContain('idmAdminClient')
  })
})

describe('a client that can’t be configured', () => {
  test.each<[string, JsonObject, string]>([
    [
      'a TLS certificate',
      { advancedOAuth2ClientConfig: { tokenEndpointAuthMethod: 'tls_client_auth' } },
      'tokenEndpointAuthMethod',
    ],
    [
      'encrypted ID tokens',
      { signEncOAuth2ClientConfig: { idTokenEncryptionEnabled: true } },
      'idTokenEncryptionEnabled',
    ],
    [
      'a redirect URI that runs a script',
      { coreOAuth2ClientConfig: { redirectionUris: ['javascript:alert(1)'] } },
      'redirectionUris',
    ],
  ])(
    'with %s is a finding with place, member and reason, and the stored one stays',
    async (_what, document, member) => {
      await save('web-app', { coreOAuth2ClientConfig: { clientType: 'Public' } })
      const before = await clientsIn()
      const { isPossible, text } = await folder.import(
        folder.write(full({ 'web-app': { ...app, ...document } })),
      )
      expect(isPossible).toBe(true)
      expect(text).toMatch(
        new RegExp(
          `unsupported +OAuth2 client 'web-app' \\(application web-app\\) is not applied: .*${member}`,
        ),
      )
      expect(await clientsIn()).toEqual(before)
    },
  )

  test.each<[string, JsonObject, string]>([
    ['scopes', { coreOAuth2ClientConfig: { scopes: 'openid' } }, 'coreOAuth2ClientConfig.scopes'],
    [
      'a lifetime',
      { coreOAuth2ClientConfig: { accessTokenLifetime: '1h' } },
      'coreOAuth2ClientConfig.accessTokenLifetime',
    ],
  ])(
    'because of broken %s is named with file and line, and nothing is imported',
    async (_what, document, member) => {
      const agents = 'realms/alpha/realm-config/agents/OAuth2Client'
      const path = folder.write({
        'realms/alpha/scripts/scripts-config/s.json': library,
        [`${agents}/web-app.json`]: app,
        [`${agents}/broken.json`]: { _id: 'broken', ...document },
      })
      const { isPossible, text } = await folder.import(path)
      expect(isPossible).toBe(false)
      expect(text).toMatch(new RegExp(`broken\\.json:4: OAuth2 client 'broken': ${member}`))
      expect(await clientsIn()).toEqual([])
      expect(await folder.stores(({ scripts }) => scripts.all('/alpha'))).toEqual([])
    },
  )
})

describe('the secret of a client', () => {
  const withSecret = (userpassword: Json) =>
    full({ 'web-app': { ...app, coreOAuth2ClientConfig: { ...core, userpassword } } })

  test('in a file is sealed, shown nowhere, and unchanged the second time', async () => {
    const secret = 'correct-horse-battery'
    const path = folder.write(withSecret(secret))
    const { text } = await folder.import(path)
    expect(text).toContain('Secret: set')
    expect(text).not.toMatch(/correct-horse|can’t be used/)
    const [stored] = await clientsIn()
    expect(stored?.sealedSecret).toMatch(/^v2\./)
    expect((await folder.import(path)).text).toMatch(/Nothing to change/)
    expect((await clientsIn())[0]).toEqual(stored)
    expect(JSON.stringify(folder.texts(await folder.export('out.json')))).not.toContain(secret)
    const documents = await folder.stores(({ documents }) => documents.all('/alpha'))
    expect(JSON.stringify(documents)).not.toContain(secret)
  })

  test('stays if the files have none, also as the placeholder of a tool', async () => {
    await folder.import(folder.write(withSecret('correct-horse-battery')))
    const [before] = await clientsIn()
    for (const none of [null, '', '$'.concat('{SECRET}')]) {
      await folder.import(folder.write(withSecret(none)))
      expect((await clientsIn())[0]?.sealedSecret).toBe(before?.sealedSecret)
    }
  })

  test('can be a variable, which is given back until another secret replaces it', async () => {
    const path = folder.write(withSecret('&{esv.app.secret}'))
    await folder.import(path)
    expect((await folder.import(path)).text).toMatch(/Nothing to change/)
    expect(JSON.stringify(folder.texts(await folder.export('one.json')))).toContain('&{esv.app.secret}')
    await folder.import(folder.write(withSecret('correct-horse-battery'), 'next'))
    expect(JSON.stringify(folder.texts(await folder.export('two.json')))).not.toContain('&{esv.app.secret}')
  })
})

test('clients that no import brought are in exports, too, without secrets', async () => {
  await save(
    'by-hand',
    { coreOAuth2ClientConfig: { clientType: 'Confidential', redirectionUris: ['https://a.test/'] } },
    'x',
  )
  for (const form of ['frodo', 'fr-config-manager']) {
    const out = await folder.export(form === 'frodo' ? 'first.json' : 'first', { more: ['--form', form] })
    expect(JSON.stringify(folder.texts(out))).toContain('https://a.test/')
    expect((await folder.import(out)).text).toMatch(/Nothing to change/)
    await folder.another(form)
    await folder.import(out, { data: form })
    expect((await clientsIn(form)).map(({ id, sealedSecret }) => [id, sealedSecret])).toEqual([
      ['by-hand', undefined],
    ])
  }
})

test('a dry run and --existing skip change no client', async () => {
  const path = folder.write(full({ 'web-app': app }))
  await folder.import(path, { more: ['--dry-run'] })
  expect(await clientsIn()).toEqual([])
  await save('web-app', { coreOAuth2ClientConfig: { clientType: 'Public' } })
  const before = await clientsIn()
  expect((await folder.import(path, { more: ['--existing', 'skip'] })).text).toContain(
    "kept       OAuth2 client 'web-app'",
  )
  expect(await clientsIn()).toEqual(before)
})

test('the audit entry of an import names its journeys, settings and clients', async () => {
  const more = { service: { CorsService: { enabled: true, acceptedOrigins: ['https://a.example.com'] } } }
  await folder.import(folder.write(full({ 'web-app': app }, more)))
  const waiting = await folder.stores(({ audit }) => audit.waiting(Number.MAX_SAFE_INTEGER, 10))
  expect(waiting.map(({ content }) => JSON.parse(content))).toMatchObject([
    {
      result: 'SUCCESSFUL',
      what: { kind: 'import', action: 'import', name: 'CORS Service, OAuth2 client web-app' },
    },
  ])
})
