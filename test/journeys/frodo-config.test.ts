import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { Frodo } from '../support/frodo.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

// Full exports and imports with the vendor's command line. The cases build on each other.

let server: TestServer
let frodo: Frodo

beforeAll(async () => {
  server = await startServer()
  frodo = new Frodo(server.url)
})

afterAll(async () => {
  frodo.close()
  await server.stop()
})

const succeeds = { exit: 0, out: expect.not.stringMatching(/error|unable/i) }

/** Members that have the time of the export. */
const times = new Set(['exportDate', 'lastModifiedDate', 'lastModified'])

type Run = (...words: string[]) => ReturnType<Frodo['alpha']>

const classic: Run = (...words) => frodo.alpha(...words)

async function fullExport(file: string, run = classic): Promise<JsonObject> {
  expect(await run('config', 'export', '-a', '-f', file)).toEqual(succeeds)
  const content = frodo.read<JsonObject>(file)
  return JSON.parse(JSON.stringify(content, (name, value) => (times.has(name) ? null : value)))
}

test('exports the whole configuration, and a second export after an import has no difference', {
  timeout: 120_000,
}, async () => {
  // In classic mode, the tool sends managed/user for managed/alpha_user, so the first import differs by that.
  await fullExport('first.json')
  expect(await frodo.alpha('config', 'import', '-a', '-f', 'first.json')).toEqual(succeeds)
  const second = await fullExport('second.json')
  expect(second).toMatchObject({
    global: { service: { session: {}, CorsService: {} }, realm: {}, scripttype: {} },
    realm: { root: {}, 'root-alpha': { trees: { Login: {} }, service: { SocialIdentityProviders: {} } } },
  })
  expect(await frodo.alpha('config', 'import', '-a', '-f', 'second.json')).toEqual(succeeds)
  expect(await fullExport('third.json')).toEqual(second)
})

test.each(['forgeops', 'cloud'] as const)(
  'exports the whole configuration in %s mode, and imports it without a difference',
  { timeout: 180_000 },
  async (type) => {
    const run: Run = (...words) => frodo.platform(type, ...words)
    const imports = async (file: string) =>
      expect(await run('config', 'import', '-a', '-f', file)).toEqual(succeeds)
    // In cloud mode, the tool renames the people of journeys, so the first import differs by that.
    if (type === 'cloud') {
      await fullExport('first.json', run)
      await imports('first.json')
    }
    const before = await fullExport('before.json', run)
    expect(before).toMatchObject({ realm: { 'root-alpha': { trees: { Login: {} }, theme: {} } } })
    await imports('before.json')
    expect(await fullExport('after.json', run)).toEqual(before)
  },
)

test('exports, imports and deletes services', { timeout: 60_000 }, async () => {
  expect(await frodo.alpha('service', 'export', '-a', '-f', 'services.json')).toEqual(succeeds)
  expect(frodo.read('services.json')).toMatchObject({ service: { validation: { nextDescendents: [] } } })
  const imported = await frodo.alpha(
    'service',
    'import',
    '-a',
    '-f',
    'services.json',
    '--clean',
    '--current-realm',
  )
  expect(imported).toEqual(succeeds)
  expect(await frodo.alpha('service', 'delete', '-i', 'validation')).toEqual(succeeds)
})

test('lists kinds that have nothing here', { timeout: 60_000 }, async () => {
  for (const words of [
    ['agent', 'list'],
    ['idp', 'list'],
    ['saml', 'list'],
    ['saml', 'cot', 'list'],
    ['authz', 'policy', 'list'],
  ]) {
    expect(await frodo.alpha(...words), words.join(' ')).toEqual(succeeds)
  }
})

test('exports and imports authentication settings', { timeout: 60_000 }, async () => {
  expect(await frodo.alpha('authn', 'export', '-f', 'authn.json')).toEqual(succeeds)
  expect(await frodo.alpha('authn', 'import', '-f', 'authn.json')).toEqual(succeeds)
})
