import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { preparedFolder, saveRealm } from '../support/prepared-folder.ts'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

// Settings of a tenant by REST and by imports: one document is kept of each, and both say the same.

let server: TestServer
let ask: Ask
beforeAll(async () => {
  const dataFolder = await preparedFolder(async (stores) => {
    await saveRealm(stores, '/alpha')
    await saveRealm(stores, '/beta')
  })
  server = await startServer({ dataFolder })
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
})
afterAll(() => server?.stop())

const alpha = '/realms/root/realms/alpha'
const beta = '/realms/root/realms/beta'
const config = '/openidm/config'
const put = (path: string, body: object) => ask(`${config}/${path}`, { method: 'PUT', body })
const get = async (path: string): Promise<JsonObject> => {
  const { _rev, ...document } = (await ask(`${config}/${path}`)).body
  return document
}
const settings = async (realm = alpha) => (await ask(`${realm}/realm-config/settings`)).body
const imported = async (body: object, realm = alpha) =>
  ask(`${realm}/journeys?_action=import`, { method: 'POST', body })
const exported = async (realm = alpha): Promise<Record<string, JsonObject>> => {
  const { body } = await ask(`${realm}/journeys?_action=exportAll`, { method: 'POST', body: {} })
  const kept: { kind: string; document: JsonObject }[] = body.sidegateBundle.documents
  return Object.fromEntries(
    kept
      .filter(({ kind }) => kind === 'keptDocument')
      .map(({ document }) => [String(document.key), document.value as JsonObject]),
  )
}
const fullExport = (realm: string, idm: JsonObject) => ({
  meta: { exportTool: 'frodo' },
  global: { idm },
  realm: { [`root-${realm}`]: { trees: {} } },
})

const documents = {
  'selfservice.kba': { _id: 'selfservice.kba', questions: { 1: { en: 'Town?' } }, own: { a: 1 } },
  'selfservice.terms': {
    _id: 'selfservice.terms',
    active: '2',
    uiConfig: { displayName: 'Terms' },
    versions: [
      { version: '1', createDate: '2024', termsTranslations: { en: 'Old' } },
      { version: '2', createDate: '2025', termsTranslations: { en: 'New' } },
    ],
  },
  'fieldPolicy/alpha_user': {
    _id: 'fieldPolicy/alpha_user',
    validator: [
      { type: 'length-based', minPasswordLength: 9, maxPasswordLength: 0 },
      { type: 'character-set', characterSet: ['1:ABCDEFGHIJKLMNOPQRSTUVWXYZ'] },
      { type: 'house-rule', enabled: true },
    ],
  },
  'uilocale/fr': { _id: 'uilocale/fr', login: { password: 'Mot de passe' } },
  managed: {
    _id: 'managed',
    objects: [
      {
        name: 'alpha_user',
        onCreate: { type: 'text/javascript', source: '1' },
        schema: { properties: { password: { type: 'string' }, custom_badge: { type: 'string' } } },
      },
      { name: 'alpha_role', schema: { properties: {} } },
    ],
  },
}
const people = async () =>
  ((await get('managed')).objects as JsonObject[]).filter(({ name }) => /^alpha_/.test(String(name)))

describe('documents of the identity management', () => {
  test('are exported as clients sent them', async () => {
    for (const [id, body] of Object.entries(documents)) {
      expect((await put(id, body)).status).toBe(id.startsWith('uilocale') ? 201 : 200)
    }
    expect(await exported()).toEqual(documents)
    const { 'fieldPolicy/alpha_user': _policy, managed, ...both } = documents
    expect(await exported(beta)).toEqual(both)
    expect(managed.objects).toEqual(await people())
  })

  test('are shown as an import brought them, and replaced where it put them', async () => {
    const kba = { ...documents['selfservice.kba'], questions: { 2: { en: 'Pet?' } } }
    const { managed, ...others } = { ...documents, 'selfservice.kba': kba }
    expect((await imported(fullExport('alpha', { ...others, managed }))).status).toBe(200)
    for (const [id, document] of Object.entries(others)) expect(await get(id)).toEqual(document)
    expect(await people()).toEqual(managed.objects)
    await put('selfservice.kba', documents['selfservice.kba'])
    expect((await exported())['selfservice.kba']).toEqual(documents['selfservice.kba'])
    expect(await settings()).toMatchObject({
      passwordPolicy: { minLength: 9, maxLength: 128, minCapitals: 1, minNumbers: 0 },
      customAttributes: [{ name: 'custom_badge' }],
      locales: { offered: ['en', 'fr'] },
      selfService: { kba: { questions: { 1: { en: 'Town?' } } }, terms: { version: '2' } },
    })
  })

  test('are forgotten in all realms', async () => {
    expect((await ask(`${config}/uilocale/fr`, { method: 'DELETE' })).status).toBe(200)
    expect((await ask(`${config}/uilocale/fr`)).status).toBe(404)
    expect([await exported(), await exported(beta)].map((one) => one['uilocale/fr'])).toEqual([
      undefined,
      undefined,
    ])
  })

  test('change no realm if one of them can’t have them', async () => {
    const offered = Array.from(
      { length: 50 },
      (_, index) => `x${String.fromCharCode(97 + (index % 26))}-${index + 10}`,
    )
    const locales = { default: offered[0], offered }
    expect((await ask(`${beta}/realm-config/settings`, { method: 'PUT', body: { locales } })).status).toBe(
      200,
    )
    const before = [await settings(), await exported()]
    const { status, body } = await put('uilocale/de', { login: {} })
    expect({ status, message: body.message }).toEqual({
      status: 400,
      message: expect.stringContaining('offered'),
    })
    expect([await settings(), await exported()]).toEqual(before)
    const few = { default: 'en', offered: ['en'] }
    await ask(`${beta}/realm-config/settings`, { method: 'PUT', body: { locales: few } })
  })

  test('are refused above the size that a realm keeps', async () => {
    const text = 'x'.repeat(3_000_000)
    const statuses = []
    for (const id of ['aa', 'ab', 'ac', 'ad', 'ae', 'af']) {
      const { status, body } = await put(`uilocale/${id}`, { text })
      statuses.push(status)
      if (status === 400) expect(body.message).toContain('more than 16 MB')
    }
    expect(statuses.at(-1)).toBe(400)
  }, 60_000)

  test('of concurrent writes for one revision, one succeeds', async () => {
    const read = await ask(`${config}/selfservice.kba`)
    const headers = { 'if-match': read.headers.get('etag') ?? '' }
    const writes = ['a', 'b', 'c'].map((en) =>
      ask(`${config}/selfservice.kba`, { method: 'PUT', body: { questions: { 1: { en } } }, headers }),
    )
    const statuses = (await Promise.all(writes)).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, 412, 412])
  })
})

test('a revision is of the documents of all realms, and a write names those with one of their own', async () => {
  const path = 'selfservice.terms'
  const own = { ...documents[path], uiConfig: { displayName: 'Of beta' } }
  await put(path, documents[path])
  const headers = { 'if-match': (await ask(`${config}/${path}`)).headers.get('etag') ?? '' }
  expect((await imported(fullExport('beta', { [path]: own }), beta)).status).toBe(200)
  const late = await ask(`${config}/${path}`, { method: 'PUT', body: documents[path], headers })
  expect(late.status).toBe(412)
  expect((await exported(beta))[path]).toEqual(own)
  const read = await ask(`${config}/${path}`)
  expect(read.headers.get('etag')).toBe(`"${read.body._rev}"`)
  const now = { 'if-match': String(read.body._rev) }
  const { status, body } = await ask(`${config}/${path}`, {
    method: 'PUT',
    body: documents[path],
    headers: now,
  })
  expect(status).toBe(200)
  expect(body._findings).toContain('Replaced a selfservice.terms of their own in /beta')
  expect((await put(path, documents[path])).body._findings ?? []).not.toContainEqual(
    expect.stringContaining('Replaced'),
  )
})

describe('validators of passwords', () => {
  const validated = async (...validator: JsonObject[]) => {
    const { status, body } = await put('fieldPolicy/alpha_user', { validator })
    expect(status).toBe(200)
    return { findings: body._findings, policy: (await settings()).passwordPolicy }
  }

  test('without members leave the settings alone', async () => {
    await validated(
      { type: 'length-based', minPasswordLength: 10, maxPasswordLength: 64 },
      { type: 'character-set', characterSet: ['2:ABCDEFGHIJKLMNOPQRSTUVWXYZ', '3:0123456789'] },
      { type: 'attribute-value', matchAttribute: ['mail'] },
    )
    const { findings, policy } = await validated(
      { type: 'length-based' },
      { type: 'character-set', minCharacterSets: 3, allowUnclassifiedCharacters: false },
    )
    expect(policy).toMatchObject({ minLength: 10, maxLength: 64, minCapitals: 2, minNumbers: 3 })
    expect(policy).toMatchObject({ mayContainUserName: true })
    expect(findings).toEqual([
      expect.stringContaining('minCharacterSets'),
      expect.stringContaining('allowUnclassifiedCharacters'),
    ])
  })

  test('compare passwords with all attributes if they name none', async () => {
    expect((await validated({ type: 'attribute-value' })).policy).toMatchObject({ mayContainUserName: false })
    expect((await get('fieldPolicy/alpha_user')).validator).toEqual([{ type: 'attribute-value' }])
    const disabled = await validated({ type: 'attribute-value', enabled: false })
    expect(disabled.policy).toMatchObject({ mayContainUserName: true })
  })

  test('that are wrong are named', async () => {
    expect(
      await put('fieldPolicy/alpha_user', { validator: [{ type: 'character-set', characterSet: ['A'] }] }),
    ).toMatchObject({
      status: 400,
      body: { detail: { 'validator.0.characterSet.0': expect.stringContaining('1:0123456789') } },
    })
  })
})
