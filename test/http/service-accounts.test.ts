import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adminToken, bearer, postToken } from '../support/admin-tokens.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited, type RestRequest } from '../support/rest.ts'
import {
  assertionOf,
  createAccount,
  exchange,
  type Keys,
  newKeys,
  svcacct,
} from '../support/service-accounts.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const people = '/openidm/managed/alpha_user'
const everyone = `${people}?_queryFilter=true&_pageSize=1`
const trees = `${alpha}/realm-config/authentication/authenticationtrees/trees?_queryFilter=true`

let server: TestServer
let url: string
let ask: Ask
let keys: Keys
let id: string
let ahead = 0

const now = () => Date.now() + ahead

beforeAll(async () => {
  server = await startPrepared((stores) => saveRealm(stores, '/alpha'), {}, { now })
  url = server.url
  await signInAgain()
  keys = await newKeys()
  id = (await createAccount(ask, keys)).body._id
})
afterAll(() => server.stop())

async function signInAgain(): Promise<void> {
  ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
}

const by = (token: string, path: string, asked: RestRequest = {}) =>
  ask(path, { ...asked, as: '', headers: { ...bearer(token), ...asked.headers } })

const assertion = (claims: Record<string, unknown> = {}, by: Pick<Keys, 'privateKey'> = keys, of = id) =>
  assertionOf(url, of, by, claims, now())

/** A token of the account. */
async function token(scope?: string, of: [Keys, string] = [keys, id]): Promise<string> {
  const { status, body } = await exchange(url, await assertion({}, ...of), scope)
  expect(status, JSON.stringify(body)).toBe(200)
  return body.access_token
}

const refusal = (error: string, description: string) => ({
  status: 400,
  body: { error, error_description: expect.stringContaining(description) },
})

const change = (of: string, field: string, value: unknown) =>
  ask(`${svcacct}/${of}`, { method: 'PATCH', body: [{ operation: 'replace', field, value }] })

describe('a service account', () => {
  test('is created, read, listed, changed and deleted like a managed object', async () => {
    const made = await createAccount(ask, keys, { name: 'second', description: 'nightly' })
    expect(made).toMatchObject({
      status: 201,
      body: {
        _id: expect.stringMatching(/^[\da-f-]{36}$/),
        name: 'second',
        description: 'nightly',
        accountStatus: 'active',
        scopes: ['fr:am:*', 'fr:idm:*'],
        jwks: JSON.stringify({ keys: [keys.publicKey] }),
      },
    })
    const at = `${svcacct}/${made.body._id}`
    expect((await ask(at)).body).toEqual(made.body)
    const found = await ask(`${svcacct}?_queryFilter=name+eq+%22second%22`)
    expect(found.body.result).toEqual([made.body])
    const { _id, _rev, ...body } = made.body
    const put = await ask(at, { method: 'PUT', body: { ...body, name: 'third' } })
    expect(put).toMatchObject({ status: 200, body: { name: 'third', description: 'nightly' } })
    expect((await ask(at, { method: 'PUT', body, headers: { 'if-match': _rev } })).status).toBe(412)
    expect((await change(_id, '/accountStatus', 'inactive')).body.accountStatus).toBe('inactive')
    const { accountStatus: _none, ...silent } = body
    expect((await ask(at, { method: 'PUT', body: silent })).body.accountStatus).toBe('inactive')
    expect((await ask(at, { method: 'DELETE' })).status).toBe(200)
    expect((await ask(at)).status).toBe(404)
    expect((await ask(at, { method: 'DELETE' })).status).toBe(404)
  })

  test.each([
    [{ name: '' }, 'name: must not be empty'],
    [{ name: 'a\nb' }, 'name: must be one line'],
    [{ accountStatus: 'off' }, 'accountStatus: must be active or inactive'],
    [{ scopes: [] }, 'scopes: must name a scope'],
    [{ scopes: ['fr:all:*'] }, 'scopes.0: must be one of fr:am:*'],
    [{ jwks: 'no json' }, 'jwks: must be a JSON Web Key Set'],
    [{ jwks: { keys: [] } }, 'jwks.keys: must contain a key'],
    [{ jwks: { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] } }, 'jwks.keys.0: must be a public key'],
    [{ jwks: { keys: [{ kty: 'RSA' }] } }, 'jwks.keys.0: must be a public key of type RSA'],
  ])('with %j is refused with the reason', async (more, reason) => {
    expect(await createAccount(ask, keys, more)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining(reason) },
    })
  })

  test('never takes a private key', async () => {
    const jwks = { keys: [keys.privateKey] }
    expect(await createAccount(ask, keys, { jwks })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('keep the private key') },
    })
  })

  test('is for server administrators with a recent sign-in', async () => {
    const person = { _id: 'head', userName: 'head', givenName: 'He', sn: 'Ad', mail: 'head@example.com' }
    const password = 'Second-Pass-2026'
    await ask(`${people}?_action=create`, { method: 'POST', body: { ...person, password } })
    await ask(`${people}/head?_action=setRoles`, { method: 'POST', body: { roles: ['realm-admin'] } })
    const head = asking(url, await signIn(url, 'head', password))
    expect((await createAccount(head, keys)).status).toBe(403)
    expect((await head(`${svcacct}?_queryFilter=true`)).status).toBe(403)
    expect((await ask(svcacct, { as: '' })).status).toBe(401)
    ahead += 11 * 60_000
    const stale = { status: 403, body: { detail: { freshSignIn: {} } } }
    expect(await createAccount(ask, keys)).toMatchObject(stale)
    expect(await change(id, '/name', 'renamed')).toMatchObject(stale)
    await signInAgain()
  })

  test('can be made by the token of an administrator, as the command line does', async () => {
    const session = await signIn(url, 'amadmin', adminPassword, '/')
    const person = await adminToken(url, session, { scope: 'fr:idm:*' })
    const tokened: Ask = (path, asked) => by(person, path, asked)
    expect((await createAccount(tokened, keys, { name: 'by token' })).status).toBe(201)
  })

  test('makes and changes no service account', async () => {
    const program: Ask = async (path, asked) => by(await token(), path, asked)
    const refused = { status: 403, body: { message: 'A service account cannot change service accounts' } }
    expect(await createAccount(program, keys)).toMatchObject(refused)
    const patch = [{ operation: 'replace', field: '/scopes', value: ['fr:idc:esv:*'] }]
    expect(await program(`${svcacct}/${id}`, { method: 'PATCH', body: patch })).toMatchObject(refused)
    expect(await program(`${svcacct}/${id}`, { method: 'DELETE' })).toMatchObject(refused)
    expect(await program(`${svcacct}/own`, { method: 'PUT', body: {} })).toMatchObject(refused)
    expect((await program(`${svcacct}/${id}?_fields=*`)).body.name).toBe('pipeline')
  })
})

test('a token of a service account for people only writes no template and makes no author', async () => {
  const narrow = await token('fr:idm:*')
  const template = '/openidm/config/emailTemplate/welcome?realm=/alpha'
  const body = { enabled: true, subject: { en: 'Hello' }, message: { en: '<p>Hello</p>' } }
  expect((await by(narrow, template, { method: 'PUT', body })).status).toBe(403)
  expect((await by(await token(), template, { method: 'PUT', body })).status).toBe(200)
  expect((await by(narrow, template)).status).toBe(200)
  const author = { userName: 'author', givenName: 'Au', sn: 'Thor', mail: 'author@example.com' }
  expect((await by(narrow, `${people}/author`, { method: 'PUT', body: author })).status).toBe(201)
  const roles = { method: 'POST', body: { roles: ['journey-author'] } }
  expect((await by(narrow, `${people}/author?_action=setRoles`, roles)).status).toBe(403)
})

test('a service account is told apart from a person with the same id', async () => {
  const double = { userName: 'double', givenName: 'Do', sn: 'Uble', mail: 'double@example.com' }
  const root = '/openidm/managed/user'
  expect((await ask(`${root}/${id}`, { method: 'PUT', body: double })).status).toBe(201)
  const roles = { method: 'POST', body: { roles: ['seasonal'] } }
  // A person could not grant a role to themselves.
  expect((await by(await token(), `${root}/${id}?_action=setRoles`, roles)).status).toBe(200)
  const template = '/openidm/config/emailTemplate/doubled?realm=/alpha'
  const body = { enabled: true, subject: { en: 'Hello' }, message: { en: '<p>Hello</p>' } }
  expect((await by(await token(), template, { method: 'PUT', body })).status).toBe(201)
  const { result } = (await ask(`${alpha}/versions/emailTemplate/doubled`)).body
  expect(result).toMatchObject([{ savedById: id, savedBy: 'service account/pipeline' }])
})

test('no client learns what a token of a service account may do', async () => {
  const answer = await fetch(`${url}/oauth2/realms/root/tokeninfo`, { headers: bearer(await token()) })
  expect([answer.status, await answer.json()]).toEqual([
    401,
    expect.objectContaining({ error: 'invalid_token' }),
  ])
})

describe('an assertion', () => {
  test('gives a token that works on the admin interface', async () => {
    const { status, body } = await exchange(url, await assertion(), 'fr:idm:*')
    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: expect.any(String),
      expires_in: 899,
      token_type: 'Bearer',
      scope: 'fr:idm:*',
    })
    expect((await by(body.access_token, everyone)).status).toBe(200)
    expect((await by(body.access_token, trees)).status).toBe(403)
    const both = await token()
    expect((await by(both, trees)).status).toBe(200)
    expect((await by(both, `${alpha}/help-desk`)).status).toBe(403)
    expect((await by(both, `${alpha}/audit`)).status).toBe(403)
  })

  test.each(['ES256', 'EdDSA', 'PS256'])('can be signed with %s', async (alg) => {
    const other = await newKeys(alg)
    const made = await createAccount(ask, other)
    expect((await exchange(url, await assertion({}, other, made.body._id))).status).toBe(200)
  })

  test('can be signed with a key whose document says that it signs', async () => {
    const other = await newKeys('ES256')
    const jwks = { keys: [{ ...other.publicKey, key_ops: ['sign'], ext: true }] }
    const made = await createAccount(ask, other, { jwks })
    expect(JSON.parse(made.body.jwks)).toEqual({ keys: [other.publicKey] })
    expect((await exchange(url, await assertion({}, other, made.body._id))).status).toBe(200)
  })

  test('may name the token endpoint with its port twice, as the command line does', async () => {
    const { origin, port } = new URL(url)
    const aud = `${origin}:${port}/am/oauth2/access_token`
    expect((await exchange(url, await assertion({ aud }))).status).toBe(200)
  })

  test('works once, also in concurrent requests', async () => {
    const used = await assertion()
    const answers = await Promise.all([1, 2, 3, 4].map(() => exchange(url, used)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400, 400])
    expect(await exchange(url, used)).toMatchObject(refusal('invalid_grant', 'was used before'))
  })

  test('can be sent again without the scopes that were refused', async () => {
    const sent = await assertion()
    expect(await exchange(url, sent, 'fr:am:* fr:idc:esv:* fr:iga:*')).toMatchObject({
      status: 400,
      body: {
        error: 'invalid_scope',
        error_description: 'Unsupported scope for service account: fr:idc:esv:*,fr:iga:*',
      },
    })
    expect((await exchange(url, sent, 'fr:am:*')).status).toBe(200)
  })

  test('sets and exports variables by an import only with a scope for variables', async () => {
    const own = await newKeys()
    const scopes = ['fr:am:*', 'fr:idc:esv:*']
    const of: [Keys, string] = [own, (await createAccount(ask, own, { name: 'esvs', scopes })).body._id]
    const valueBase64 = Buffer.from('8443').toString('base64')
    const body = { meta: {}, global: { variable: { 'esv-own': { _id: 'esv-own', valueBase64 } } } }
    const path = `${alpha}/journeys?_action=import`
    const limited = await by(await token('fr:am:*', of), path, { method: 'POST', body })
    expect(limited).toMatchObject({ status: 200, body: { isImported: true } })
    expect(JSON.stringify(limited.body.findings)).toContain('needs a server administrator (esv-own)')
    expect((await ask('/environment/variables')).body.result).toEqual([])
    const all = await token('fr:am:* fr:idc:esv:*', of)
    expect((await by(all, path, { method: 'POST', body })).status).toBe(200)
    expect((await ask('/environment/variables')).body.result).toMatchObject([{ _id: 'esv-own', valueBase64 }])
    const changed = Buffer.from('9443').toString('base64')
    await ask('/environment/variables/esv-own', { method: 'PUT', body: { valueBase64: changed } })
    const exported = async (as: string) =>
      JSON.stringify((await by(as, `${alpha}/journeys?_action=exportAll`, { method: 'POST', body: {} })).body)
    expect(await exported(all)).toContain(changed)
    expect(await exported(await token('fr:am:*', of))).not.toContain(changed)
    await ask('/environment/variables/esv-own', { method: 'DELETE' })
  })

  test('needs a scope', async () => {
    expect(await exchange(url, await assertion(), '')).toMatchObject(refusal('invalid_scope', 'name a scope'))
  })

  test.each([
    ['of another audience', { aud: 'https://am.example.com/am/oauth2/access_token' }, 'aud of the assertion'],
    ['without audience', { aud: undefined }, 'aud of the assertion'],
    ['of another subject', { sub: 'amadmin' }, 'iss and sub'],
    ['without subject', { sub: undefined }, 'iss and sub'],
    ['without expiry', { exp: undefined }, 'claim exp'],
    ['without id', { jti: undefined }, 'jti of the assertion'],
    ['with an empty id', { jti: '' }, 'jti of the assertion'],
    ['that is not valid yet', { nbf: 4_000_000_000 }, 'not valid yet'],
    ['of an unknown account', { iss: 'nobody' }, 'not signed with a key'],
    ['without issuer', { iss: undefined }, 'not signed with a key'],
  ])('%s is refused', async (_what, claims, reason) => {
    expect(await exchange(url, await assertion(claims))).toMatchObject(refusal('invalid_grant', reason))
  })

  test('is refused after its expiry, and if it expires too late', async () => {
    const seconds = Math.floor(now() / 1000)
    const expired = await assertion({ exp: seconds - 1 })
    expect(await exchange(url, expired)).toMatchObject(refusal('invalid_grant', 'has expired'))
    expect((await exchange(url, await assertion({ exp: seconds + 900.5 }))).status).toBe(200)
    const late = await assertion({ exp: seconds + 1000 })
    expect(await exchange(url, late)).toMatchObject(refusal('invalid_grant', 'within 900 seconds'))
  })

  test('of another key, of no key and of no JWT at all is refused', async () => {
    const other = await newKeys()
    expect(await exchange(url, await assertion({}, other))).toMatchObject(
      refusal('invalid_grant', 'not signed with a key'),
    )
    const [, claims] = (await assertion()).split('.')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    expect(await exchange(url, `${none}.${claims}.`)).toMatchObject(refusal('invalid_grant', 'not signed'))
    const signed = await assertion()
    for (const header of ['null', '1', '"a"', '{"alg":7}', 'no json']) {
      const odd = signed.replace(/^[^.]*/, Buffer.from(header).toString('base64url'))
      expect(await exchange(url, odd), header).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      })
    }
    expect(await exchange(url, 'a.b.c')).toMatchObject(refusal('invalid_grant', 'must be a signed JWT'))
    expect(await exchange(url, '')).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  test('is taken by the root realm and by the client of service accounts only', async () => {
    const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', scope: 'fr:am:*' }
    const sent = { ...form, client_id: 'service-account', assertion: await assertion() }
    expect((await postToken(url, sent, { realm: alpha })).status).toBe(401)
    const other = { ...form, client_id: 'idmAdminClient', assertion: await assertion() }
    expect((await postToken(url, other)).status).toBe(400)
  })
})

describe('a token of a service account ends', () => {
  const other = async (): Promise<[Keys, string]> => {
    const made = await newKeys('ES256')
    return [made, (await createAccount(ask, made, { name: 'short-lived' })).body._id]
  }

  test('while the account is disabled, which also gets no new one', async () => {
    const of = await other()
    const got = await token(undefined, of)
    expect((await by(got, everyone)).status).toBe(200)
    await change(of[1], '/accountStatus', 'inactive')
    expect((await by(got, everyone)).status).toBe(401)
    expect(await exchange(url, await assertion({}, ...of))).toMatchObject(refusal('invalid_grant', 'active'))
  })

  test('with the account, also if another takes its id', async () => {
    const of = await other()
    const got = await token(undefined, of)
    const at = `${svcacct}/${of[1]}`
    const { body } = await ask(at)
    await ask(at, { method: 'DELETE' })
    expect((await by(got, everyone)).status).toBe(401)
    const { publicKey } = await newKeys('ES256')
    const again = { name: body.name, scopes: body.scopes, jwks: { keys: [publicKey] } }
    expect((await ask(at, { method: 'PUT', body: again })).status).toBe(201)
    expect((await by(got, everyone)).status).toBe(401)
  })

  test('with the account, also if another takes its id and its key', async () => {
    const of = await other()
    const got = await token(undefined, of)
    const at = `${svcacct}/${of[1]}`
    const { body } = await ask(at)
    await ask(at, { method: 'DELETE' })
    const again = { name: body.name, scopes: body.scopes, jwks: body.jwks }
    expect((await ask(at, { method: 'PUT', body: again })).status).toBe(201)
    expect((await by(got, everyone)).status).toBe(401)
    expect((await by(await token(undefined, of), everyone)).status).toBe(200)
  })

  test('with the key that it was made with', async () => {
    const of = await other()
    const got = await token(undefined, of)
    const { publicKey } = await newKeys('ES256')
    await change(of[1], '/jwks', { keys: [publicKey] })
    expect((await by(got, everyone)).status).toBe(401)
  })

  test('for a scope that the account lost', async () => {
    const of = await other()
    const got = await token(undefined, of)
    await change(of[1], '/scopes', ['fr:am:*'])
    expect((await by(got, everyone)).status).toBe(403)
    expect((await by(got, trees)).status).toBe(200)
  })

  test('after its lifetime, and for dangerous calls some minutes after the assertion', async () => {
    const got = await token()
    const remove = () => by(got, `${people}/nobody`, { method: 'DELETE' })
    ahead += 9 * 60_000
    expect((await remove()).status).toBe(404)
    ahead += 2 * 60_000
    expect(await remove()).toMatchObject({ status: 403, body: { detail: { freshSignIn: {} } } })
    expect((await by(got, everyone)).status).toBe(200)
    ahead += 4 * 60_000
    expect((await by(got, everyone)).status).toBe(401)
    await signInAgain()
  })

  test('when it is revoked', async () => {
    const got = await token()
    const form = new URLSearchParams({ client_id: 'service-account', token: got })
    await fetch(`${url}/oauth2/token/revoke`, { method: 'POST', body: form })
    expect((await by(got, everyone)).status).toBe(401)
  })
})

test('the audit trail names the service account, and neither it nor the log has a token', async () => {
  const sent = await assertion()
  const { body } = await exchange(url, sent)
  const person = { userName: 'programmed', givenName: 'Pro', sn: 'Grammed', mail: 'programmed@example.com' }
  const made = await by(body.access_token, `${people}/programmed`, { method: 'PUT', body: person })
  expect(made.status).toBe(201)
  const [event] = await audited(ask, '_pageSize=1')
  expect(JSON.stringify(event)).toContain('service account/pipeline')
  expect(JSON.stringify(event)).toContain(id)
  for (const secret of [sent, body.access_token]) {
    expect(server.logged()).not.toContain(secret)
    expect(JSON.stringify(await audited(ask, '_pageSize=50'))).not.toContain(secret)
  }
})
