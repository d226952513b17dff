import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defined } from '../../src/base/defined.ts'
import { newSession } from '../../src/sessions/sessions.ts'
import { exampleIdentity } from '../../src/store/contract/examples.ts'
import { saveRealm } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { type Ask, asking, audited } from '../support/rest.ts'
import { adminPassword, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const beta = '/realms/root/realms/beta'
const people = '/openidm/managed/alpha_user'
const password = 'Staff-Pass-2026'

let server: TestServer
let url: string
let ask: Ask
/** A session of a person in another realm. */
let victim: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    for (const realm of ['/alpha', '/beta']) await saveRealm(stores, realm)
    const bystander = exampleIdentity({ id: 'bystander', userName: 'bystander', realm: '/beta' })
    await stores.identities.create(bystander)
    const limits = { maxIdleMinutes: 30, maxSessionMinutes: 120 }
    const signIn = { realm: '/beta', identity: bystander, journey: 'Login', authLevel: 0, properties: {} }
    const { token, session } = newSession({ ...signIn, ...limits }, Date.now())
    await stores.sessions.create(session)
    victim = token
  })
  url = server.url
  ask = asking(url, await signIn(url, 'amadmin', adminPassword, '/'))
})
afterAll(() => server.stop())

const setRoles = (id: string, roles: string[], as?: string, object = people) =>
  ask(`${object}/${id}?_action=setRoles`, {
    method: 'POST',
    body: { roles },
    ...defined({ as }),
  })

/** Creates a person with roles. @returns their session. */
async function member(userName: string, roles: string[], realm = 'alpha'): Promise<string> {
  const object = realm === '/' ? '/openidm/managed/user' : `/openidm/managed/${realm}_user`
  const mail = `${userName}@example.com`
  const person = { _id: userName, userName, givenName: 'Some', sn: 'Body', mail, password }
  await ask(`${object}?_action=create`, { method: 'POST', body: person })
  if (roles.length > 0) expect((await setRoles(userName, roles, undefined, object)).status).toBe(200)
  return signIn(url, userName, password, realm)
}

describe('granting roles', () => {
  test('is for realm administrators in their realm, and never beyond their own rights', async () => {
    const as = await member('rita', ['realm-admin'])
    await member('newcomer', [])
    const { body } = await setRoles('newcomer', ['agent', 'journey-author', 'realm-admin', 'vip'], as)
    expect(body._access.roles).toEqual(['agent', 'journey-author', 'realm-admin', 'vip'])
    expect((await setRoles('newcomer', [], as)).body._access.roles).toEqual([])
    const [entry] = await audited(ask, 'whom=newcomer&event=AM-IDENTITY-CHANGE')
    expect(entry).toMatchObject({ who: { name: 'rita' }, what: { action: 'setRoles' } })
    expect((await setRoles('newcomer', ['admin'], as)).body.message).toContain('has no effect in the realm')
    expect((await setRoles('amadmin', ['admin'], as, '/openidm/managed/user')).status).toBe(403)
    expect((await setRoles('x', ['agent'], as, '/openidm/managed/beta_user')).status).toBe(403)
  })

  test('to oneself is rejected, but giving up a role is allowed', async () => {
    const as = await member('selma', ['realm-admin'])
    expect((await setRoles('selma', ['realm-admin', 'auditor'], as)).body).toMatchObject({
      code: 403,
      message: 'roles: you cannot grant roles to yourself',
    })
    expect((await setRoles('selma', [], as)).status).toBe(200)
    expect((await setRoles('selma', ['realm-admin'], as)).status).toBe(403)
    expect((await setRoles('amadmin', ['admin', 'auditor'], undefined, '/openidm/managed/user')).status).toBe(
      403,
    )
  })

  test('isn’t a side effect of writing a person', async () => {
    const as = await member('wilma', ['realm-admin'])
    const roles = ['admin', 'realm-admin']
    const mail = 'sly@example.com'
    const sly = { _id: 'sly', userName: 'sly', givenName: 'Sly', sn: 'One', mail, roles, _access: { roles } }
    await ask(`${people}?_action=create`, { method: 'POST', body: sly, as })
    const patch = [{ operation: 'add', field: '/roles', value: roles }]
    await ask(`${people}/sly`, { method: 'PATCH', body: patch, as })
    await ask(`${people}/sly`, { method: 'PUT', body: sly, as })
    expect((await ask(`${people}/sly?_fields=_access`)).body._access.roles).toEqual([])
  })

  test('in the root realm is limited to roles that have an effect there', async () => {
    const root = '/openidm/managed/user'
    await member('rootling', ['auditor'], '/')
    for (const role of ['realm-admin', 'journey-author']) {
      expect((await setRoles('rootling', [role], undefined, root)).body).toMatchObject({
        code: 400,
        message: `roles: ${role} has no effect in the root realm`,
      })
    }
  })
})

test('realm administrators reach by the paths of the vendor’s tools only what is of their realm', async () => {
  const as = await member('uma', ['realm-admin'])
  const theme = (realm: string) => ask(`/openidm/ui/theme?realm=${realm}&_queryFilter=true`, { as })
  expect((await theme('alpha')).status).toBe(200)
  expect((await theme('beta')).status).toBe(404)
  expect((await theme('/')).status).toBe(404)
  const patch = [{ operation: 'add', field: '/objects/0/schema/description', value: 'People of ours' }]
  const { status, body } = await ask('/openidm/config/managed', { method: 'PATCH', body: patch, as })
  expect(status).toBe(200)
  expect(body.objects.map(({ name }: { name: string }) => name)).toEqual(['alpha_user'])
  for (const path of [
    '/openidm/config/access',
    '/openidm/config/endpoint/one',
    '/environment/cookie-domains',
  ]) {
    expect((await ask(path, { as })).status, path).toBe(403)
    expect((await ask(path, { method: 'PUT', body: { domains: [] }, as })).status, path).toBe(403)
  }
})

test('a removed role ends at once, and so do the roles of a disabled person', async () => {
  const as = await member('brief', ['journey-author'])
  expect((await ask(`${alpha}/journeys`, { as })).status).toBe(200)
  await setRoles('brief', ['agent'])
  expect((await ask(`${alpha}/journeys`, { as })).status).toBe(403)
  await setRoles('brief', ['journey-author'])
  const disable = [{ operation: 'replace', field: '/accountStatus', value: 'inactive' }]
  await ask(`${people}/brief`, { method: 'PATCH', body: disable })
  expect((await ask(`${alpha}/journeys`, { as })).status).toBe(401)
})

describe('a person with a role in one realm', () => {
  test('reads their roles and rights', async () => {
    const as = await member('curious', ['agent-lead', 'auditor'])
    expect((await ask(`${alpha}/rights`, { as })).body).toEqual({
      realm: '/alpha',
      roles: ['agent-lead', 'auditor'],
      may: ['transactions', 'audit', 'helpdesk', 'staff'],
    })
    expect((await ask(`${beta}/rights`, { as })).status).toBe(403)
    const realms = (await ask('/global-config/realms?_queryFilter=true', { as })).body.result
    expect(realms.map(({ name }: { name: string }) => name)).toEqual(['alpha'])
  })

  test('can read and end only sessions of that realm', async () => {
    const as = await member('sonia', ['realm-admin'])
    const filter = encodeURIComponent('username eq "bystander" and realm eq "/beta"')
    expect((await ask(`${alpha}/sessions?_queryFilter=${filter}`, { as })).status).toBe(403)
    const { sessionHandle } = (await ask(`${beta}/sessions?_queryFilter=${filter}`)).body.result[0]
    const end = { method: 'POST', as, body: { sessionHandles: [sessionHandle] } }
    expect((await ask(`${alpha}/sessions?_action=logoutByHandle`, end)).body.result).toEqual({
      [sessionHandle]: false,
    })
    const byUser = { method: 'POST', as, body: { username: 'bystander' } }
    expect((await ask(`${beta}/sessions?_action=logoutByUser`, byUser)).status).toBe(403)
    const asked = { method: 'POST', body: { tokenId: victim }, as: '' }
    expect((await ask(`${beta}/sessions?_action=validate`, asked)).body.valid).toBe(true)
  })

  test('can manage only people and devices of that realm', async () => {
    const as = await member('petra', ['realm-admin'])
    const profile = await ask(`${alpha}/users/alex`, { as })
    expect(profile.status).toBe(200)
    expect(profile.headers.get('etag')).toBe(`"${profile.body._rev}"`)
    expect((await ask(`${alpha}/users/alex/devices/2fa/oath?_queryFilter=true`, { as })).status).toBe(200)
    expect((await ask(`/realms/root/users/amadmin`, { as })).status).toBe(403)
    expect((await ask(`/realms/root/users/amadmin/devices/2fa/oath`, { as })).status).toBe(403)
    expect((await ask(`${beta}/users/nobody`, { as })).status).toBe(403)
  })

  test('can read and write only themes of that realm', async () => {
    const as = await member('thea', ['realm-admin'])
    const themes = '/openidm/config/ui/themerealm'
    expect(Object.keys((await ask(themes, { as })).body.realm)).toEqual(['alpha'])
    const put = (realm: object) => ask(themes, { method: 'PUT', body: { realm }, as })
    expect((await put({ beta: [] })).status).toBe(404)
    expect((await put({ alpha: [{ name: 'Plain' }] })).status).toBe(200)
    const { beta: others } = (await ask(themes)).body.realm
    expect(others).toEqual([])
    const exportedKinds = async (as: string) => {
      const { body } = await ask(`${alpha}/journeys?_action=exportAll`, { method: 'POST', body: {}, as })
      return { kinds: JSON.stringify(body.sidegateBundle.documents), findings: body.sidegateBundle.findings }
    }
    expect((await exportedKinds(as)).kinds).toContain('Plain')
    const author = await exportedKinds(await member('rita', ['journey-author']))
    expect(author.kinds).not.toContain('Plain')
    expect(author.findings).toMatchObject([
      { message: expect.stringMatching(/^Themes and kept settings are left out/) },
    ])
  })

  test('export values of variables only as administrators of the server, and those of secrets never', async () => {
    const valueBase64 = Buffer.from('correct-horse-battery').toString('base64')
    const documents = [
      {
        kind: 'variable',
        id: 'esv-shown',
        document: { description: 'a url', valueBase64, value: valueBase64 },
      },
      {
        kind: 'variable',
        id: 'esv-key',
        document: { description: 'a key', encoding: 'generic', valueBase64 },
      },
    ]
    const bundle = { journeys: [], nodes: [], scripts: [], customNodeTypes: [], findings: [] }
    const sidegateBundle = { ...bundle, documents }
    const options = { method: 'POST', body: { sidegateBundle } }
    expect((await ask(`${alpha}/journeys?_action=import`, options)).status).toBe(200)
    const exported = async (as?: string) => {
      const { body } = await ask(`${alpha}/journeys?_action=exportAll`, {
        method: 'POST',
        body: {},
        ...(as === undefined ? {} : { as }),
      })
      const found: { id: string }[] = body.sidegateBundle.documents
      return ['esv-shown', 'esv-key', 'esv-made'].map((id) =>
        JSON.stringify(found.find((one) => one.id === id)),
      )
    }
    const made = { method: 'PUT', body: { valueBase64 } }
    expect((await ask('/environment/variables/esv-made', made)).status).toBe(200)
    const [shown, key, unkept] = await exported()
    expect(unkept).toContain(valueBase64)
    expect(shown).toContain(valueBase64)
    expect(key).not.toContain(valueBase64)
    for (const role of ['journey-author', 'realm-admin']) {
      const theirs = await exported(await member(`values-${role}`, [role]))
      expect(theirs.join()).toContain('a url')
      expect(theirs.join()).not.toContain(valueBase64)
      expect(theirs.join()).not.toContain('esv-made')
      const document = { _id: 'esv-made', description: '', expressionType: 'string', valueBase64 }
      const guess = {
        sidegateBundle: { ...bundle, documents: [{ kind: 'variable', id: 'esv-made', document }] },
      }
      const planned = await ask(`${alpha}/journeys?_action=import&dryRun=true`, {
        method: 'POST',
        body: guess,
        as: await member(`guess-${role}`, [role]),
      })
      expect(planned.body.items).toMatchObject([{ id: 'esv-made', status: 'new' }])
    }
  })

  test('can import settings of that realm, and variables only as administrators of the server', async () => {
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const files = (port: string, questions: object) => ({
      meta: {},
      global: {
        idm: { 'selfservice.kba': { questions } },
        variable: { 'esv-port': { _id: 'esv-port', expressionType: 'int', valueBase64: base64(port) } },
      },
      realm: { 'root-alpha': { trees: {} } },
    })
    const send = (as: string | undefined, body: object, more = '') =>
      ask(`${alpha}/journeys?_action=import${more}`, { method: 'POST', body, ...defined({ as }) })
    const questions = async () => (await ask(`${alpha}/realm-config/settings`)).body.selfService.kba.questions
    const author = await member('olaf', ['journey-author'])
    const administrator = await member('nora', ['realm-admin'])
    const before = await questions()
    const refused = await send(author, files('1', { 1: { en: 'Town?' } }))
    expect(refused).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/Your role does not allow/) },
    })
    expect(JSON.stringify(refused.body)).not.toContain('realmSetting')
    expect(await questions()).toEqual(before)
    const done = await send(administrator, files('1', { 1: { en: 'Town?' } }))
    expect(done).toMatchObject({ status: 200, body: { isImported: true } })
    expect(done.body.items).toContainEqual(
      expect.objectContaining({ kind: 'realmSetting', id: 'selfService.kba', status: 'changed' }),
    )
    expect(done.body.findings).toContainEqual({
      kind: 'note',
      message: expect.stringMatching(/^Not applied: .* needs a server administrator \(esv-port\)$/),
    })
    expect(await questions()).toEqual({ 1: { en: 'Town?' } })
    const values = async () => {
      const { result } = (await ask('/environment/variables')).body
      return result.filter(({ _id }: { _id: string }) => _id === 'esv-port')
    }
    expect(await values()).toEqual([])
    const byServer = await send(undefined, files('2', { 1: { en: 'Town?' } }))
    expect(byServer.body.items).toContainEqual(
      expect.objectContaining({ kind: 'variable', id: 'esv-port', status: 'new' }),
    )
    expect(await values()).toMatchObject([{ _id: 'esv-port', valueBase64: base64('2') }])
    const again = await send(undefined, files('2', { 1: { en: 'Town?' } }))
    expect(again.body.items.every(({ status }: { status: string }) => status === 'identical')).toBe(true)
    // The plan doesn't depend on stored values that the administrator may not read.
    const planned = await Promise.all(
      ['2', '3'].map(
        async (port) => (await send(administrator, files(port, {}), '&dryRun=true')).body.findings,
      ),
    )
    expect(planned[0]).toEqual(planned[1])
    const exported = async (as?: string) => {
      const path = `${alpha}/journeys?_action=exportAll`
      return JSON.stringify((await ask(path, { method: 'POST', body: {}, ...defined({ as }) })).body)
    }
    await ask('/environment/variables/esv-port', { method: 'PUT', body: { valueBase64: base64('77777') } })
    expect(await exported()).toContain(base64('77777'))
    expect(await exported(administrator)).not.toContain(base64('77777'))
    await ask('/environment/variables/esv-port', { method: 'DELETE' })
  })

  test('can import and export kept settings only as administrators of the realm', async () => {
    const secret = 'correct-horse-battery'
    const kept = (value: object) => ({
      kind: 'keptDocument',
      id: 'realm service x',
      document: { scope: 'realm', section: 'service', key: 'x', value },
    })
    const bundle = { journeys: [], nodes: [], scripts: [], customNodeTypes: [], findings: [] }
    const send = (as: string, value: object) =>
      ask(`${alpha}/journeys?_action=import`, {
        method: 'POST',
        body: { sidegateBundle: { ...bundle, documents: [kept(value)] } },
        as,
      })
    const exported = async (as: string) => {
      const { body } = await ask(`${alpha}/journeys?_action=exportAll`, { method: 'POST', body: {}, as })
      return JSON.stringify(body.sidegateBundle.documents)
    }
    const author = await member('quin', ['journey-author'])
    const administrator = await member('rosa', ['realm-admin'])
    const refused = await send(author, { from: 'kept@example.com' })
    expect(refused).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/Your role does not allow/) },
    })
    expect(await exported(administrator)).not.toContain('kept@example.com')
    expect((await send(administrator, { from: 'kept@example.com', password: secret })).status).toBe(200)
    expect(await exported(administrator)).toContain('kept@example.com')
    expect(await exported(administrator)).not.toContain(secret)
    expect(await exported(author)).not.toContain('kept@example.com')
  })

  test('can’t write objects that run in other realms, in any way', async () => {
    const as = await member('joan', ['journey-author'])
    const type = {
      displayName: 'Sly',
      description: '',
      outcomes: ['done'],
      inputs: [],
      outputs: [],
      script: 'outcome = "done";',
      errorOutcome: false,
      tags: [],
      properties: {},
      serviceName: 'f'.repeat(32),
    }
    const designer = '/node-designer/node-type'
    for (const action of ['', '?_action=create', '?_action=import'])
      expect((await ask(`${designer}${action}`, { method: 'POST', body: type, as })).status).toBe(403)
    const put = { method: 'PUT', body: type, as }
    expect((await ask(`${designer}/${type.serviceName}-1`, put)).status).toBe(403)
    expect(
      (await ask(`${designer}?_action=export&_action=create`, { method: 'POST', body: {}, as })).status,
    ).toBe(200)
    const bundle = {
      trees: {},
      nodeTypes: { [`${type.serviceName}-1`]: { _id: `${type.serviceName}-1`, ...type } },
    }
    const plan = await ask(`${alpha}/journeys?_action=import&dryRun=true`, {
      method: 'POST',
      body: bundle,
      as,
    })
    expect(plan.body).toMatchObject({ isPossible: false })
    const refused = await ask(`${alpha}/journeys?_action=import`, { method: 'POST', body: bundle, as })
    expect(refused.body.message).toContain('Your role does not allow you to write Sly (customNodeType)')
    expect((await ask(`${designer}?_queryFilter=true`)).body.result).not.toContainEqual(
      expect.objectContaining({ displayName: 'Sly' }),
    )
  })
})

test('an administrator of a realm sets questions, terms and lengths of passwords of that realm only', async () => {
  const as = await member('ruth', ['realm-admin'])
  const author = await member('jack', ['journey-author'])
  const settings = async (realm: string) => (await ask(`${realm}/realm-config/settings`)).body
  const others = ['/realms/root', beta]
  const before = await Promise.all(others.map(settings))
  const questions = { '1': { en: 'Where did you go to school?' } }
  const kba = { path: '/openidm/config/selfservice.kba', body: { questions } }
  const terms = {
    path: '/openidm/config/selfservice.terms',
    body: {
      active: '7',
      versions: [{ version: '7', createDate: '2026-01-01', termsTranslations: { en: 'Be kind.' } }],
    },
  }
  const policy = {
    path: '/openidm/config/fieldPolicy/alpha_user',
    body: { validator: [{ type: 'length-based', minPasswordLength: 12, maxPasswordLength: 40 }] },
  }
  for (const { path, body } of [kba, terms, policy]) {
    expect((await ask(path, { method: 'PUT', body, as: author })).status).toBe(403)
    expect((await ask(path, { method: 'PUT', body, as: '' })).status).toBe(401)
    expect((await ask(path, { method: 'PUT', body, as })).status).toBe(200)
  }
  expect(await settings(alpha)).toMatchObject({
    passwordPolicy: { minLength: 12, maxLength: 40 },
    selfService: { kba: { questions }, terms: { version: '7' } },
  })
  for (const object of ['beta_user', 'user']) {
    const path = `/openidm/config/fieldPolicy/${object}`
    expect((await ask(path, { method: 'PUT', body: policy.body, as })).status).toBe(403)
  }
  for (const path of ['/openidm/config/uilocale/fr', '/openidm/config/servletfilter/cors'])
    expect((await ask(path, { method: 'PUT', body: {}, as })).status).toBe(403)
  expect(await Promise.all(others.map(settings))).toEqual(before)
})

test('an auditor in the root realm reads the book of the whole server', async () => {
  const as = await member('otto', ['auditor'], '/')
  expect((await ask('/realms/root/audit?allRealms=true', { as })).status).toBe(200)
  expect((await ask('/global-config/audit', { as })).status).toBe(200)
  expect((await ask('/global-config/audit', { as, method: 'PUT', body: {} })).status).toBe(403)
  expect((await ask(`${alpha}/audit`, { as })).status).toBe(403)
  const local = await member('anja', ['auditor'])
  expect((await ask(`${alpha}/audit`, { as: local })).status).toBe(200)
  expect((await ask('/realms/root/audit?allRealms=true', { as: local })).status).toBe(403)
})
