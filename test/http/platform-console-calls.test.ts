import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ask, asking } from '../support/rest.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'
import { signIn } from '../support/wire.ts'

// The calls of the vendor's journey editor, with its headers.

let server: TestServer
let ask: Ask

beforeAll(async () => {
  server = await startServer()
  const asked = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  const at = '/realms/root/realms/alpha/realm-config/authentication/authenticationtrees'
  ask = (path, request) => {
    const headers = { 'accept-api-version': 'protocol=2.1,resource=3.0', ...request?.headers }
    return asked(`${at}${path}`, { ...request, headers })
  }
})
afterAll(() => server.stop())

const act = (path: string, body: object = {}) => ask(path, { method: 'POST', body })

test('lists journeys without a page size, reads, creates, copies and removes one', async () => {
  const list = await ask('/trees?_queryFilter=true&_pageSize=-1&_fields=_id,enabled')
  expect(list.body.result).toContainEqual(expect.objectContaining({ _id: 'Login', enabled: true }))
  const { _rev, ...login } = (await ask('/trees/Login?forUI=true')).body
  const template = (await act('/trees?_action=template')).body
  const headers = { 'if-none-match': '*' }
  const body = { ...template, ...login, _id: 'Drawn', description: 'Drawn' }
  expect((await ask('/trees/Drawn', { method: 'PUT', body, headers })).status).toBe(201)
  expect((await ask('/trees/Drawn', { method: 'PUT', body, headers })).status).toBe(412)
  expect((await act('/trees/Login?_action=clone', { newId: 'Copied' })).status).toBe(201)
  for (const name of ['Drawn', 'Copied'])
    expect((await ask(`/trees/${name}`, { method: 'DELETE' })).status).toBe(200)
})

test('describes node types and their versions', async () => {
  for (const action of ['getAllTypes', 'listLatestTypes', 'listLatestNodeDefinitions'])
    expect((await act(`/nodes?_action=${action}`)).status, action).toBe(200)
  const settings = { validateInput: true }
  for (const type of ['ValidatedUsernameNode', 'ValidatedUsernameNode/2.0'])
    for (const action of ['schema', 'template', 'listOutcomes', 'getType', 'configProviderScript'])
      expect((await act(`/nodes/${type}?_action=${action}`, settings)).status, `${type} ${action}`).toBe(200)
  const { body: versions } = await act('/nodes/ValidatedUsernameNode?_action=versionInfo')
  expect(versions.map(({ version }: { version: string }) => version)).toEqual(['1.0', '2.0'])
  const upgrade = '/nodes/ValidatedUsernameNode/1.0?_action=getUpgradedConfig&targetVersion=2.0'
  expect((await act(upgrade, settings)).body).toMatchObject({ ...settings, prepopulate: false })
})

test('writes, reads and removes a node with and without a version', async () => {
  for (const at of ['/nodes/ValidatedUsernameNode/drawn-1', '/nodes/ValidatedUsernameNode/2.0/drawn-2']) {
    const body = (await act(`${at.replace(/\/drawn-\d/, '')}?_action=template`)).body
    expect((await ask(at, { method: 'PUT', body })).status, at).toBe(201)
    expect((await ask(at)).body, at).toMatchObject(body)
    expect((await ask(at, { method: 'DELETE' })).status, at).toBe(200)
  }
})
