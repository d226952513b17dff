import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adminToken, askForCode, bearer, postToken } from '../support/admin-tokens.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { RelyingParty } from '../support/relying-party.ts'
import { type Ask, asking, audited, type RestRequest } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

// Tokens of the vendor's admin tools on the admin interface.

const people = '/openidm/managed/alpha_user'
const staff = '/openidm/managed/user'
const journeys = '/realms/root/realms/alpha/realm-config/authentication/authenticationtrees/trees'
const password = 'Second-Pass-2026'

let server: TestServer
let url: string
let admin: string
let ask: Ask
let ahead = 0

beforeAll(async () => {
  server = await startPrepared(
    async (stores) => {
      for (const realm of ['/alpha', '/beta']) await saveRealm(stores, realm)
    },
    {},
    { now: () => Date.now() + ahead },
  )
  url = server.url
  admin = await signIn(url, 'amadmin', adminPassword, '/')
  ask = asking(url, admin)
  // Before the tests move the server's clock, which the issuer of tokens doesn't have.
  const person = { userName: 'head', givenName: 'He', sn: 'Ad', mail: 'head@example.com', password }
  await ask(`${people}?_action=create`, { method: 'POST', body: { _id: 'head', ...person } })
})
afterAll(() => server.stop())

/** Sends a request with a token instead of a session. */
const by = (token: string, path: string, { headers = {}, ...asked }: RestRequest = {}) =>
  ask(path, { ...asked, as: '', headers: { ...bearer(token), ...headers } })

const query = (path: string) => `${path}?_queryFilter=true&_pageSize=1`

/** A person of the root realm. @returns a session. */
async function colleague(userName: string, ...roles: string[]): Promise<string> {
  const person = { _id: userName, userName, givenName: 'Some', sn: 'Body', mail: `${userName}@example.com` }
  const made = await ask(`${staff}?_action=create`, { method: 'POST', body: { ...person, password } })
  expect(made.status).toBe(201)
  if (roles.length > 0) await setRoles(userName, ...roles)
  return signIn(url, userName, password, '/')
}

async function setRoles(userName: string, ...roles: string[]): Promise<void> {
  const done = await ask(`${staff}/${userName}?_action=setRoles`, { method: 'POST', body: { roles } })
  expect(done.status).toBe(200)
}

describe('a token of administration', () => {
  test.each(['idmAdminClient', 'idm-admin-ui'])('works for %s as a session does', async (client) => {
    const token = await adminToken(url, admin, { client })
    expect((await by(token, query(people))).body).toMatchObject({ resultCount: expect.any(Number) })
    expect((await by(token, `${journeys}?_queryFilter=true`)).status).toBe(200)
    expect((await by(token, '/rights')).body).toEqual({
      realm: '/',
      roles: ['admin'],
      may: ['administrator', 'realm', 'people', 'journeys', 'staff'],
    })
  })

  test('works for the routes of its scopes only', async () => {
    const idm = await adminToken(url, admin, { scope: 'openid fr:idm:*' })
    expect((await by(idm, query(people))).status).toBe(200)
    expect((await by(idm, `${journeys}?_queryFilter=true`)).status).toBe(403)
    const am = await adminToken(url, admin, { scope: 'fr:am:*' })
    expect((await by(am, query(people))).status).toBe(403)
    expect((await by(am, `${journeys}?_queryFilter=true`)).status).toBe(200)
    const nothing = await adminToken(url, admin, { scope: 'openid profile fr:idc:release:*' })
    expect((await by(nothing, query(people))).status).toBe(403)
    expect((await by(nothing, '/rights')).status).toBe(403)
  })

  test('allows no work of the help desk and no look at the audit trail', async () => {
    const token = await adminToken(url, admin)
    for (const path of ['/help-desk', '/audit', '/backchannel-transactions', '/help-desk/wall'])
      expect((await by(token, `/realms/root/realms/alpha${path}`)).status, path).toBe(403)
    const shorter = { method: 'PUT', body: { retentionDays: 30 } }
    expect((await by(token, '/global-config/audit', shorter)).status).toBe(403)
    expect((await ask('/realms/root/realms/alpha/help-desk')).status).toBe(200)
  })

  test('grants nobody rights that it lacks', async () => {
    const token = await adminToken(url, admin)
    await colleague('plain')
    for (const role of ['admin', 'agent', 'auditor'])
      expect(
        await by(token, `${staff}/plain?_action=setRoles`, { method: 'POST', body: { roles: [role] } }),
      ).toMatchObject({ status: 403, body: { message: `roles: ${role} allows more than your roles` } })
  })

  test('for people only makes nobody an author of journeys, and takes over no author', async () => {
    const narrow = await adminToken(url, admin, { scope: 'fr:idm:*' })
    const wide = await adminToken(url, admin)
    const at = `${people}/author`
    const author = { userName: 'author', givenName: 'Au', sn: 'Thor', mail: 'author@example.com', password }
    expect((await by(narrow, at, { method: 'PUT', body: author })).status).toBe(201)
    const grant = { method: 'POST', body: { roles: ['journey-author'] } }
    expect(await by(narrow, `${at}?_action=setRoles`, grant)).toMatchObject({
      status: 403,
      body: { message: 'roles: journey-author allows more than your roles' },
    })
    expect((await by(wide, `${at}?_action=setRoles`, grant)).status).toBe(200)
    const reset = { method: 'POST', body: { password: 'Third-Pass-2026' } }
    expect((await by(narrow, `${at}?_action=resetPassword`, reset)).status).toBe(403)
    expect((await by(wide, `${at}?_action=resetPassword`, reset)).status).toBe(200)
  })

  test('takes over nobody who has rights that it lacks', async () => {
    const token = await adminToken(url, admin)
    await colleague('auditing', 'auditor')
    const at = `${staff}/auditing`
    const refused = { status: 403, body: { message: expect.stringContaining('has the role auditor') } }
    const patch = [{ operation: 'replace', field: '/password', value: 'Third-Pass-2026' }]
    expect(await by(token, at, { method: 'PATCH', body: patch })).toMatchObject(refused)
    expect(await by(token, `${at}?_action=patch`, { method: 'POST', body: patch })).toMatchObject(refused)
    const body = { userName: 'auditing', password: 'Third-Pass-2026' }
    expect(await by(token, at, { method: 'PUT', body })).toMatchObject(refused)
    expect(await by(token, `${at}?_action=resetPassword`, { method: 'POST', body: {} })).toMatchObject(
      refused,
    )
    expect(await by(token, `${at}?_action=unlock`, { method: 'POST', body: {} })).toMatchObject(refused)
    expect(await by(token, at, { method: 'DELETE' })).toMatchObject(refused)
    expect((await ask(at, { method: 'PATCH', body: patch })).status).toBe(200)
    const plainly = [{ operation: 'replace', field: '/givenName', value: 'Other' }]
    expect((await by(token, `${staff}/plain`, { method: 'PATCH', body: plainly })).status).toBe(200)
  })

  test('is recorded with the name of the person, and is written nowhere', async () => {
    const token = await adminToken(url, admin)
    const created = await by(token, `${people}/tokened`, {
      method: 'PUT',
      body: { userName: 'tokened', givenName: 'To', sn: 'Kened', mail: 'tokened@example.com' },
    })
    expect(created.status).toBe(201)
    const events = await audited(ask, '_pageSize=20')
    expect(JSON.stringify(events)).toContain('tokened')
    expect(JSON.stringify(events[0])).toContain('amadmin')
    expect(JSON.stringify(events)).not.toContain(token)
    expect(server.logged()).not.toContain(token)
  })
})

describe('beside other credentials, a token', () => {
  test('that is unknown is refused, even with a good cookie', async () => {
    for (const authorization of ['Bearer unknown', 'Bearer', 'bearer a b', `Bearer ${admin}`]) {
      const headers = { authorization, cookie: `iPlanetDirectoryPro=${admin}` }
      const answer = await ask(query(people), { as: '', headers })
      expect(answer.status, authorization).toBe(401)
      expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
    }
    const cookie = `iPlanetDirectoryPro=${admin}`
    expect((await ask(query(people), { as: '', headers: { cookie } })).status).toBe(200)
  })

  test('counts instead of the cookie', async () => {
    const idm = await adminToken(url, admin, { scope: 'fr:idm:*' })
    const headers = { cookie: `iPlanetDirectoryPro=${admin}` }
    expect((await by(idm, `${journeys}?_queryFilter=true`, { headers })).status).toBe(403)
  })

  test('makes a write safe from other sites, which the cookie alone does not', async () => {
    const at = new URL(`${people}/nobody`, url)
    const cookie = `iPlanetDirectoryPro=${admin}`
    const remove = async (headers: Record<string, string>) =>
      (await fetch(at, { method: 'DELETE', headers })).status
    expect(await remove({ cookie })).toBe(403)
    expect(await remove({ cookie, ...bearer(await adminToken(url, admin)) })).toBe(404)
    expect(await remove({ cookie, ...bearer('unknown') })).toBe(401)
    // A route for everyone takes the cookie, so that its write needs a header.
    const logout = new URL(`${url}/json/realms/root/sessions?_action=logout`)
    const headers = { cookie, ...bearer('unknown') }
    expect((await fetch(logout, { method: 'POST', headers })).status).toBe(403)
  })

  test('gives way to a session in the header', async () => {
    expect((await ask(query(people), { headers: { authorization: 'Bearer unknown' } })).status).toBe(200)
  })

  test('means nothing to routes for everyone', async () => {
    const token = await adminToken(url, admin)
    const answer = await by(token, '/realms/root/users?_action=idFromSession', { method: 'POST', body: {} })
    expect(answer.status).toBe(401)
  })
})

describe('a token ends', () => {
  test('with the session that it was made from', async () => {
    const session = await colleague('leaver', 'admin')
    const token = await adminToken(url, session)
    expect((await by(token, query(people))).status).toBe(200)
    await ask('/realms/root/sessions?_action=logout', { method: 'POST', body: {}, as: session })
    expect((await by(token, query(people))).status).toBe(401)
  })

  test('with a new password', async () => {
    const token = await adminToken(url, await colleague('renewed', 'admin'))
    const body = [{ operation: 'replace', field: '/password', value: 'Third-Pass-2026' }]
    expect((await ask(`${staff}/renewed`, { method: 'PATCH', body })).status).toBe(200)
    expect((await by(token, query(people))).status).toBe(401)
  })

  test('with the person, also if another gets the same id', async () => {
    const session = await colleague('again', 'admin')
    const token = await adminToken(url, session)
    expect((await ask(`${staff}/again`, { method: 'DELETE' })).status).toBe(200)
    expect((await by(token, query(people))).status).toBe(401)
    await colleague('again', 'admin')
    expect((await by(token, query(people))).status).toBe(401)
    expect((await ask(query(people), { as: session })).status).toBe(401)
  })

  test('while the person is disabled', async () => {
    const token = await adminToken(url, await colleague('disabled', 'admin'))
    const body = [{ operation: 'replace', field: '/accountStatus', value: 'inactive' }]
    expect((await ask(`${staff}/disabled`, { method: 'PATCH', body })).status).toBe(200)
    expect((await by(token, query(people))).status).toBe(401)
  })

  test('with the role, which is read at every request', async () => {
    const token = await adminToken(url, await colleague('demoted', 'admin'))
    await setRoles('demoted', 'auditor')
    expect((await by(token, query(people))).status).toBe(403)
    await setRoles('demoted')
    expect((await by(token, '/rights')).status).toBe(403)
  })

  test('with its lifetime, and can not be renewed', async () => {
    const { code = '', verifier, redirectUri } = await askForCode(url, admin)
    const { body } = await postToken(url, {
      client_id: 'idmAdminClient',
      redirect_uri: redirectUri,
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
    })
    expect(body).not.toHaveProperty('refresh_token')
    expect(body.expires_in).toBe(899)
    ahead += 898_000
    expect((await by(body.access_token, query(people))).status).toBe(200)
    ahead += 2_000
    expect((await by(body.access_token, query(people))).status).toBe(401)
  })

  test('for dangerous calls, some minutes after the sign-in of the session', async () => {
    const session = await signIn(url, 'amadmin', adminPassword, '/')
    ahead += 9 * 60_000
    const token = await adminToken(url, session)
    const remove = () => by(token, `${people}/nobody`, { method: 'DELETE' })
    expect((await remove()).status).toBe(404)
    ahead += 2 * 60_000
    expect(await remove()).toMatchObject({ status: 403, body: { detail: { freshSignIn: {} } } })
    admin = await signIn(url, 'amadmin', adminPassword, '/')
    ask = asking(url, admin)
  })
})

describe('the clients of the admin tools', () => {
  test('give no code to people without a role', async () => {
    const session = await colleague('visitor')
    expect(await askForCode(url, session)).toMatchObject({ status: 302, error: 'access_denied' })
    await setRoles('visitor', 'auditor')
    expect(await askForCode(url, session)).toMatchObject({ status: 302, code: expect.any(String) })
  })

  test('give no code to a browser, which would show it in the address bar', async () => {
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-origin' }])
      expect(await askForCode(url, admin, { headers })).toMatchObject({
        code: undefined,
        error: 'access_denied',
      })
  })

  test('redirect only to pages of the server', async () => {
    const origin = new URL(url).origin
    const redirected = async (uri: string) =>
      (await askForCode(url, admin, { more: { redirect_uri: uri } })).status
    for (const page of ['platform/sessionCheck.html', 'admin/appAuthHelperRedirect.html'])
      expect(await redirected(`${origin}/${page}`), page).toBe(302)
    for (const uri of [
      `${origin}/other.html`,
      'https://attacker.example/platform/appAuthHelperRedirect.html',
    ])
      expect(await redirected(uri), uri).toBe(400)
  })

  test('need PKCE with SHA-256', async () => {
    const without = { more: { code_challenge: '', code_challenge_method: '' } }
    expect(await askForCode(url, admin, without)).toMatchObject({ error: 'invalid_request' })
    const plain = { more: { code_challenge_method: 'plain' } }
    expect(await askForCode(url, admin, plain)).toMatchObject({ error: 'invalid_request' })
    const { code = '', redirectUri } = await askForCode(url, admin)
    const form = { client_id: 'idmAdminClient', redirect_uri: redirectUri, grant_type: 'authorization_code' }
    const stolen = await postToken(url, { ...form, code, code_verifier: 'x'.repeat(43) })
    expect(stolen).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  test('may send a secret, which the command line makes up', async () => {
    const { code = '', verifier, redirectUri } = await askForCode(url, admin)
    const authorization = `Basic ${Buffer.from('idmAdminClient:doesnotmatter').toString('base64')}`
    const form = {
      redirect_uri: redirectUri,
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
    }
    expect((await postToken(url, form, { headers: { authorization } })).status).toBe(200)
  })

  test('can not be replaced by a stored client', async () => {
    const impostor = new RelyingParty(url, 'idmAdminClient', undefined, { realm: 'alpha' })
    await impostor.register()
    const path = '/realms/root/realm-config/agents/OAuth2Client/idmAdminClient'
    const uri = 'https://attacker.example/'
    const body = { coreOAuth2ClientConfig: { redirectionUris: [uri], clientType: 'Public' } }
    expect((await ask(path, { method: 'PUT', body })).status).toBe(201)
    expect((await askForCode(url, admin, { more: { redirect_uri: uri } })).status).toBe(400)
  })
})

describe('a token of another application', () => {
  test('is refused, whatever its scopes', async () => {
    const core = {
      clientType: 'Public',
      scopes: ['fr:idm:*', 'fr:am:*'],
      redirectionUris: [new URL('/platform/appAuthHelperRedirect.html', url).href],
    }
    const body = { coreOAuth2ClientConfig: core, advancedOAuth2ClientConfig: { isConsentImplied: true } }
    await ask('/realms/root/realm-config/agents/OAuth2Client/own', { method: 'PUT', body })
    const token = await adminToken(url, admin, { client: 'own', scope: 'fr:idm:* fr:am:*' })
    expect((await by(token, query(people))).status).toBe(401)
    expect((await by(token, '/rights')).status).toBe(401)
  })

  test('of another realm is refused in every realm', async () => {
    await ask(`${people}/head?_action=setRoles`, { method: 'POST', body: { roles: ['realm-admin'] } })
    const session = await signIn(url, 'head', password)
    const realm = '/realms/root/realms/alpha'
    const core = {
      clientType: 'Public',
      scopes: ['fr:idm:*', 'fr:am:*'],
      redirectionUris: [new URL('/platform/appAuthHelperRedirect.html', url).href],
    }
    const body = { coreOAuth2ClientConfig: core, advancedOAuth2ClientConfig: { isConsentImplied: true } }
    await ask(`${realm}/realm-config/agents/OAuth2Client/idmAdminClient`, {
      method: 'PUT',
      body,
      as: session,
    })
    const token = await adminToken(url, session, { realm, scope: 'fr:idm:* fr:am:*' })
    for (const path of [people, staff, '/openidm/managed/beta_user'])
      expect((await by(token, query(path))).status, path).toBe(401)
    expect((await by(token, `${journeys}?_queryFilter=true`)).status).toBe(401)
    // The root realm knows no session of another realm.
    expect(await askForCode(url, session)).not.toHaveProperty('code', expect.any(String))
  })
})
