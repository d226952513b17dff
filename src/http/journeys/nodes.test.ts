import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAdministration } from '../../../test/support/administration.ts'

let am: Awaited<ReturnType<typeof openAdministration>>
beforeEach(async () => {
  am = await openAdministration()
})
afterEach(() => am.close())

const at = '/realms/root/realms/alpha/realm-config/authentication/authenticationtrees/nodes'

test('lists every node type in the form that export tools expect', async () => {
  const { body } = await am.send('POST', `${at}?_action=getAllTypes`, {})
  expect(Object.keys(body)).toEqual(['result'])
  expect(body.result).toContainEqual({
    _id: 'UsernameCollectorNode',
    name: 'Username Collector',
    collection: true,
    tags: ['basic authn', 'basic authentication'],
    metadata: { tags: ['basic authn', 'basic authentication'] },
    help: expect.any(String),
  })
})

test('creates, reads, replaces and removes a node, and computes its type and outcomes', async () => {
  const url = `${at}/ChoiceCollectorNode/choice-1`
  const config = { choices: ['yes', 'no'], defaultChoice: 'yes', prompt: 'Well?' }
  const created = await am.send('PUT', url, {
    _id: 'choice-1',
    _rev: '7',
    _type: { _id: 'ChoiceCollectorNode', name: 'Choice', collection: true },
    _outcomes: [{ id: 'forged', displayName: 'Forged' }],
    ...config,
  })
  expect(created.status).toBe(201)
  expect(created.headers.location).toContain('/nodes/ChoiceCollectorNode/choice-1')
  expect(created.body).toEqual({
    _id: 'choice-1',
    _rev: expect.stringMatching(/^-?\d+$/),
    ...config,
    _type: { _id: 'ChoiceCollectorNode', name: 'Choice Collector', collection: true },
    _outcomes: [
      { id: 'yes', displayName: 'yes' },
      { id: 'no', displayName: 'no' },
    ],
  })
  expect((await am.send('GET', url)).body).toEqual(created.body)
  const changed = await am.send('PUT', url, { ...config, choices: ['yes', 'no', 'maybe'] })
  expect(changed.status).toBe(200)
  expect(changed.body._outcomes).toHaveLength(3)
  expect((await am.send('DELETE', url)).body).toEqual(changed.body)
  expect(await am.send('GET', url)).toMatchObject({ status: 404, body: { message: 'Not Found' } })
})

test('accepts the version of the type in the path', async () => {
  const url = `${at}/UsernameCollectorNode/1.0`
  const created = await am.send('PUT', `${url}/name-1`, {})
  expect(created).toMatchObject({ status: 201, body: { _type: { version: '1.0' } } })
  expect((await am.send('GET', `${url}/name-1`)).body).toEqual(created.body)
  expect((await am.send('GET', `${url}?_queryFilter=true`)).body.result).toEqual([created.body])
  expect((await am.send('POST', `${url}?_action=getType`)).body).toMatchObject({ version: '1.0' })
  expect((await am.send('PUT', `${at}/UsernameCollectorNode/9.0/name-2`, {})).status).toBe(404)
  expect((await am.send('DELETE', `${url}/name-1`)).status).toBe(200)
})

test('lists nodes by type and all nodes', async () => {
  await am.send('PUT', `${at}/UsernameCollectorNode/name-1`, {})
  await am.send('PUT', `${at}/PasswordCollectorNode/password-1`, {})
  const ids = (body: { result?: unknown }) => (body.result as { _id: string }[]).map(({ _id }) => _id)
  expect(ids((await am.send('GET', `${at}/UsernameCollectorNode?_queryFilter=true`)).body)).toEqual([
    'name-1',
  ])
  expect(ids((await am.send('POST', `${at}?_action=nextdescendents`)).body)).toHaveLength(2)
  expect(ids((await am.send('POST', `${at}/PasswordCollectorNode?_action=nextdescendents`)).body)).toEqual([
    'password-1',
  ])
})

test('answers 404 for an unknown type on every path, so that an import can name it', async () => {
  for (const [method, path] of [
    ['PUT', 'NoSuchNode/1'],
    ['GET', 'NoSuchNode/1'],
    ['GET', 'NoSuchNode?_queryFilter=true'],
    ['POST', 'NoSuchNode?_action=schema'],
    ['POST', 'NoSuchNode?_action=create'],
  ] as const) {
    expect(await am.send(method, `${at}/${path}`, method === 'GET' ? undefined : {})).toMatchObject({
      status: 404,
      body: { code: 404, reason: 'Not Found', message: 'Not Found' },
    })
  }
})

test('refuses an unknown attribute with the list of valid ones, so that an import can drop it', async () => {
  const answer = await am.send('PUT', `${at}/InnerTreeEvaluatorNode/inner-1`, {
    tree: 'Login',
    colour: 'red',
  })
  expect(answer.body).toEqual({
    code: 400,
    reason: 'Bad Request',
    message: 'Invalid attribute specified.',
    detail: { validAttributes: ['displayErrorOutcome', 'tree'] },
  })
})

test('names an invalid setting', async () => {
  const answer = await am.send('PUT', `${at}/PollingWaitNode/wait-1`, { secondsToWait: 'long' })
  expect(answer.status).toBe(400)
  expect(answer.body.message).toMatch(/^Data validation failed for the attribute, Seconds To Wait/)
})

test('requires an existing script for a script node, or none yet', async () => {
  const put = (script: string) =>
    am.send('PUT', `${at}/ScriptedDecisionNode/script-1`, { script, outcomes: ['ok'] })
  expect((await put('[Empty]')).status).toBe(201)
  expect((await put('missing')).body).toMatchObject({
    code: 400,
    message: 'Data validation failed for the attribute, Script',
  })
  await am.send('PUT', '/realms/root/realms/alpha/scripts/there', {
    name: 'There',
    script: '',
    context: 'SCRIPTED_DECISION_NODE',
  })
  expect((await put('there')).status).toBe(200)
})

test('creates a node with a new id or a free one from the body', async () => {
  const create = (body: object) => am.send('POST', `${at}/UsernameCollectorNode?_action=create`, body)
  expect((await create({})).body._id).toMatch(/^[0-9a-f-]{36}$/)
  expect((await create({ _id: 'name-1' })).status).toBe(201)
  expect((await create({ _id: 'name-1' })).body).toEqual({
    code: 409,
    reason: 'Conflict',
    message: 'Unable to save config: Service already exists',
  })
})

test('refuses to replace a node of another type', async () => {
  await am.send('PUT', `${at}/UsernameCollectorNode/name-1`, {})
  expect((await am.send('PUT', `${at}/PasswordCollectorNode/name-1`, {})).status).toBe(409)
  expect((await am.send('GET', `${at}/PasswordCollectorNode/name-1`)).status).toBe(404)
})

test('gives a page the outcomes of its last child, and keeps it when the child is removed', async () => {
  const child = { _id: 'choice-1', nodeType: 'ChoiceCollectorNode', displayName: 'Choice' }
  await am.send('PUT', `${at}/ChoiceCollectorNode/choice-1`, {
    choices: ['yes', 'no'],
    defaultChoice: 'yes',
    prompt: 'Well?',
  })
  const page = await am.send('PUT', `${at}/PageNode/page-1`, {
    nodes: [child],
    pageHeader: {},
    pageDescription: {},
  })
  expect(page).toMatchObject({ status: 201, body: { _outcomes: [{ id: 'yes' }, { id: 'no' }] } })
  expect((await am.send('DELETE', `${at}/ChoiceCollectorNode/choice-1`)).status).toBe(200)
  expect((await am.send('GET', `${at}/PageNode/page-1`)).status).toBe(200)
})

test('answers schema, template and outcomes of a type', async () => {
  const ask = (action: string, body: object = {}) =>
    am.send('POST', `${at}/ScriptedDecisionNode?_action=${action}`, body)
  expect((await ask('schema')).body).toMatchObject({
    type: 'object',
    properties: { script: { title: 'Script' } },
  })
  expect((await ask('template')).body).toEqual({
    script: '[Empty]',
    outcomes: [],
    inputs: ['*'],
    outputs: ['*'],
  })
  expect((await ask('getType')).body).toEqual({
    _id: 'ScriptedDecisionNode',
    name: 'Scripted Decision',
    collection: true,
  })
  expect((await ask('listOutcomes', { outcomes: ['a'] })).body).toEqual([{ id: 'a', displayName: 'a' }])
  expect((await ask('burn')).status).toBe(501)
})

test.each([
  ['SocialProviderHandlerNode', '58c824ae-84ed-4724-82cd-db128fc3f6c'],
  ['SocialProviderHandlerNodeV2', 'ed685f9f-5909-4726-86e8-22bd38b47663'],
  ['DeviceMatchNode', '01e1a3c0-038b-4c16-956a-6c9d89328cff'],
  ['DeviceMatchNode', '13e3f263-9cd3-4844-8d1c-040fd0dd02eb'],
  ['ScriptedDecisionNode', '11e1a3c0-038b-4c16-956a-6c9d89328cff'],
])('lets a %s use the built-in script %s', async (type, script) => {
  const { body: defaults } = await am.send('POST', `${at}/${type}?_action=template`, {})
  const url = `${at}/${type}/node-1`
  expect((await am.send('PUT', url, { ...defaults, script })).status).toBe(201)
  expect((await am.send('PUT', url, { ...defaults, script: 'nowhere' })).status).toBe(400)
})

describe('the version of a node type', () => {
  const page = { nodes: [], pageHeader: {}, pageDescription: {} }
  const pageUrl = `${at}/PageNode/page-1`
  const second = { _type: { _id: 'PageNode', name: 'Page Node', collection: true, version: '2.0' } }

  test('is refused on the unversioned path if it is unknown', async () => {
    const webauthn = {
      _type: { _id: 'WebAuthnAuthenticationNode', version: '9.0' },
      mediation: 'conditional',
    }
    expect(await am.send('PUT', `${at}/WebAuthnAuthenticationNode/key-1`, webauthn)).toMatchObject({
      status: 400,
      body: {
        message: expect.stringMatching(
          /^Version 9\.0 of node type WebAuthnAuthenticationNode does not run here/,
        ),
      },
    })
    expect((await am.send('GET', `${at}/WebAuthnAuthenticationNode/key-1`)).status).toBe(404)
  })

  test('is kept when a tool drops invalid attributes', async () => {
    const refused = await am.send('PUT', pageUrl, { ...page, ...second, pageMood: 'calm' })
    expect(refused).toMatchObject({ status: 400, body: { message: 'Invalid attribute specified.' } })
    const { validAttributes } = refused.body.detail as { validAttributes: string[] }
    expect(validAttributes).toContain('_type')
    expect((await am.send('PUT', pageUrl, { ...page, ...second })).body._type).toMatchObject({
      version: '2.0',
    })
  })

  test('is in responses of the unversioned path, and kept if a body omits it', async () => {
    await am.send('PUT', pageUrl, { ...page, ...second })
    const { body } = await am.send('GET', pageUrl)
    expect(body._type).toMatchObject({ version: '2.0' })
    expect((await am.send('PUT', pageUrl, page)).body._type).toMatchObject({ version: '2.0' })
  })

  test('is always in the children of a page', async () => {
    await am.send('PUT', `${at}/ValidatedUsernameNode/2.0/name-2`, {})
    const nodes = [
      { _id: 'name-1', nodeType: 'UsernameCollectorNode', displayName: 'Name' },
      { _id: 'name-2', nodeType: 'ValidatedUsernameNode', displayName: 'Name' },
      { _id: 'name-3', nodeType: 'UsernameCollectorNode', displayName: 'Name', nodeVersion: '2.0' },
    ]
    const { body } = await am.send('PUT', pageUrl, { ...page, nodes })
    expect(body.nodes).toEqual([
      { ...nodes[0], nodeVersion: '1.0' },
      { ...nodes[1], nodeVersion: '2.0' },
      nodes[2],
    ])
    expect((await am.send('PUT', pageUrl, body)).body).toEqual(body)
  })
})

test.each([
  [
    'AttributeCollectorNode',
    { objectType: 'user', attributesToCollect: ['mail'], identityAttribute: 'userName' },
  ],
  ['ValidatedUsernameNode', { objectType: 'user' }],
  ['IotRegistrationNode', { nameValidationRegex: '[a-z]+' }],
  ['ConfigProviderNode', { nodeType: 'MessageNode', nodeVersion: 1 }],
  ['SetCustomCookieNode', { name: 'a', value: 'b', domain: '&{esv.persist.cookie.domain}' }],
  ['SocialGoogleNode', { clientId: 'us', issuer: null }],
  ['SocialFacebookNode', { clientId: 'us', issuer: null }],
  ['ChoiceCollectorNode', { choices: ['yes', 'no'] }],
])('saves and returns a %s of a real export: %j', async (type, settings) => {
  const { body: defaults } = await am.send('POST', `${at}/${type}?_action=template`, {})
  const url = `${at}/${type}/node-1`
  expect((await am.send('PUT', url, { ...defaults, ...settings })).status).toBe(201)
  const { body } = await am.send('GET', url)
  expect(body).toMatchObject(settings)
  expect((await am.send('PUT', url, body)).status).toBe(200)
})

test('refuses settings of older servers for other types', async () => {
  expect((await am.send('PUT', `${at}/MessageNode/node-1`, { objectType: 'user' })).status).toBe(400)
})
