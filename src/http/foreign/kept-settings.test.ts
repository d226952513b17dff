import { afterAll, beforeAll, expect, test } from 'vitest'
import { preparedFolder, saveRealm } from '../../../test/support/prepared-folder.ts'
import { type Ask, asking } from '../../../test/support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../../../test/support/start-server.ts'
import { signIn } from '../../../test/support/wire.ts'

const alpha = '/realms/root/realms/alpha'
const beta = '/realms/root/realms/beta'
const at = (realm: string) => `${realm}/realm-config/kept-settings`
const chain = (realm: string, id: string) => `${realm}/realm-config/authentication/chains/${id}`

let server: TestServer
let ask: Ask
beforeAll(async () => {
  const dataFolder = await preparedFolder(async (stores) => {
    for (const path of ['/alpha', '/beta']) await saveRealm(stores, path)
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
  expect(await listed()).toEqual([
    { _id: 'import-idm', count: 1, characters: expect.any(Number) },
    { _id: 'import-sync', count: 1, characters: expect.any(Number) },
    { _id: 'keptChain', count: 2, characters: 4 },
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
