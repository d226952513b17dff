import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alex, type IdentitiesOnDisk, identitiesOnDisk } from '../../../test/support/identities-on-disk.ts'
import type { Json } from '../../base/json.ts'
import { type Realm, realmSettingsSchema } from '../../realms/realm.ts'
import type { Answer, Call, Route } from '../route.ts'
import { openidmRoutes } from './openidm.ts'

const realmNamed = (path: string, isActive = true): Realm => ({
  path,
  isActive,
  aliases: [],
  settings: realmSettingsSchema.parse({}),
})
const realms = [realmNamed('/'), realmNamed('/alpha'), realmNamed('/off', false)]

let disk: IdentitiesOnDisk
let routes: Route[]
beforeEach(async () => {
  disk = await identitiesOnDisk()
  const findRealm = async (path: string) => realms.find((realm) => realm.path === path)
  routes = openidmRoutes({ identities: disk.identities, findRealm })
})
afterEach(() => disk.close())

type Asked = { query?: string; body?: Json; headers?: Record<string, string> }

async function ask(method: string, url: string, { query = '', body, headers = {} }: Asked = {}) {
  for (const route of routes) {
    const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name)
    const found = new RegExp(`^${route.path.replace(/:\w+/g, '([^/]+)')}$`).exec(url)
    if (route.method !== method || found === null) continue
    const params = Object.fromEntries(names.map((name, place) => [name, found[place + 1]]))
    // The members that these handlers use.
    const call = {
      realm: realms[0],
      params,
      query: new URLSearchParams(query),
      headers,
      body,
      session: async () => undefined,
    } as unknown as Call
    const answer = (await route.handle(call)) as Answer
    return {
      status: answer.status ?? 200,
      body: answer.body as never as Record<string, Json>,
      etag: answer.headers?.etag,
    }
  }
  throw new Error(`No route for ${method} ${url}`)
}

const people = '/openidm/managed/alpha_user'
const create = (changed = {}) =>
  ask('POST', people, { query: '_action=create', body: { ...alex, ...changed } })

test('requires the access people in the realm of the path for all routes', async () => {
  for (const route of routes) {
    expect(route.access).toBe('people')
    const call = { params: { object: 'alpha_user' } } as unknown as Call
    expect(await route.actsOn?.(call)).toBe('/alpha')
  }
})

describe('one person', () => {
  test('is created, read, patched and deleted', async () => {
    const made = await create({ _id: 'a-1' })
    expect(made).toMatchObject({
      status: 201,
      etag: '"1"',
      body: { _id: 'a-1', _rev: '1', userName: 'alex' },
    })
    const operations = [{ operation: 'replace', field: '/sn', value: 'Other' }]
    const patched = await ask('PATCH', `${people}/a-1`, { body: operations, headers: { 'if-match': '"1"' } })
    expect(patched).toMatchObject({ status: 200, etag: '"2"', body: { sn: 'Other' } })
    expect(await ask('GET', `${people}/a-1`, { query: '_fields=sn' })).toMatchObject({
      body: { _id: 'a-1', _rev: '2', sn: 'Other' },
    })
    expect(await ask('DELETE', `${people}/a-1`)).toMatchObject({ body: { _id: 'a-1' } })
    await expect(ask('GET', `${people}/a-1`)).rejects.toMatchObject({ status: 404 })
  })

  test('is patched by POST as well', async () => {
    const { body } = await create()
    const operations = [{ operation: 'increment', field: '/loginCount' }]
    const asked = { query: '_action=patch', body: operations }
    expect(await ask('POST', `${people}/${body._id}`, asked)).toMatchObject({ body: { loginCount: 1 } })
  })

  test('never shows a password', async () => {
    const { body } = await create()
    const asked = { query: '_fields=*,password,passwordHash' }
    const read = await ask('GET', `${people}/${body._id}`, asked)
    expect(JSON.stringify([body, read])).not.toMatch(/argon2|Pass-2026/)
  })

  test.each([
    '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy',
    '$argon2id$v=19$m=7168,t=5,p=1$TYaSghz/G7DF84s1X0wiwA$nSdXlzGFIpNDT533QR/rPQoigQnyGAcQwVZFs0l2yUc',
    '$pbkdf2-sha512$i=29000,l=64$TYaSghz/G7DF84s1X0wiwA$nSdXlzGFIpNDT533QR/rPQ',
    '$6$rounds=5000$saltsalt$PBVG6vI8WgPBXR3OqlHNxXOJ1Py8H0gHPXQF0Ch8',
    '{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=W6ph5Mm5',
    '{CRYPT}$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/',
  ])('is not created or changed with the hash %s, which would be the password', async (password) => {
    const refused = { status: 400, message: expect.stringContaining('not the hash of one') }
    await expect(create({ password })).rejects.toMatchObject(refused)
    const { body } = await create()
    const operations = [{ operation: 'replace', field: '/password', value: password }]
    const patched = ask('PATCH', `${people}/${body._id}`, { body: operations })
    await expect(patched).rejects.toMatchObject(refused)
  })

  test('has a password with a dollar or a brace', async () => {
    for (const [index, password] of [
      '$2b or not $2b, in 2026',
      '{Brace} yourself, winter',
      '$1$ is cheap 2026!',
    ].entries())
      expect(
        await create({ userName: `dollar-${index}`, mail: `d${index}@example.com`, password }),
      ).toMatchObject({ status: 201 })
  })

  test('is created or replaced by PUT', async () => {
    expect(await ask('PUT', `${people}/a-1`, { body: alex })).toMatchObject({
      status: 201,
      body: { _id: 'a-1' },
    })
    const body = { ...alex, sn: 'New' }
    expect(await ask('PUT', `${people}/a-1`, { body })).toMatchObject({
      status: 200,
      body: { sn: 'New', _rev: '2' },
    })
  })

  test.each<[Record<string, string>, string, number]>([
    [{ 'if-none-match': '*' }, 'a-1', 412],
    [{ 'if-match': '7' }, 'a-1', 412],
    [{ 'if-match': '*' }, 'nobody', 404],
  ])('cannot be put with %j on %s', async (headers, id, status) => {
    await create({ _id: 'a-1' })
    await expect(ask('PUT', `${people}/${id}`, { body: alex, headers })).rejects.toMatchObject({ status })
  })

  test('cannot have a taken username', async () => {
    await create()
    await expect(create()).rejects.toMatchObject({ status: 409 })
  })
})

describe('a query', () => {
  beforeEach(async () => {
    for (const [place, userName] of ['cho', 'ann', 'bob'].entries())
      await create({ userName, _id: `id-${place}` })
  })
  const names = (body: Record<string, Json>) =>
    (body.result as { userName: string }[]).map(({ userName }) => userName)

  test('filters people and selects fields', async () => {
    const { body } = await ask('GET', people, { query: '_queryFilter=userName+eq+"ann"&_fields=userName' })
    expect(body).toMatchObject({ resultCount: 1, pagedResultsCookie: null })
    expect(body.result).toEqual([{ _id: 'id-1', _rev: '1', userName: 'ann' }])
  })

  test('runs the predefined queries', async () => {
    expect(names((await ask('GET', people, { query: '_queryId=query-all' })).body)).toHaveLength(3)
    const { body } = await ask('GET', people, { query: '_queryId=query-all-ids' })
    expect(body.result).toContainEqual({ _id: 'id-0', _rev: '1' })
  })

  test('returns pages', async () => {
    const first = await ask('GET', people, { query: '_queryFilter=true&_pageSize=2' })
    expect(names(first.body)).toEqual(['cho', 'ann'])
    const cookie = first.body.pagedResultsCookie
    const second = await ask('GET', people, {
      query: `_queryFilter=true&_pageSize=2&_pagedResultsCookie=${cookie}`,
    })
    expect(names(second.body)).toEqual(['bob'])
    expect(second.body.pagedResultsCookie).toBeNull()
  })

  test('sorts people', async () => {
    const { body } = await ask('GET', people, { query: '_queryFilter=true&_sortKeys=-userName&_pageSize=2' })
    expect(names(body)).toEqual(['cho', 'bob'])
  })

  test.each([
    '',
    '_queryFilter=zz',
    '_queryId=other',
    '_queryFilter=true&_pagedResultsCookie=x',
    '_queryFilter=true&_pageSize=x',
  ])('"%s" is refused', async (query) => {
    await expect(ask('GET', people, { query })).rejects.toMatchObject({ status: 400 })
  })
})

describe('the managed object type in the path', () => {
  test('names the realm', async () => {
    await create()
    const root = await ask('GET', '/openidm/managed/user', { query: '_queryFilter=true' })
    expect(root.body.resultCount).toBe(0)
  })

  test.each(['role', 'bravo_user', 'off_user', '_user', 'alpha_users'])('%s is not found', async (object) => {
    const asked = { query: '_queryFilter=true' }
    await expect(ask('GET', `/openidm/managed/${object}`, asked)).rejects.toMatchObject({ status: 404 })
    await expect(ask('GET', `/openidm/schema/managed/${object}`)).rejects.toMatchObject({ status: 404 })
  })

  test('has a schema', async () => {
    const { body } = await ask('GET', '/openidm/schema/managed/alpha_user')
    expect(body).toMatchObject({
      _id: 'managed/alpha_user',
      required: ['userName', 'givenName', 'sn', 'mail'],
    })
  })
})
