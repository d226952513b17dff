import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { failureId, successId } from '../../src/engine/journey.ts'
import type { RealmSettings } from '../../src/realms/realm.ts'
import { ImportedFolder } from '../support/imported-folder.ts'

// Authentication settings and services of exports in all forms: they take effect, and come back as they are now.

let folder: ImportedFolder
beforeEach(async () => {
  folder = await ImportedFolder.make()
})
afterEach(() => folder.remove())

const settingsIn = (data?: string) =>
  folder.stores(async ({ realms }) => (await realms.read('/alpha'))?.settings as RealmSettings, data)
const change = (changed: (settings: RealmSettings) => Partial<RealmSettings>) =>
  folder.stores(async ({ realms }) => {
    const realm = await realms.read('/alpha')
    if (realm === undefined) return
    await realms.save({ ...realm, settings: { ...realm.settings, ...changed(realm.settings) } })
  })

const tree: JsonObject = {
  _id: 'StepUp',
  entryNodeId: 'ask',
  nodes: {
    ask: {
      nodeType: 'MessageNode',
      displayName: 'Hello',
      connections: { true: successId, false: failureId },
      x: 1,
      y: 2,
    },
  },
}
const ask = { _id: 'ask', _type: { _id: 'MessageNode', name: 'Message', collection: true }, message: {} }

const authentication: JsonObject = {
  _id: '',
  _type: { _id: 'EMPTY', name: 'Core', collection: false },
  core: { orgConfig: 'StepUp', adminAuthModule: null },
  trees: { authenticationSessionsMaxDuration: 9, authenticationSessionsStateManagement: 'JWT' },
  postauthprocess: { loginSuccessUrl: ['/am/console'], usernameGeneratorEnabled: true },
  accountlockout: { loginFailureLockoutMode: false, loginFailureCount: 5, lockoutWarnUserCount: 0 },
  general: { locale: 'en_US' },
}
const validation: JsonObject = {
  _id: '',
  _type: { _id: 'validation', name: 'Validation Service', collection: false },
  validGotoDestinations: ['https://app.example.com/*'],
  location: 'alpha',
}
const provider: JsonObject = {
  _id: '',
  _type: { _id: 'oauth-oidc', name: 'OAuth2 Provider', collection: false },
  coreOAuth2Config: { accessTokenLifetime: 90, statelessTokensEnabled: true },
  pluginsConfig: { oidcClaimsPluginType: 'SCRIPTED', oidcClaimsScript: 's' },
  advancedOAuth2Config: { supportedScopes: ['openid'] },
}

const amster = (entityType: string, data: JsonObject) => ({
  metadata: { realm: '/alpha', entityType, entityId: entityType, amsterVersion: '7.5.0', pathParams: {} },
  data,
})
const fileBased = (entityType: string, entityId: string, data: JsonObject) => ({
  metadata: {
    realm: '/alpha',
    entityType,
    entityId,
    uid: `ou=${entityId},ou=OrganizationConfig,ou=1.0,ou=${entityType},ou=services,ou=am-config`,
    pathParams: {},
  },
  data: { ...data, _id: entityId },
})

const shapes: Record<string, { files: Record<string, Json>; form: 'frodo' | 'fr-config-manager' }> = {
  'a whole export of frodo': {
    form: 'frodo',
    files: {
      'all.json': {
        meta: {},
        global: { service: { validation: { ...validation, location: 'global' } } },
        realm: {
          'root-alpha': {
            trees: { StepUp: { tree, nodes: { ask }, innerNodes: {} } },
            authentication,
            service: { validation, 'oauth-oidc': provider },
          },
        },
      },
    },
  },
  'folders of frodo': {
    form: 'frodo',
    files: {
      'realm/root-alpha/journey/StepUp.journey.json': { trees: { StepUp: { tree, nodes: { ask } } } },
      'realm/root-alpha/authentication/alpha.authentication.settings.json': { authentication },
      'realm/root-alpha/service/validation.service.json': { service: { validation } },
      'realm/root-alpha/service/oauth-oidc.service.json': { service: { 'oauth-oidc': provider } },
    },
  },
  'fr-config-manager': {
    form: 'fr-config-manager',
    files: {
      'realms/alpha/journeys/StepUp/StepUp.json': tree,
      'realms/alpha/journeys/StepUp/nodes/Hello - ask.json': ask,
      'realms/alpha/realm-config/authentication.json': authentication,
      'realms/alpha/services/validation.json': validation,
      'realms/alpha/services/oauth-oidc.json': provider,
    },
  },
  Amster: {
    form: 'frodo',
    files: {
      'realms/root-alpha/AuthTree/StepUp.json': amster('AuthTree', tree),
      'realms/root-alpha/MessageNode/ask.json': amster('MessageNode', ask),
      'realms/root-alpha/Authentication.json': amster('Authentication', authentication),
      'realms/root-alpha/ValidationService.json': amster('ValidationService', validation),
      'realms/root-alpha/OAuth2Provider.json': amster('OAuth2Provider', provider),
    },
  },
  'a file-based configuration': {
    form: 'frodo',
    files: {
      'tree/stepup.json': fileBased('authenticationTreesService', 'default/StepUp', tree),
      'message/ask.json': fileBased('MessageNode', 'default/ask', ask),
      'auth/defaultconfig.json': fileBased('iPlanetAMAuthService', 'defaultconfig', authentication),
      'validation/default.json': fileBased('validationService', 'default', validation),
      'provider/default.json': fileBased('OAuth2Provider', 'default', provider),
    },
  },
}

describe.each(Object.entries(shapes))('in %s', (_name, { files, form }) => {
  const more = ['--form', form]
  const out = (name: string) => (form === 'frodo' ? `${name}.json` : name)

  test('they take effect, the plan lists what changes, and a second import changes nothing', async () => {
    const path = folder.write(files)
    const { text } = await folder.import(path)
    for (const line of [
      "changed    setting 'Authentication settings'",
      'Default journey: "Login" → "StepUp"',
      "changed    setting 'Validation Service'",
      'Allowed landing pages: added "https://app.example.com/*"',
      "changed    setting 'OAuth2 Provider'",
    ]) {
      expect(text).toContain(line)
    }
    expect(await settingsIn()).toMatchObject({
      defaultJourney: 'StepUp',
      journeyMinutes: 9,
      successUrl: '/am/console',
      lockout: { maxFailures: 0 },
      allowedUrls: ['https://app.example.com/*'],
      oauth: { accessTokenSeconds: 90, scripts: { claims: 's', accessToken: '' } },
    })
    expect((await folder.import(path)).text).toMatch(/Nothing to change/)
  })

  test('they come back byte for byte, unless they changed', async () => {
    await folder.import(folder.write(files))
    const first = await folder.export(out('first'), { more })
    expect(JSON.stringify(folder.texts(first))).toContain('authenticationSessionsStateManagement')
    await folder.another('other')
    await folder.import(first, { data: 'other' })
    expect(await settingsIn('other')).toEqual(await settingsIn())
    expect(folder.texts(await folder.export(out('second'), { data: 'other', more }))).toEqual(
      folder.texts(first),
    )
    await change(({ oauth }) => ({
      journeyMinutes: 7,
      allowedUrls: [],
      oauth: { ...oauth, scripts: { accessToken: '', claims: '' } },
    }))
    const third = await folder.export(out('third'), { more })
    const text = JSON.stringify(folder.texts(third))
    expect(text).toContain(String.raw`\"authenticationSessionsStateManagement\": \"JWT\"`)
    await folder.import(third, { data: 'other' })
    expect(await settingsIn('other')).toEqual(await settingsIn())
    expect((await folder.import(third)).text).toMatch(/Imported|Nothing to change/)
    expect((await folder.import(third)).text).toMatch(/Nothing to change/)
  })
})

const inFolder = (files: Record<string, Json>) => ({
  'realms/alpha/scripts/scripts-config/s.json': {
    _id: 's',
    name: 'Fine',
    context: 'LIBRARY',
    script: 'exports.f = 1',
  },
  ...files,
})

describe('one broken document', () => {
  test.each<[string, JsonObject, number, string]>([
    [
      'realm-config/authentication',
      { _id: '', trees: { authenticationSessionsMaxDuration: 'x' } },
      4,
      'trees.auth',
    ],
    ['services/validation', { _id: '', validGotoDestinations: 'https://a.test' }, 3, 'validGotoDestinations'],
    ['services/session', { dynamic: { maxSessionTime: [], maxIdleTime: 5 } }, 3, 'dynamic.maxSessionTime'],
    ['services/CorsService', { enabled: 1 }, 2, 'enabled'],
  ])(
    '%s is named with file, line and member, and nothing is imported',
    async (name, document, line, member) => {
      const before = await settingsIn()
      const path = folder.write(
        inFolder({
          [`realms/alpha/${name}.json`]: document,
          'realms/alpha/services/transaction.json': { timeToLive: '5' },
        }),
      )
      const { isPossible, text } = await folder.import(path)
      expect(isPossible).toBe(false)
      expect(text).toMatch(new RegExp(`${name}\\.json:${line}: .*${member}`))
      expect(await settingsIn()).toEqual(before)
      expect(await folder.stores(({ scripts }) => scripts.all('/alpha'))).toEqual([])
    },
  )
})

test.each<[string, JsonObject, string]>([
  [
    'baseurl',
    { source: 'FIXED_VALUE', fixedValue: 'https://tenant.example.com:443', contextPath: '/am' },
    'hosts',
  ],
  ['baseurl', { source: 'X_FORWARDED_HEADERS' }, 'source'],
  ['CorsService', { enabled: true, acceptedOrigins: ['*'] }, 'acceptedOrigins'],
  ['oauth-oidc', { pluginsConfig: { oidcClaimsPluginType: 'JAVA' } }, 'Java plugins'],
])('what is not served in %s is refused with a finding, and kept: %o', async (name, document, words) => {
  const before = await settingsIn()
  const path = folder.write(inFolder({ [`realms/alpha/services/${name}.json`]: document }))
  const { isPossible, text } = await folder.import(path)
  expect(isPossible).toBe(true)
  expect(text).toMatch(new RegExp(`unsupported +Setting 'services/${name}.json' is not applied: .*${words}`))
  expect(await settingsIn()).toEqual(before)
  const kept = folder.texts(await folder.export('out', { more: ['--form', 'fr-config-manager'] }))
  expect(JSON.parse(kept[`realms/alpha/services/${name}.json`] ?? '')).toEqual(document)
})

const restrictions: JsonObject = {
  advancedOAuth2Config: {
    grantTypes: ['authorization_code'],
    codeVerifierEnforced: 'true',
    supportedScopes: ['a'],
  },
  consent: { clientsCanSkipConsent: false, enableRemoteConsent: true },
  coreOAuth2Config: { refreshTokenLifetime: -1, accessTokenLifetime: 5, usePolicyEngineForScope: true },
  clientDynamicRegistrationConfig: { allowDynamicRegistration: true },
}

test('what is not served keeps no restriction of the provider out, and comes back', async () => {
  const path = folder.write(inFolder({ 'realms/alpha/services/oauth-oidc.json': restrictions }))
  const { isPossible, text } = await folder.import(path)
  expect(isPossible).toBe(true)
  for (const member of [
    'consent.enableRemoteConsent',
    'coreOAuth2Config.refreshTokenLifetime',
    'oauth.accessTokenSeconds',
    'coreOAuth2Config.usePolicyEngineForScope',
  ]) {
    expect(text).toMatch(
      new RegExp(`unsupported +Setting 'services/oauth-oidc.json' is not applied: ${member}`),
    )
  }
  expect((await settingsIn()).oauth).toMatchObject({
    grantTypes: ['authorization_code'],
    requirePkce: true,
    impliedConsent: false,
    accessTokenSeconds: 3600,
  })
  const more = ['--form', 'fr-config-manager']
  const at = 'realms/alpha/services/oauth-oidc.json'
  const kept = () => folder.export('out', { more }).then((out) => JSON.parse(folder.texts(out)[at] ?? ''))
  expect(await kept()).toMatchObject({
    consent: restrictions.consent,
    coreOAuth2Config: restrictions.coreOAuth2Config,
  })
  expect((await folder.import(path)).text).toMatch(/Nothing to change/)
})

test('a file opens no registration of applications', async () => {
  const path = folder.write(inFolder({ 'realms/alpha/services/oauth-oidc.json': restrictions }))
  const { text } = await folder.import(path)
  expect(text).toContain('a file opens no registration, so set it in the realm settings')
  expect((await settingsIn()).oauth.registration.access).toBe('off')
  await change(({ oauth }) => ({
    oauth: { ...oauth, registration: { ...oauth.registration, access: 'token' } },
  }))
  await folder.import(path)
  expect((await settingsIn()).oauth.registration.access).toBe('token')
})

test('what a file changes for applications is listed one by one', async () => {
  const scopes = Array.from({ length: 30 }, (_, at) => `scope-${at}`)
  const provider = {
    advancedOAuth2Config: {
      grantTypes: ['authorization_code'],
      codeVerifierEnforced: 'true',
      supportedScopes: scopes,
    },
    clientDynamicRegistrationConfig: { dynamicClientRegistrationScope: 'register' },
    consent: { clientsCanSkipConsent: false },
  }
  const path = folder.write(inFolder({ 'realms/alpha/services/oauth-oidc.json': provider }))
  const { text } = await folder.import(path, { more: ['--dry-run'] })
  for (const scope of scopes) expect(text).toContain(`Supported scopes: added "${scope}"`)
  for (const title of [
    'Grant types: added "authorization_code"',
    'Require PKCE',
    'Implied consent',
    'register',
  ]) {
    expect(text).toContain(title)
  }
})

test('a default journey that does not exist stays out, so that people can still sign in', async () => {
  const core = { orgConfig: 'ldapService' }
  const path = folder.write(inFolder({ 'realms/alpha/realm-config/authentication.json': { _id: '', core } }))
  const { text } = await folder.import(path)
  expect(text).toContain("there is no journey 'ldapService', so the default journey stays 'Login'")
  expect((await settingsIn()).defaultJourney).toBe('Login')
  const kept = folder.texts(await folder.export('out', { more: ['--form', 'fr-config-manager'] }))
  expect(kept['realms/alpha/realm-config/authentication.json']).toContain('ldapService')
})

test('many origins are listed one by one, also with other changes', async () => {
  const acceptedOrigins = Array.from({ length: 30 }, (_, at) => `https://app-${at}.example.com`)
  const path = folder.write(
    inFolder({ 'realms/alpha/services/CorsService.json': { enabled: true, acceptedOrigins } }),
  )
  const { text } = await folder.import(path, { more: ['--dry-run'] })
  for (const origin of acceptedOrigins) expect(text).toContain(`Allowed origins (CORS): added "${origin}"`)
  expect((await settingsIn()).corsOrigins).toEqual([])
})

test('two files of one setting refuse an import, unless what is unreadable is left out', async () => {
  const more = ['--skip-unreadable']
  const path = folder.write({
    'tree/stepup.json': fileBased('authenticationTreesService', 'default/StepUp', tree),
    'message/ask.json': fileBased('MessageNode', 'default/ask', ask),
    'validation/default.json': fileBased('validationService', 'default', validation),
    'validation/defaultconfig.json': fileBased('validationService', 'defaultconfig', { location: 'other' }),
  })
  const refused = await folder.import(path)
  expect(refused).toMatchObject({ isPossible: false, text: expect.stringContaining('--skip-unreadable') })
  expect(refused.text).toMatch(/unreadable +Kept setting .*exists twice, in .*default.*defaultconfig/)
  expect(await folder.import(path, { more })).toMatchObject({ isPossible: true })
  expect((await settingsIn()).allowedUrls).toEqual(['https://app.example.com/*'])
})

test('an empty file of a folder is left out with a note', async () => {
  const path = folder.write(inFolder({}))
  writeFileSync(join(path, 'empty.json'), '\n')
  const { isPossible, text } = await folder.import(path)
  expect(isPossible).toBe(true)
  expect(text).toMatch(/empty\.json is empty and was left out/)
  expect(await folder.stores(({ scripts }) => scripts.all('/alpha'))).toHaveLength(1)
})

test('a script of tokens that does not exist is named, because no token is issued without it', async () => {
  const pluginsConfig = (id: string) => ({ accessTokenModificationScript: id, oidcClaimsScript: id })
  const provider = (id: string) => ({
    'realms/alpha/services/oauth-oidc.json': { pluginsConfig: pluginsConfig(id) },
  })
  const client = {
    _id: 'shop',
    coreOAuth2ClientConfig: { clientType: 'Public' },
    overrideOAuth2ClientConfig: {
      providerOverridesEnabled: true,
      accessTokenModificationPluginType: 'SCRIPTED',
      accessTokenModificationScript: 'gone',
    },
  }
  const application = { 'realms/alpha/realm-config/agents/OAuth2Client/shop.json': client }
  // The second import changes nothing, and what is missing is missing still.
  for (const _time of ['first', 'second']) {
    const { text, isPossible } = await folder.import(
      folder.write(inFolder({ ...provider('lost'), ...application })),
    )
    expect(isPossible).toBe(true)
    expect(text).toMatch(
      /missing +The OAuth2 provider needs script 'lost', without which it issues no tokens/,
    )
    expect(text).toMatch(/missing +OAuth2 client 'shop' needs script 'gone'/)
  }
  for (const known of ['s', '39c08084-1238-43e8-857f-2e11005eac49']) {
    const again = await folder.import(folder.write(inFolder(provider(known))))
    expect(again.text).not.toMatch(/OAuth2 provider needs script/)
  }
})
