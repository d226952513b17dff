import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAdministration } from '../../../test/support/administration.ts'
import { successId } from '../../engine/journey.ts'
import { maxSourceLength } from '../../engine/source-length.ts'

let am: Awaited<ReturnType<typeof openAdministration>>
beforeEach(async () => {
  am = await openAdministration()
})
afterEach(() => am.close())

const at = '/node-designer/node-type'
const trees = '/realms/root/realms/alpha/realm-config/authentication/authenticationtrees'
const type = {
  serviceName: 'status1',
  displayName: 'Set Status',
  description: 'Sets it.',
  outcomes: ['Success', 'Error'],
  inputs: [],
  outputs: [],
  script: 'outcome = "Success"',
  errorOutcome: false,
  tags: ['utilities'],
  properties: { key: { title: 'Key', description: '', type: 'STRING', required: true } },
}
const create = (body: object = type) => am.send('POST', at, body)

test('creates, reads, changes, lists and removes a custom node type', async () => {
  const created = await create()
  expect(created).toMatchObject({ status: 201, body: { _id: 'status1-1', version: 1, ...type } })
  expect((await am.send('GET', `${at}/status1-1`)).body).toEqual(created.body)
  const changed = await am.send(
    'PUT',
    `${at}/status1-1`,
    { ...created.body, displayName: 'Other' },
    { 'if-match': '*' },
  )
  expect(changed).toMatchObject({ status: 200, body: { displayName: 'Other' } })
  expect((await am.send('GET', `${at}?_queryFilter=true`)).body.result).toEqual([changed.body])
  expect(await am.send('DELETE', `${at}/status1-1`)).toMatchObject({
    status: 200,
    body: { _id: 'status1-1' },
  })
})

test('refuses a custom node type whose script is too long to run', async () => {
  const script = 'x'.repeat(maxSourceLength + 1)
  const refused = { status: 400, body: { detail: { script: 'must have at most 524288 characters' } } }
  expect(await create({ ...type, script })).toMatchObject(refused)
  await create()
  expect(await am.send('PUT', `${at}/status1-1`, { ...type, script }, { 'if-match': '*' })).toMatchObject(
    refused,
  )
  await am.send('DELETE', `${at}/status1-1`)
})

test('changes a custom node type only if it is as the client read it, if the client asks for that', async () => {
  const read = { 'if-match': `"${(await create()).body._rev}"` }
  const send = (method: 'PUT' | 'DELETE', displayName: string, headers: Record<string, string> = {}) =>
    am.send(method, `${at}/status1-1`, { ...type, displayName }, headers)
  const statuses = await Promise.all(
    ['A', 'B', 'C'].map(async (name) => (await send('PUT', name, read)).status),
  )
  expect(statuses.toSorted()).toEqual([200, 412, 412])
  expect((await send('DELETE', '', read)).status).toBe(412)
  const last = await send('PUT', 'D')
  expect(last.status).toBe(200)
  expect((await send('DELETE', '', { 'if-match': `"${last.body._rev}"` })).status).toBe(200)
})

test('of a removal and a change of the same revision, one passes', async () => {
  const path = `${at}/status1-1`
  const passed = []
  for (let attempt = 0; attempt < 10; attempt++) {
    const headers = { 'if-match': `"${(await create()).body._rev}"` }
    const body = { ...type, description: 'Changed' }
    const answers = [am.send('PUT', path, body, headers), am.send('DELETE', path, undefined, headers)]
    passed.push((await Promise.all(answers)).filter(({ status }) => status === 200).length)
    await am.send('DELETE', path)
  }
  expect(new Set(passed)).toEqual(new Set([1]))
})

test.each(['status1-1', 'status1-2', 'status1', '__proto__-1'])('answers 404 for the id %s', async (id) => {
  if (id !== 'status1-1') await create()
  const missing = { status: 404, body: { message: `Node Type with resource ID ${id} does not exist` } }
  expect(await am.send('GET', `${at}/${id}`)).toMatchObject(missing)
  expect(await am.send('PUT', `${at}/${id}`, type, { 'if-match': '*' })).toMatchObject(missing)
  expect(await am.send('DELETE', `${at}/${id}`)).toMatchObject(missing)
})

test('refuses a taken service name or display name', async () => {
  await create()
  expect((await create()).body).toEqual({
    code: 409,
    reason: 'Conflict',
    message: 'Node Type with resource id status1 already exists',
  })
  expect(await create({ ...type, serviceName: 'status2' })).toMatchObject({
    status: 409,
    body: { message: 'Node Type with display name Set Status already exists' },
  })
  await create({ ...type, serviceName: 'status2', displayName: 'Second' })
  expect((await am.send('PUT', `${at}/status2-1`, { ...type, serviceName: 'status2' })).status).toBe(409)
  expect((await am.send('PUT', `${at}/status2-1`, { ...type, serviceName: 'status3' })).status).toBe(400)
})

test.each([
  ['no outcomes', { outcomes: [] }, 'Outcomes'],
  ['a reserved outcome', { outcomes: ['Script Error'] }, 'Outcomes'],
  ['a service name with capitals', { serviceName: 'Status' }, 'ServiceName'],
  ['a property without a type', { properties: { a: { title: 'A' } } }, 'Properties'],
])('refuses %s', async (_what, change, attribute) => {
  expect(await create({ ...type, ...change })).toMatchObject({
    status: 400,
    body: { message: `Data validation failed for the attribute, ${attribute}` },
  })
})

test('lists the type among node types and refuses to remove it while a journey uses it', async () => {
  await create()
  const used = { result: expect.arrayContaining([expect.objectContaining({ _id: 'designer-status1' })]) }
  expect((await am.send('POST', `${trees}/nodes?_action=getAllTypes`)).body).toEqual(used)
  const node = await am.send('PUT', `${trees}/nodes/designer-status1/node-1`, { key: 'a' })
  expect(node).toMatchObject({
    status: 201,
    body: { key: 'a', _outcomes: [{ id: 'Success' }, { id: 'Error' }] },
  })
  expect((await am.send('POST', `${at}/status1-1?_action=journeys`, {})).body).toEqual({})
  await am.send('PUT', `${trees}/trees/Sign in`, {
    entryNodeId: 'node-1',
    nodes: { 'node-1': { nodeType: 'designer-status1', connections: { Success: successId } } },
  })
  expect((await am.send('POST', `${at}/status1-1?_action=journeys`, {})).body).toEqual({
    '/alpha': { 'Sign in': ['node-1'] },
  })
  expect((await am.send('DELETE', `${at}/status1-1`)).body).toEqual({
    code: 409,
    reason: 'Conflict',
    message: 'Node Type is in use by Sign in (/alpha)',
  })
})

test('counts uses inside pages', async () => {
  await create()
  await am.send('PUT', `${trees}/nodes/designer-status1/child-1`, { key: 'a' })
  await am.send('PUT', `${trees}/nodes/PageNode/page-1`, {
    nodes: [{ _id: 'child-1', nodeType: 'designer-status1', displayName: '' }],
  })
  await am.send('PUT', `${trees}/trees/Paged`, {
    entryNodeId: 'page-1',
    nodes: { 'page-1': { nodeType: 'PageNode' } },
  })
  expect((await am.send('POST', `${at}/status1-1?_action=journeys`)).body).toEqual({
    '/alpha': { Paged: ['page-1'] },
  })
})

test('imports an export into another server, but not twice', async () => {
  await create()
  const exported = await am.send('POST', `${at}?_action=export&selected=status1-1`, {})
  expect(exported.body).toMatchObject({
    meta: { amVersion: '8.0.0', exportedBy: 'amadmin', resourceVersion: '1.0' },
    nodeTypes: { 'status1-1': type },
  })
  const load = () => am.send('POST', `${at}?_action=import`, exported.body)
  expect((await load()).status).toBe(409)
  await am.send('DELETE', `${at}/status1-1`)
  expect((await load()).body).toEqual({ imported: ['status1-1'] })
  expect((await am.send('POST', `${at}?_action=import`, {})).status).toBe(400)
})

test('answers schema and template', async () => {
  expect((await am.send('POST', `${at}?_action=template`)).body).toMatchObject({ outcomes: ['outcome'] })
  expect((await am.send('POST', `${at}?_action=schema`)).body.properties).toHaveProperty('serviceName')
  expect((await am.send('POST', `${at}?_action=burn`)).status).toBe(501)
})

test('creates a custom node type with PUT, as the vendor’s tools send it', async () => {
  const put = (id: string, headers: Record<string, string> = {}) =>
    am.send('PUT', `${at}/${id}`, type, headers)
  expect(await put('other1-1')).toMatchObject({
    status: 400,
    body: { message: 'The id of this node type must be status1-1' },
  })
  expect((await put('status1')).status).toBe(404)
  expect(await put('status1-1', { 'if-none-match': '*' })).toMatchObject({
    status: 201,
    body: { _id: 'status1-1', ...type },
  })
  expect((await put('status1-1', { 'if-none-match': '*' })).status).toBe(412)
  expect((await put('status1-1', { 'if-match': '*' })).status).toBe(200)
  expect((await put('status1-1')).status).toBe(200)
  expect((await put('status1-2')).status).toBe(404)
})
