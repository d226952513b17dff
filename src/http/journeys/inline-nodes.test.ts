import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAdministration } from '../../../test/support/administration.ts'
import type { JsonObject } from '../../base/json.ts'
import { successId } from '../../engine/journey.ts'

let am: Awaited<ReturnType<typeof openAdministration>>
beforeEach(async () => {
  am = await openAdministration()
})
afterEach(() => am.close())

const at = '/realms/root/realms/alpha/realm-config/authentication/authenticationtrees'

const message = { messageYes: { en: 'Yes' } }

/** A journey whose nodes have their settings inline, as tools with one call send it. */
function inline(nodes: Record<string, JsonObject>) {
  const [entryNodeId] = Object.keys(nodes)
  return { entryNodeId: entryNodeId ?? '', nodes }
}

const note = (config: JsonObject, more: JsonObject = {}) => ({
  nodeType: 'MessageNode',
  displayName: 'Note',
  connections: { true: successId, false: successId },
  config,
  ...more,
})

const put = (body: object, headers = {}) => am.send('PUT', `${at}/trees/Inline`, body, headers)

test('creates a journey and its nodes with one PUT', async () => {
  const page = {
    nodeType: 'PageNode',
    displayName: 'Page',
    connections: { outcome: 'note' },
    config: {
      _id: 'page',
      nodes: [
        {
          _id: 'name',
          nodeType: 'ValidatedUsernameNode',
          nodeVersion: '2.0',
          displayName: 'Name',
          config: { validateInput: true },
        },
        { _id: 'word', nodeType: 'ValidatedPasswordNode', displayName: 'Password' },
      ],
    },
  }
  const created = await put(inline({ page, note: note({ _id: 'note', ...message }) }))
  expect(created.status).toBe(201)
  expect(JSON.stringify(created.body)).not.toContain('"config"')
  const read = async (path: string) => (await am.send('GET', `${at}/nodes/${path}`)).body
  expect(await read('MessageNode/note')).toMatchObject(message)
  expect(await read('ValidatedUsernameNode/2.0/name')).toMatchObject({
    validateInput: true,
    _type: { version: '2.0' },
  })
  expect(await read('ValidatedPasswordNode/word')).toMatchObject({ _id: 'word' })
  const shownPage = await read('PageNode/page')
  expect(shownPage).toMatchObject({ nodes: [{ _id: 'name' }, { _id: 'word' }] })
  expect(JSON.stringify(shownPage)).not.toContain('"config"')
})

test('replaces settings of nodes, and keeps those of nodes without them', async () => {
  await put(inline({ note: note(message) }))
  const changed = { messageYes: { en: 'Of course' } }
  expect((await put(inline({ note: note(changed) }))).status).toBe(200)
  const { config: _, ...place } = note({})
  expect((await put(inline({ note: place }))).status).toBe(200)
  expect((await am.send('GET', `${at}/nodes/MessageNode/note`)).body).toMatchObject(changed)
})

test('writes nodes of its own realm only', async () => {
  const inRoot = '/realms/root/realm-config/authentication/authenticationtrees/nodes'
  const other = { messageYes: { en: 'Of the root realm' } }
  await am.send('PUT', `${inRoot}/UsernameCollectorNode/note`, {})
  await am.send('PUT', `${inRoot}/MessageNode/word`, other)
  const nodes = { note: note(message), word: note(message) }
  expect((await put(inline(nodes))).status).toBe(201)
  expect((await am.send('GET', `${inRoot}/UsernameCollectorNode/note`)).status).toBe(200)
  expect((await am.send('GET', `${inRoot}/MessageNode/note`)).status).toBe(404)
  expect((await am.send('GET', `${inRoot}/MessageNode/word`)).body).toMatchObject(other)
  expect((await am.send('GET', `${at}/nodes/MessageNode/word`)).body).toMatchObject(message)
})

describe('writes nothing', () => {
  test.each([
    [
      'an unknown attribute of a node',
      inline({ one: note(message), two: note({ colour: 'red' }) }),
      400,
      /^nodes\.two: Invalid attribute/,
    ],
    [
      'a wrong value of a node',
      inline({ one: note(message), two: note({ messageYes: 7 }) }),
      400,
      /^nodes\.two: Data validation failed/,
    ],
    [
      'an unknown type',
      inline({ one: note(message), two: note({}, { nodeType: 'NoSuchNode' }) }),
      400,
      /Nodes/,
    ],
    ['an unknown version', inline({ one: note(message), two: note({}, { version: '9.0' }) }), 400, /Nodes/],
    [
      'a connection to nowhere',
      inline({ one: note(message, { connections: { true: 'gone' } }) }),
      400,
      /gone/,
    ],
    [
      'a node without settings',
      inline({ one: note(message), two: { nodeType: 'MessageNode' } }),
      400,
      /Nodes/,
    ],
  ])('with %s', async (_what, body, status, text) => {
    const answer = await put(body)
    expect(answer).toMatchObject({ status, body: { message: expect.stringMatching(text) } })
    expect((await am.send('GET', `${at}/trees/Inline`)).status).toBe(404)
    expect((await am.send('GET', `${at}/nodes/MessageNode?_queryFilter=true`)).body.result).toEqual([])
  })

  test('with an id that a node of another type has', async () => {
    await am.send('PUT', `${at}/nodes/UsernameCollectorNode/taken`, {})
    const answer = await put(inline({ taken: note(message) }))
    expect(answer).toMatchObject({ status: 409, body: { message: expect.stringMatching(/^nodes\.taken: /) } })
    expect((await am.send('GET', `${at}/nodes/UsernameCollectorNode/taken`)).status).toBe(200)
  })

  test('with a script that the realm does not have', async () => {
    const decide = { nodeType: 'ScriptedDecisionNode', config: { script: 'gone', outcomes: ['a'] } }
    expect((await put(inline({ decide }))).status).toBe(400)
  })

  test('if the journey changed since it was read', async () => {
    const first = await put(inline({ note: note(message) }))
    const stale = { 'if-match': `"${first.body._rev}"` }
    await put({ ...inline({ note: note(message) }), description: 'Other' })
    expect((await put(inline({ note: note({ messageYes: { en: 'Lost' } }) }), stale)).status).toBe(412)
    expect((await am.send('GET', `${at}/nodes/MessageNode/note`)).body).toMatchObject(message)
  })
})

describe('a clone', () => {
  const clone = (body: object, name = 'Inline') => am.send('POST', `${at}/trees/${name}?_action=clone`, body)

  test('has nodes of its own with the same settings', async () => {
    await put(inline({ note: note(message) }))
    const copy = await clone({ newId: 'Copy' })
    expect(copy).toMatchObject({ status: 201, body: { _id: 'Copy' } })
    const [id = ''] = Object.keys(copy.body.nodes as JsonObject)
    expect(id).not.toBe('note')
    expect((await am.send('GET', `${at}/nodes/MessageNode/${id}`)).body).toMatchObject(message)
  })

  test('is refused for a taken, missing or wrong name, and for an unknown journey', async () => {
    await put(inline({ note: note(message) }))
    expect((await clone({ newId: 'Inline' })).status).toBe(409)
    expect((await clone({})).status).toBe(400)
    expect((await clone({ newId: 'a/b' })).status).toBe(400)
    expect((await clone({ newId: 'Copy' }, 'Gone')).status).toBe(404)
  })
})
