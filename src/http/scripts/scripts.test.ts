import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAdministration } from '../../../test/support/administration.ts'
import { maxSourceLength } from '../../engine/source-length.ts'
import { journeyDocumentSchema } from '../../journeys/journey-document.ts'

let am: Awaited<ReturnType<typeof openAdministration>>
beforeEach(async () => {
  am = await openAdministration()
})
afterEach(() => am.close())

const at = '/realms/root/realms/alpha'
const base64 = (source: string) => Buffer.from(source).toString('base64')
const script = {
  name: 'Décision',
  description: null,
  script: base64("outcome = 'grüße'"),
  language: 'JAVASCRIPT',
  context: 'AUTHENTICATION_TREE_DECISION_NODE',
  default: false,
  evaluatorVersion: '2.0',
}
const put = (id: string, body: object) => am.send('PUT', `${at}/scripts/${id}`, body)

test('refuses a script that is too long to run', async () => {
  const long = await put('long', { ...script, script: base64('x'.repeat(maxSourceLength + 1)) })
  expect(long).toMatchObject({
    status: 400,
    body: { detail: { script: 'must have at most 524288 characters' } },
  })
  expect((await put('long', { ...script, script: base64('x'.repeat(maxSourceLength)) })).status).toBe(201)
  expect((await am.send('DELETE', `${at}/scripts/long`)).status).toBe(200)
})

test('keeps the source of a script, its author and its dates', async () => {
  const created = await put('script-1', {
    _id: 'script-1',
    ...script,
    createdBy: 'id=somebody',
    creationDate: 1,
    lastModifiedBy: 'id=somebody',
    lastModifiedDate: 2,
  })
  expect(created.status).toBe(201)
  expect(created.headers['content-api-version']).toBe('resource=1.1')
  const by = 'id=admin-1,ou=user,ou=am-config'
  expect(created.body).toEqual({
    _id: 'script-1',
    ...script,
    description: '',
    createdBy: by,
    creationDate: 1_700_000_000_000,
    lastModifiedBy: by,
    lastModifiedDate: 1_700_000_000_000,
  })
  expect((await am.send('GET', `${at}/scripts/script-1`)).body).toEqual(created.body)
  expect((await put('script-1', { ...script, script: base64('') })).status).toBe(200)
  expect(await am.send('DELETE', `${at}/scripts/script-1`)).toMatchObject({ status: 200, body: {} })
  expect((await am.send('GET', `${at}/scripts/script-1`)).status).toBe(404)
  expect((await am.send('DELETE', `${at}/scripts/script-1`)).status).toBe(404)
})

test('changes a script only if it is as the client read it, if the client asks for that', async () => {
  const path = `${at}/scripts/script-1`
  const send = (method: 'PUT' | 'DELETE', source: string, headers: Record<string, string> = {}) =>
    am.send(method, path, { ...script, script: base64(source) }, headers)
  const created = await send('PUT', 'one', { 'if-none-match': '*' })
  const read = String((await am.send('GET', path)).headers.etag)
  expect(created).toMatchObject({ status: 201, headers: { etag: read } })
  expect((await send('PUT', 'two', { 'if-none-match': '*' })).status).toBe(412)
  const changed = await send('PUT', 'two', { 'if-match': read })
  expect(changed.status).toBe(200)
  expect((await send('PUT', 'three', { 'if-match': read })).status).toBe(412)
  expect((await send('DELETE', '', { 'if-match': read })).status).toBe(412)
  expect((await am.send('GET', path)).body).toEqual(changed.body)
  expect((await send('PUT', 'four', { 'if-match': '*' })).status).toBe(200)
  // Weakened by a proxy that compresses, in a list, and without quotes, as clients of AM send it.
  const forms = [
    (tag: string) => `W/${tag}`,
    (tag: string) => `"a", ${tag}`,
    (tag: string) => tag.slice(1, -1),
  ]
  for (const form of forms) {
    const etag = String((await am.send('GET', path)).headers.etag)
    expect((await send('PUT', form(etag), { 'if-match': form(etag) })).status).toBe(200)
    expect((await send('PUT', 'old', { 'if-match': form(etag) })).status).toBe(412)
  }
  const last = await send('PUT', 'five')
  expect(last.status).toBe(200)
  expect((await send('DELETE', '', { 'if-match': String(last.headers.etag) })).status).toBe(200)
  expect((await send('PUT', 'six', { 'if-match': '*' })).status).toBe(404)
})

test('lets one of several concurrent changes of a script pass', async () => {
  await put('script-1', script)
  const etag = String((await am.send('GET', `${at}/scripts/script-1`)).headers.etag)
  const sources = ['a', 'b', 'c', 'd']
  const statuses = await Promise.all(
    sources.map(async (source) => {
      const body = { ...script, script: base64(source) }
      return (await am.send('PUT', `${at}/scripts/script-1`, body, { 'if-match': etag })).status
    }),
  )
  expect(statuses.toSorted()).toEqual([200, 412, 412, 412])
})

test('of a removal and a change of the same revision, one passes', async () => {
  const path = `${at}/scripts/script-1`
  const statuses = []
  for (let attempt = 0; attempt < 10; attempt++) {
    const { etag } = (await put('script-1', { ...script, script: base64(`${attempt}`) })).headers
    const headers = { 'if-match': String(etag) }
    const answers = [am.send('PUT', path, script, headers), am.send('DELETE', path, undefined, headers)]
    statuses.push((await Promise.all(answers)).filter(({ status }) => status === 200).length)
  }
  expect(new Set(statuses)).toEqual(new Set([1]))
})

test('finds scripts by name, with a plus sign for a space', async () => {
  await put('script-1', { ...script, name: 'One two' })
  await put('script-2', { ...script, name: 'Three' })
  const { body } = await am.send('GET', `${at}/scripts?_queryFilter=name+eq+%22One+two%22`)
  expect(body).toMatchObject({ resultCount: 1, result: [{ _id: 'script-1' }] })
  expect((await am.send('GET', `${at}/scripts?_queryFilter=name+eq`)).status).toBe(400)
})

test('answers 409 for a taken name, on which import tools rename', async () => {
  await put('script-1', script)
  expect((await put('script-2', script)).body).toEqual({
    code: 409,
    reason: 'Conflict',
    message: 'Script with name Décision already exist in realm /alpha',
  })
})

test('creates a script with a new id or a free one from the body', async () => {
  const create = (body: object) => am.send('POST', `${at}/scripts?_action=create`, body)
  const made = await create(script)
  expect(made).toMatchObject({ status: 201, body: { _id: expect.stringMatching(/^[0-9a-f-]{36}$/) } })
  expect((await create({ ...script, name: 'Other', _id: made.body._id })).status).toBe(409)
})

test.each([
  ['no name', { name: undefined }, 'Name'],
  ['an empty name', { name: '' }, 'Name'],
  ['a source that is not base64', { script: 'outcome = "true"' }, 'Script'],
  ['a source that is not text', { script: Buffer.from([0xff]).toString('base64') }, 'Script'],
  ['no source', { script: undefined }, 'Script'],
  ['an unknown language', { language: 'COBOL' }, 'Language'],
  ['no context', { context: undefined }, 'Context'],
  ['a wrong flag', { default: 'yes' }, 'Default'],
])('refuses %s', async (_what, change, attribute) => {
  expect(await put('script-1', { ...script, ...change })).toMatchObject({
    status: 400,
    body: { message: `Data validation failed for the attribute, ${attribute}` },
  })
})

test('checks the syntax without saving', async () => {
  const validate = (source: string, more = {}) =>
    am.send('POST', `${at}/scripts?_action=validate`, { script: base64(source), ...more })
  expect((await validate('var a')).body).toEqual({ success: true })
  expect((await validate('let a')).body).toEqual({
    success: false,
    errors: [{ line: 1, column: 5, message: 'missing ;' }],
  })
  expect((await validate('def a', { language: 'GROOVY' })).body).toMatchObject({ success: false })
  expect(await am.stores.scripts.all('/alpha')).toEqual([])
})

test('warns of outcomes that no node of the script has', async () => {
  const validate = async (more = {}) => {
    const source = 'outcome = flag ? "true" : "Nxt"'
    const kind = { context: 'AUTHENTICATION_TREE_DECISION_NODE', evaluatorVersion: '1.0' }
    const body = { script: base64(source), ...kind, ...more }
    return (await am.send('POST', `${at}/scripts?_action=validate`, body)).body
  }
  // Nothing is known before a node runs the script.
  expect(await validate({ id: 'script-1' })).toEqual({ success: true })
  await am.stores.configuration.saveNode('/alpha', {
    id: 'node-1',
    type: 'ScriptedDecisionNode',
    version: '1.0',
    config: { script: 'script-1', outcomes: ['true', 'false'], inputs: ['*'], outputs: ['*'] },
  })
  expect(await validate({ id: 'script-1' })).toEqual({
    success: true,
    warnings: [{ line: 1, message: "'Nxt' is no outcome of the node", isName: true }],
  })
  expect(await validate({ id: 'script-2' })).toEqual({ success: true })
  expect(await validate()).toEqual({ success: true })

  // An author adds the outcome to a node of a draft before the script can use it.
  const node = {
    id: 'node-2',
    type: 'ScriptedDecisionNode',
    version: '1.0',
    config: { script: 'script-1', outcomes: ['true', 'Nxt'], inputs: ['*'], outputs: ['*'] },
  }
  const journey = journeyDocumentSchema.parse({
    _id: 'Drafted',
    entryNodeId: 'node-2',
    nodes: { 'node-2': { nodeType: node.type } },
  })
  const draft = { base: undefined, revision: '1', at: 0, by: undefined }
  const whole = { journey, nodes: new Map([[node.id, node]]) }
  await am.stores.drafts.save('/alpha', { ...draft, ...whole }, undefined)
  expect(await validate({ id: 'script-1' })).toEqual({ success: true })
})

describe('a built-in script', () => {
  const google = 'scripts/58d29080-4563-480b-89bb-1e7719776a21'

  test('is read and listed in every realm in the form of AM’s default scripts', async () => {
    const read = await am.send('GET', `${at}/${google}`)
    expect(read).toMatchObject({
      status: 200,
      body: { name: 'Google Profile Normalization', default: true, createdBy: 'null', creationDate: 0 },
    })
    const filter = encodeURIComponent('name eq "Google Profile Normalization"')
    expect((await am.send('GET', `${at}/scripts?_queryFilter=${filter}`)).body.result).toEqual([read.body])
  })

  test('is hidden by the realm’s own version until that is removed', async () => {
    const builtIn = (await am.send('GET', `${at}/${google}`)).body
    const own = { ...builtIn, script: base64('({})') }
    expect(await am.send('PUT', `${at}/${google}`, own)).toMatchObject({ status: 200 })
    expect((await am.send('GET', `${at}/${google}`)).body).toMatchObject({ script: base64('({})') })
    expect((await am.send('DELETE', `${at}/${google}`)).status).toBe(200)
    expect((await am.send('GET', `${at}/${google}`)).body).toEqual(builtIn)
  })

  test('cannot be removed', async () => {
    expect(await am.send('DELETE', `${at}/${google}`)).toMatchObject({
      status: 403,
      body: { message: 'Script Google Profile Normalization is built in and cannot be removed' },
    })
  })
})

test('lists libraries with their exports', async () => {
  const source = 'exports.add = function (a, b) { return a + b }\nexports.version = "1"\n'
  await put('library-1', { ...script, name: 'Sums', script: base64(source), context: 'LIBRARY' })
  await put('script-1', script)
  expect((await am.send('GET', `${at}/libraries?_queryFilter=name+eq+%22Sums%22`)).body.result).toEqual([
    {
      _id: 'library-1',
      name: 'Sums',
      exports: [
        { id: 'add', type: 'Function', arity: 2 },
        { id: 'version', type: 'Unknown' },
      ],
    },
  ])
})

test('describes the bindings of a context', async () => {
  const list = await am.send('GET', '/global-config/services/scripting/contexts?_queryFilter=true')
  expect(list.body.result).toContainEqual(expect.objectContaining({ _id: 'NODE_DESIGNER', isHidden: true }))
  const { body } = await am.send('GET', `${at}/contexts/NODE_DESIGNER`)
  expect(body).toMatchObject({ _id: 'NODE_DESIGNER', evaluatorVersions: { JAVASCRIPT: ['2.0'] } })
  expect(body.bindings).toContainEqual({ name: 'properties', javaScriptType: 'Map', elements: [] })
  expect((await am.send('GET', `${at}/contexts/toString`)).status).toBe(404)
  expect((await am.send('GET', `${at}/contexts?_queryFilter=true`)).status).toBe(400)
})
