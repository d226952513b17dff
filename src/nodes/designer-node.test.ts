import { expect, test } from 'vitest'
import { z } from 'zod'
import { runNode } from '../../test/support/run-node.ts'
import type { JsonObject } from '../base/json.ts'
import { goTo, send } from '../engine/action.ts'
import { textOutput } from '../engine/callbacks.ts'
import { allOutcomesOf } from '../engine/node-type.ts'
import { customNodeTypeSchema } from './custom-node-type.ts'
import { designerNode } from './designer-node.ts'
import { ScriptFailure, type ScriptOutcome, type ScriptRequest } from './ports/ports.ts'

function typeWith(more: JsonObject = {}) {
  return designerNode(
    customNodeTypeSchema.parse({
      serviceName: 'e4a9',
      displayName: 'Set Front Channel Status',
      description: 'Says how far the journey is.',
      outcomes: ['Success', 'Error'],
      script: 'outcome = "Success"',
      ...more,
    }),
  )
}

/** The settings of a type with one property: parsed, or the problems. */
function settings(property: JsonObject, given: JsonObject) {
  const { config } = typeWith({ properties: { value: { title: 'Value', type: 'STRING', ...property } } })
  const parsed = config.safeParse(given)
  return parsed.success ? parsed.data : parsed.error.issues.map(({ message }) => message)
}

function leaving(left: Partial<ScriptOutcome>) {
  const requests: ScriptRequest[] = []
  const run = async (request: ScriptRequest): Promise<ScriptOutcome> => {
    requests.push(request)
    return { action: undefined, outcome: undefined, config: undefined, auditDetail: undefined, ...left }
  }
  return { requests, ports: { scripts: { run } } }
}

const throwing = { scripts: { run: () => Promise.reject(new ScriptFailure('boom (line 1)')) } }

test('has its service name as type and its display name as title', () => {
  expect(typeWith({ tags: ['utilities'] })).toMatchObject({
    type: 'designer-e4a9',
    version: '1.0',
    title: 'Set Front Channel Status',
    help: 'Says how far the journey is.',
    tags: ['designer', 'utilities'],
  })
})

test('has the version of its definition', () => {
  expect(typeWith({ version: 2 }).version).toBe('2.0')
})

test('gives the script its name and the settings', async () => {
  const { requests, ports } = leaving({ outcome: 'Success' })
  const type = typeWith({ properties: { message: { title: 'Message', type: 'STRING' } } })
  const { action } = await runNode(type, { config: { message: 'Hello', other: 'dropped' }, ports })
  expect(action).toEqual(goTo('Success'))
  expect(requests).toEqual([
    {
      script: { name: 'Set Front Channel Status', id: 'e4a9-1', source: 'outcome = "Success"' },
      as: 'customNode',
      inputs: ['*'],
      properties: { message: 'Hello' },
    },
  ])
})

test('sends the script’s callbacks', async () => {
  const ask = send([textOutput('User successfully authenticated')])
  const { action } = await runNode(typeWith(), { ports: leaving({ action: ask }).ports })
  expect(action).toEqual(ask)
})

test.each<[string, Partial<ScriptOutcome>, string, string]>([
  ['no outcome', {}, 'script outcome error', "Script must set 'outcome' to a string."],
  [
    'an unknown outcome',
    { outcome: 'success' },
    'invalid script outcome success',
    "Invalid outcome from script, 'success'",
  ],
  [
    'Script Error, which the type does not have',
    { action: goTo('Script Error') },
    'invalid script outcome Script Error in action',
    "Invalid outcome from script, 'Script Error'",
  ],
])('fails for %s', async (_case, left, warning, reason) => {
  const { action, log } = await runNode(typeWith(), { ports: leaving(left).ports })
  expect(action).toEqual({ kind: 'error', message: reason })
  expect(log).toEqual([{ level: 'warn', message: warning }])
})

test('fails if the script throws', async () => {
  const { action, log } = await runNode(typeWith(), { ports: throwing })
  expect(action).toEqual({ kind: 'error', message: 'boom (line 1)' })
  expect(log).toEqual([{ level: 'warn', message: 'error evaluating the script' }])
})

const catching = { errorOutcome: true }

test.each<[string, Partial<ScriptOutcome>, string[]]>([
  ['no outcome', {}, ['script outcome error']],
  ['an unknown outcome', { outcome: 'success' }, ['invalid script outcome success']],
  ['a script that chooses it', { action: goTo('Script Error') }, []],
])('takes the outcome Script Error, if the type has it, for %s', async (_case, left, warnings) => {
  const { action, log } = await runNode(typeWith(catching), { ports: leaving(left).ports })
  expect(action).toEqual(goTo('Script Error'))
  expect(log.map(({ message }) => message)).toEqual(warnings)
})

test('takes the outcome Script Error, if the type has it, when the script throws', async () => {
  const { action, log } = await runNode(typeWith(catching), { ports: throwing })
  expect(action).toEqual(goTo('Script Error'))
  expect(log).toEqual([{ level: 'warn', message: 'error evaluating the script' }])
})

test('has a table of outcomes, including Script Error if enabled', () => {
  const own = [
    { id: 'Success', displayName: 'Success' },
    { id: 'Error', displayName: 'Error' },
  ]
  expect(allOutcomesOf(typeWith())).toEqual(own)
  expect(allOutcomesOf(typeWith(catching))).toEqual([
    ...own,
    { id: 'Script Error', displayName: 'Script Error' },
  ])
})

test.each<[string[], string[]]>([
  [[], ['*']],
  [['*'], ['*']],
  [
    ['x', 'y'],
    ['x', 'y'],
  ],
])('with inputs and outputs %j reads and writes %j', async (keys, expected) => {
  const type = typeWith({ inputs: keys, outputs: keys })
  const { requests, ports } = leaving({ outcome: 'Success' })
  await runNode(type, { ports })
  expect(requests[0]?.inputs).toEqual(expected)
  expect(type.reads?.({}, 'node-1')).toEqual(expected)
  expect(type.writes?.({})).toEqual(expected)
})

test.each<[string, JsonObject, JsonObject, JsonObject]>([
  ['leaves out an unset optional value', {}, {}, {}],
  ['uses a default', { defaultValue: 'x' }, {}, { value: 'x' }],
  ['uses a default for a required value', { required: true, defaultValue: 'x' }, {}, { value: 'x' }],
  ['prefers a value to the default', { defaultValue: 'x' }, { value: 'y' }, { value: 'y' }],
  ['accepts an empty optional text', {}, { value: '' }, { value: '' }],
  ['keeps a number', { type: 'NUMBER' }, { value: 0 }, { value: 0 }],
  [
    'accepts false as a required value',
    { type: 'BOOLEAN', required: true },
    { value: false },
    { value: false },
  ],
  ['keeps an object', { type: 'OBJECT' }, { value: { a: [1, null] } }, { value: { a: [1, null] } }],
  [
    'keeps several values as a list',
    { multivalued: true, required: true },
    { value: ['_id', 'username'] },
    { value: ['_id', 'username'] },
  ],
  ['keeps an option by its key', { options: { A: 'Alpha' } }, { value: 'A' }, { value: 'A' }],
])('%s', (_case, property, given, expected) => {
  expect(settings(property, given)).toEqual(expected)
})

test.each<[string, JsonObject, JsonObject]>([
  ['a required value that is missing', { required: true }, {}],
  ['a required text that is empty', { required: true }, { value: '' }],
  ['a required list that is empty', { required: true, multivalued: true }, { value: [] }],
  ['one value where a list belongs', { multivalued: true }, { value: 'a' }],
  ['a list where one value belongs', {}, { value: ['a'] }],
  ['a list with a value of another type', { multivalued: true, type: 'NUMBER' }, { value: [1, '2'] }],
  ['text for a number', { type: 'NUMBER' }, { value: '1' }],
  ['a list for an object', { type: 'OBJECT' }, { value: [] }],
  ['the text of an option', { options: { A: 'Alpha' } }, { value: 'Alpha' }],
])('rejects %s', (_case, property, given) => {
  expect(settings(property, given)).toHaveLength(1)
})

test('describes titles, defaults and labels of options for forms', () => {
  const { config } = typeWith({
    properties: {
      how: {
        title: 'How',
        description: 'The way to show it.',
        type: 'STRING',
        required: true,
        defaultValue: 'TABLE',
        options: { JSON: 'Raw JSON', TABLE: 'HTML table' },
      },
    },
  })
  expect(z.toJSONSchema(config, { io: 'input' })).toMatchObject({
    properties: {
      how: {
        title: 'How',
        description: 'The way to show it.',
        enum: ['JSON', 'TABLE'],
        options: { enum_titles: ['Raw JSON', 'HTML table'] },
        default: 'TABLE',
      },
    },
  })
})
