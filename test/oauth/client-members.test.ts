import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { clientMembers } from '../../src/oauth/client-members.ts'
import { clientMetadata } from '../../src/oauth/client-metadata.ts'
import { ImportedFolder } from '../support/imported-folder.ts'
import { documentOf, type Examples, memberRows, memberTable, pathsDone } from '../support/member-walk.ts'
import { type OauthServer, startOauthServer } from '../support/oauth-server.ts'

const keySet = JSON.stringify({ keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', alg: 'ES256' }] })
const https = 'https://app.example.com'
const asksDevices = { 'advancedOAuth2ClientConfig.grantTypes': ['urn:openid:params:grant-type:ciba'] }

/** Values that change what a client may do, with the members that they need beside them (`section.member`). */
const examples: Examples = {
  'coreOAuth2ClientConfig.userpassword': ['other secret', { 'coreOAuth2ClientConfig.userpassword': null }],
  'coreOAuth2ClientConfig.clientType': ['Public'],
  'coreOAuth2ClientConfig.redirectionUris': [[`${https}/other`]],
  'coreOAuth2ClientConfig.scopes': [['openid', 'reports']],
  'coreOAuth2ClientConfig.defaultScopes': [['openid']],
  'coreOAuth2ClientConfig.clientName': [['Orchard']],
  'coreOAuth2ClientConfig.authorizationCodeLifetime': [11],
  'coreOAuth2ClientConfig.refreshTokenLifetime': [11],
  'coreOAuth2ClientConfig.accessTokenLifetime': [11],
  'coreOAuth2ClientConfig.status': ['Inactive'],
  'advancedOAuth2ClientConfig.responseTypes': [['none']],
  'advancedOAuth2ClientConfig.grantTypes': [['client_credentials']],
  'advancedOAuth2ClientConfig.tokenEndpointAuthMethod': ['client_secret_post'],
  'advancedOAuth2ClientConfig.sectorIdentifierUri': [
    'https://sector.example.com',
    { 'advancedOAuth2ClientConfig.subjectType': 'pairwise' },
  ],
  'advancedOAuth2ClientConfig.subjectType': ['pairwise'],
  'advancedOAuth2ClientConfig.isConsentImplied': [true],
  'advancedOAuth2ClientConfig.customProperties': [['tier=gold']],
  'advancedOAuth2ClientConfig.require_pushed_authorization_requests': [true],
  'advancedOAuth2ClientConfig.dpop_bound_access_tokens': [true],
  'advancedOAuth2ClientConfig.require_signed_request_object': [true],
  'advancedOAuth2ClientConfig.fapi2': [
    true,
    {
      'advancedOAuth2ClientConfig.tokenEndpointAuthMethod': 'private_key_jwt',
      'signEncOAuth2ClientConfig.publicKeyLocation': 'jwks',
      'signEncOAuth2ClientConfig.jwkSet': keySet,
    },
  ],
  'advancedOAuth2ClientConfig.requirePkce': [false, { 'advancedOAuth2ClientConfig.requirePkce': true }],
  'advancedOAuth2ClientConfig.treeName': ['Strict'],
  'coreOpenIDClientConfig.postLogoutRedirectUri': [[`${https}/out`]],
  'coreOpenIDClientConfig.backchannel_logout_uri': [`${https}/logout`],
  'coreOpenIDClientConfig.defaultMaxAge': [77, { 'coreOpenIDClientConfig.defaultMaxAgeEnabled': true }],
  'coreOpenIDClientConfig.defaultMaxAgeEnabled': [true, { 'coreOpenIDClientConfig.defaultMaxAge': 77 }],
  'coreOpenIDClientConfig.defaultAcrValues': [['gold']],
  'coreOpenIDClientConfig.jwtTokenLifetime': [42],
  'signEncOAuth2ClientConfig.jwksUri': [`${https}/keys`],
  'signEncOAuth2ClientConfig.jwkSet': [keySet, { 'signEncOAuth2ClientConfig.publicKeyLocation': 'jwks' }],
  'signEncOAuth2ClientConfig.publicKeyLocation': ['jwks', { 'signEncOAuth2ClientConfig.jwkSet': keySet }],
  'signEncOAuth2ClientConfig.tokenEndpointAuthSigningAlgorithm': [
    'HS256',
    { 'advancedOAuth2ClientConfig.tokenEndpointAuthMethod': 'client_secret_jwt' },
  ],
  'signEncOAuth2ClientConfig.idTokenSignedResponseAlg': ['ES256'],
  'signEncOAuth2ClientConfig.userinfoResponseFormat': ['SIGNED_JWT'],
  'signEncOAuth2ClientConfig.userinfoSignedResponseAlg': [
    'PS256',
    { 'signEncOAuth2ClientConfig.userinfoResponseFormat': 'SIGNED_JWT' },
  ],
  'signEncOAuth2ClientConfig.requestParameterSignedAlg': ['HS256'],
  'signEncOAuth2ClientConfig.tokenIntrospectionResponseFormat': ['SIGNED_JWT'],
  'signEncOAuth2ClientConfig.tokenIntrospectionSignedResponseAlg': ['ES256'],
  'cibaClientConfig.tokenDeliveryMode': [
    'ping',
    { ...asksDevices, 'cibaClientConfig.notificationEndpoint': `${https}/ping` },
  ],
  'cibaClientConfig.notificationEndpoint': [
    `${https}/ping`,
    {
      ...asksDevices,
      'cibaClientConfig.tokenDeliveryMode': 'ping',
      'cibaClientConfig.notificationEndpoint': `${https}/other`,
    },
  ],
  'cibaClientConfig.userCodeRequired': [true, asksDevices],
  ...Object.fromEntries(
    (
      [
        ['accessTokenModificationPluginType', 'SCRIPTED', {}],
        ['accessTokenModificationScript', 's', { accessTokenModificationPluginType: 'SCRIPTED' }],
        ['oidcClaimsPluginType', 'SCRIPTED', {}],
        ['oidcClaimsScript', 's', { oidcClaimsPluginType: 'SCRIPTED' }],
        ['issueRefreshToken', false, {}],
        ['providerOverridesEnabled', true, { issueRefreshToken: false, providerOverridesEnabled: false }],
      ] as const
    ).map(([name, value, beside]) => [
      `overrideOAuth2ClientConfig.${name}`,
      [
        value,
        Object.fromEntries(
          Object.entries(beside).map(([other, set]) => [`overrideOAuth2ClientConfig.${other}`, set]),
        ),
      ],
    ]),
  ),
}

const usual: Record<string, Json> = {
  'coreOAuth2ClientConfig.userpassword': 'a secret of the walk',
  'coreOAuth2ClientConfig.redirectionUris': [`${https}/in`],
  'coreOAuth2ClientConfig.scopes': ['openid'],
  'overrideOAuth2ClientConfig.providerOverridesEnabled': true,
}

const rows = memberRows(clientMembers, examples, usual)

const acrs = { grantTypes: [], responseTypes: [], impliedConsent: true, fapi2: false, contexts: ['gold'] }

/** What the client may do. */
const metadataOf = (document: JsonObject, hasSecret: boolean) =>
  clientMetadata('walk', document, hasSecret ? 'secret' : undefined, acrs)

const withoutSecret = (document: JsonObject) =>
  metadataOf(document, JSON.stringify(document).includes('"userpassword":"'))

test('each member that is done has an example, and no other member has one', () => {
  expect(Object.keys(examples).toSorted()).toEqual(pathsDone(rows))
})

describe('set over REST', () => {
  let am: OauthServer
  beforeAll(async () => {
    am = await startOauthServer()
  })
  afterAll(() => am.stop())

  const put = async (id: string, document: JsonObject) => {
    const at = `${am.origin}/am/json/realms/root/realms/alpha/realm-config/agents/OAuth2Client/${id}`
    const answer = await fetch(at, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', iplanetdirectorypro: 'admin' },
      body: JSON.stringify(document),
    })
    const findings = answer.headers.get('sidegate-findings') ?? ''
    return { status: answer.status, text: await answer.text(), findings }
  }

  test.each(rows)('$path has its effect, its finding or its refusal', async ({ path, member, ...row }) => {
    const id = path.replace('.', '-')
    const { status, text, findings } = await put(id, row.after)
    if (member.state === 'refused') {
      expect([status, text]).toEqual([400, expect.stringContaining(`${path}: ${member.why}`)])
      return
    }
    expect(status, text).toBe(201)
    expect(findings.includes(`${path}: kept without effect`)).toBe(member.state === 'kept')
    const stored = await am.stores.oauthClients.read('/alpha', id)
    const now = metadataOf(stored?.document ?? {}, stored?.sealedSecret !== undefined)
    expect(isDeepStrictEqual(now, withoutSecret(row.before))).toBe(member.state !== 'done')
  })

  test.each(rows.filter(({ member }) => member.state === 'done' && member.choices && member.why))(
    '$path is refused with a value that isn’t served',
    async ({ path, before }) => {
      const [section = '', name = ''] = path.split('.')
      const given = before[section] as JsonObject | undefined
      const { status, text } = await put('unserved', {
        ...before,
        [section]: { ...given, [name]: 'ENCRYPTED_JWT' },
      })
      expect([status, text]).toEqual([400, expect.stringContaining(`${path}: 'ENCRYPTED_JWT' is not served`)])
    },
  )

  test('a member or section that is not known is kept with a finding', async () => {
    const { status, text, findings } = await put('unknown', {
      ...documentOf(usual),
      advancedOAuth2ClientConfig: { softwareStatementJwt: 'a.b.c', grantTypes: ['authorization_code'] },
      tokenBoundaries: { isBound: true },
    })
    expect(status, text).toBe(201)
    expect(findings).toContain(
      'advancedOAuth2ClientConfig.softwareStatementJwt: kept without effect: it is not known here',
    )
    expect(findings).toContain('tokenBoundaries: kept without effect: it is not known here')
    expect(JSON.parse(text)).toMatchObject({ tokenBoundaries: { isBound: true } })
  })

  test('findings about names outside ASCII, and about many members, fit into a header', async () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`größe${n}\n`, 'yes']))
    const { status, findings } = await put('many', { ...documentOf(usual), umlauts: 1, ...many })
    expect(status).toBe(201)
    expect(findings).toContain('umlauts: kept without effect')
    expect(findings).toContain('gr??e0?: kept without effect')
    expect(findings).toMatch(/ and more$/)
    expect(findings.length).toBeLessThan(4000)
  })
})

test('set by an import, each member has its effect, its finding or its refusal', async () => {
  const folder = await ImportedFolder.make()
  try {
    const application = Object.fromEntries(
      rows.map(({ path, after }) => [
        path.replace('.', '-'),
        {
          _id: path.replace('.', '-'),
          _type: { _id: 'OAuth2Client', name: 'OAuth2 Clients', collection: true },
          ...after,
        },
      ]),
    )
    const { text } = await folder.import(folder.write({ 'clients.json': { meta: {}, application } }))
    const clients = await folder.stores(({ oauthClients }) => oauthClients.all('/alpha'))
    for (const { path, member, before } of rows) {
      const id = path.replace('.', '-')
      const lines = text.split('\n').filter((line) => line.includes(`OAuth2 client '${id}'`))
      const says = (words: string) => lines.some((line) => line.includes(words))
      expect([path, says(`is not applied: ${path}: `)]).toEqual([path, member.state === 'refused'])
      expect([path, says(`has ${path}: kept without effect`)]).toEqual([path, member.state === 'kept'])
      const stored = clients.find((client) => client.id === id)
      if (member.state !== 'done') continue
      const now = metadataOf(stored?.document ?? {}, stored?.sealedSecret !== undefined)
      expect([path, isDeepStrictEqual(now, withoutSecret(before))]).toEqual([path, false])
    }
  } finally {
    await folder.remove()
  }
})

test('the page of members is up to date (npx vitest -u writes it)', async () => {
  const sections = Object.keys(clientMembers).map(
    (section) => `## ${section}\n\n${memberTable(rows, `${section}.`)}`,
  )
  const intro = `# Members of OAuth2 clients

Send a client to \`/realm-config/agents/OAuth2Client/ID\`, or import it: this page says what each member of its document does.
*Refused* members can't be set: a \`PUT\` answers 400 with the name, and an import reports the client and doesn't apply it.
Members with *no effect* are stored and returned; the header \`sidegate-findings\` and the plan of an import name those that are set.
Of members that are done, values that aren't listed are refused if there is a reason. Members of the last section count while
\`providerOverridesEnabled\` is true.
`
  await expect(`${[intro, ...sections].join('\n\n').replace('\n\n\n', '\n\n')}\n`).toMatchFileSnapshot(
    '../../docs/oauth-clients.md',
  )
})
