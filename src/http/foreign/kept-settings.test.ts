import { afterAll, beforeAll, expect, test } from 'vitest'
import { preparedFolder, saveRealm } from '../../../test/support/prepared-folder.ts'
import { type Ask, asking, type RestRequest } from '../../../test/support/rest.ts'
import { assertionOf, createAccount, exchange, newKeys } from '../../../test/support/service-accounts.ts'
import { adminPassword, startServer, type TestServer } from '../../../test/support/start-server.ts'
import { signIn } from '../../../test/support/wire.ts'
import { newSession } from '../../sessions/sessions.ts'
import { exampleIdentity } from '../../store/contract/examples.ts'

const alpha = '/realms/root/realms/alpha'
const gamma = '/realms/root/realms/gamma'
const beta = '/realms/root/realms/beta'
const at = (realm: string) => `${realm}/realm-config/kept-settings`
const chain = (realm: string, id: string) => `${realm}/realm-config/authentication/chains/${id}`

/** Kinds that only server administrators may see, in whatever realm they are. */
const ofServer = [
  'keptEntity',
  'keptGlobalService',
  'keptGlobalServiceChild',
  'keptServerDocument',
  'keptServletFilter',
]

let server: TestServer
let ask: Ask
/** A session of a realm administrator. */
let rita: string
beforeAll(async () => {
  const dataFolder = await preparedFolder(async (stores) => {
    const filter = { kind: 'keptServletFilter', id: 'old', document: { urlPatterns: ['/*'] } }
    await stores.documents.save('/', filter)
    for (const path of ['/alpha', '/beta', '/gamma']) await saveRealm(stores, path)
    for (const kind of [...ofServer, 'keptService'])
      await stores.documents.save('/gamma', { kind, id: 'one', document: {} })
    const identity = exampleIdentity({
      id: 'rita',
      userName: 'rita',
      realm: '/gamma',
      roles: ['realm-admin'],
    })
    await stores.identities.create(identity)
    const limits = { maxIdleMinutes: 30, maxSessionMinutes: 120 }
    const signedIn = { realm: '/gamma', identity, journey: 'Login', authLevel: 0, properties: {}, ...limits }
    const { token, session } = newSession(signedIn, Date.now())
    await stores.sessions.create(session)
    rita = token
    await stores.documents.replaceAll(
      '/beta',
      'keptChain',
      Array.from({ length: 1000 }, (_, index) => ({ id: `c${index}`, document: {} })),
    )
  })
  server = await startServer({ dataFolder })
  ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
})
afterAll(() => server?.stop())

test('settings that are only kept are counted by kind and removed, with those of an import', async () => {
  const put = { method: 'PUT', body: {} }
  await ask(chain(alpha, 'one'), put)
  await ask(chain(alpha, 'two'), put)
  const files = {
    meta: {},
    global: {
      sync: { _id: 'sync', mappings: [] },
      idm: { 'selfservice.kba': { questions: { 1: { en: 'Pet?' } } } },
    },
    realm: { 'root-alpha': { trees: {} } },
  }
  expect((await ask(`${alpha}/journeys?_action=import`, { method: 'POST', body: files })).status).toBe(200)
  const listed = async () => (await ask(at(alpha))).body.result
  const isServerWide = false
  expect(await listed()).toEqual([
    { _id: 'import-idm', count: 1, characters: expect.any(Number), names: ['selfservice.kba'], isServerWide },
    { _id: 'import-sync', count: 1, characters: expect.any(Number), names: [], isServerWide },
    { _id: 'keptChain', count: 2, characters: 4, names: ['one', 'two'], isServerWide },
  ])
  const remove = (kind: string) => ask(`${at(alpha)}/${kind}`, { method: 'DELETE' })
  expect(await remove('keptChain')).toMatchObject({ status: 200, body: { count: 2 } })
  expect((await remove('keptChain')).status).toBe(404)
  expect((await remove('theme')).status).toBe(404)
  expect((await remove('import-idm')).status).toBe(200)
  expect(await listed()).toMatchObject([{ _id: 'import-sync' }])
  const { selfService } = (await ask(`${alpha}/realm-config/settings`)).body
  expect(selfService.kba.questions).toEqual({ 1: { en: 'Pet?' } })
})

test('settings that are only kept have a limit in number, which the refusal names', async () => {
  const refused = await ask(chain(beta, 'more'), { method: 'PUT', body: {} })
  expect(refused).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('At most 1000 settings') },
  })
  expect((await ask(chain(beta, 'c1'), { method: 'PUT', body: { a: 1 } })).status).toBe(200)
  expect((await ask(chain(beta, 'c1'), { method: 'DELETE' })).status).toBe(200)
  expect((await ask(chain(beta, 'more'), { method: 'PUT', body: {} })).status).toBe(201)
})

test('settings of the whole server are listed and removed only for its administrators', async () => {
  const as = rita
  const kindsFor = async (more: RestRequest) =>
    (await ask(at(gamma), more)).body.result.map(({ _id }: { _id: string }) => _id)
  expect(await kindsFor({})).toEqual([...ofServer, 'keptService'].toSorted())
  expect(await kindsFor({ as })).toEqual(['keptService'])
  for (const kind of ofServer) {
    expect((await ask(`${at(gamma)}/${kind}`, { method: 'DELETE', as })).status, kind).toBe(404)
  }
  expect((await ask(`${at(gamma)}/keptService`, { method: 'DELETE', as })).status).toBe(200)
  expect(await kindsFor({})).toEqual(ofServer)
})

test('a token reaches configuration of the identity management only with its scope', async () => {
  await ask('/openidm/config/access', { method: 'PUT', body: { configs: [] } })
  await ask('/global-config/webhooks', { method: 'PUT', body: {} })
  const keys = await newKeys()
  const { _id } = (await createAccount(ask, keys)).body
  const tokenOf = async (scope: string) => {
    const { body } = await exchange(server.url, await assertionOf(server.url, _id, keys), scope)
    return { as: '', headers: { authorization: `Bearer ${body.access_token}` } }
  }
  const root = at('/realms/root')
  const kindsFor = async (more: RestRequest) =>
    (await ask(root, more)).body.result.map(({ _id }: { _id: string }) => _id)
  const narrow = await tokenOf('fr:am:*')
  expect(await kindsFor(narrow)).toEqual(['keptServerDocument'])
  for (const kind of ['keptEntity', 'keptServletFilter']) {
    expect((await ask(`${root}/${kind}`, { ...narrow, method: 'DELETE' })).status, kind).toBe(404)
  }
  const wide = await tokenOf('fr:am:* fr:idm:*')
  expect(await kindsFor(wide)).toEqual(['keptEntity', 'keptServerDocument', 'keptServletFilter'])
  expect((await ask(`${root}/keptEntity`, { ...wide, method: 'DELETE' })).status).toBe(200)
})

test('filters that an older version kept are read, replaced and removed like other configuration', async () => {
  const path = '/openidm/config/servletfilter/old'
  const listed = async () =>
    (await ask('/openidm/config/?_queryFilter=_id+sw+"servletfilter"')).body.result.map(
      ({ _id }: { _id: string }) => _id,
    )
  expect((await ask(path)).body).toMatchObject({ _id: 'servletfilter/old', urlPatterns: ['/*'] })
  expect(await listed()).toEqual(['servletfilter/old'])
  expect((await ask(path, { method: 'PUT', body: { urlPatterns: [] } })).status).toBe(200)
  expect((await ask(path)).body).toMatchObject({ urlPatterns: [] })
  expect(await listed()).toEqual(['servletfilter/old'])
  expect((await ask(path, { method: 'DELETE' })).status).toBe(200)
  expect((await ask(path)).status).toBe(404)
})
