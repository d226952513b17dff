import { expect, test } from 'vitest'
import { runNode } from '../../../test/support/run-node.ts'
import type { JsonObject } from '../../base/json.ts'
import { goTo, send, suspend } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { allOutcomesOf, outcomesOf } from '../../engine/node-type.ts'
import { ScriptFailure, type ScriptOutcome, type ScriptRequest } from '../ports/ports.ts'
import { scriptedDecision } from './scripted-decision.ts'

const config = { script: 's-1', outcomes: ['known', 'unknown'] }

function leaving(left: Partial<ScriptOutcome>) {
  const requests: ScriptRequest[] = []
  const run = async (request: ScriptRequest): Promise<ScriptOutcome> => {
    requests.push(request)
    return { action: undefined, outcome: undefined, config: undefined, auditDetail: undefined, ...left }
  }
  return { requests, ports: { scripts: { run } } }
}

test('takes the outcome that the script sets', async () => {
  const { requests, ports } = leaving({ outcome: 'known' })
  const { action, log } = await runNode(scriptedDecision, { config, ports })
  expect(action).toEqual(goTo('known'))
  expect(requests).toEqual([{ script: 's-1', as: 'decision', inputs: ['*'], outputs: ['*'] }])
  expect(log).toEqual([])
})

test('sends the script’s callbacks', async () => {
  const ask = send([callback('NameCallback', { prompt: 'Name' })])
  const { action } = await runNode(scriptedDecision, { config, ports: leaving({ action: ask }).ports })
  expect(action).toEqual(ask)
})

test.each<[string, Partial<ScriptOutcome>, string, string]>([
  ['no outcome', {}, 'script outcome error', "Script must set 'outcome' to a string."],
  [
    'an outcome that is not configured',
    { outcome: 'true' },
    'invalid script outcome true',
    "Invalid outcome from script, 'true'",
  ],
  [
    'an outcome in action that is not configured',
    { action: goTo('true') },
    'invalid script outcome true in action',
    "Invalid outcome from script, 'true'",
  ],
])('fails for %s', async (_case, left, warning, reason) => {
  const { action, log } = await runNode(scriptedDecision, { config, ports: leaving(left).ports })
  expect(action).toEqual({ kind: 'error', message: reason })
  expect(log).toEqual([{ level: 'warn', message: warning }])
})

test('fails if the script throws', async () => {
  const scripts = { run: () => Promise.reject(new ScriptFailure('boom (line 1)')) }
  const { action, log } = await runNode(scriptedDecision, { config, ports: { scripts } })
  expect(action).toEqual({ kind: 'error', message: 'boom (line 1)' })
  expect(log).toEqual([{ level: 'warn', message: 'error evaluating the script' }])
})

test.each<[JsonObject, readonly string[]]>([
  [{}, ['*']],
  [{ inputs: [], outputs: [] }, ['*']],
  [{ inputs: ['a'], outputs: ['a'] }, ['a']],
])('with %j the script reads and writes %j', async (keys, expected) => {
  const { requests, ports } = leaving({ outcome: 'known' })
  await runNode(scriptedDecision, { config: { ...config, ...keys }, ports })
  expect(requests[0]).toMatchObject({ inputs: expected, outputs: expected })
  const parsed = scriptedDecision.config.parse({ ...config, ...keys })
  expect(scriptedDecision.reads?.(parsed, 'node-1')).toEqual(expected)
  expect(scriptedDecision.writes?.(parsed)).toEqual(expected)
})

test('has configured outcomes, so no other node can imitate it', () => {
  const around = { typeNamed: () => undefined, child: () => undefined }
  expect(outcomesOf(scriptedDecision, scriptedDecision.config.parse(config), around)).toEqual([
    { id: 'known', displayName: 'known' },
    { id: 'unknown', displayName: 'unknown' },
  ])
  expect(allOutcomesOf(scriptedDecision)).toBeUndefined()
})

test('has defaults for all settings', () => {
  expect(scriptedDecision.config.parse({})).toEqual({
    script: '[Empty]',
    outcomes: [],
    inputs: ['*'],
    outputs: ['*'],
  })
})

test('accepts text or an object as audit detail', async () => {
  const { ports } = leaving({ outcome: 'known', auditDetail: 7 })
  const { action } = await runNode(scriptedDecision, { config, ports })
  expect(action).toEqual({ kind: 'error', message: 'Invalid auditEntryDetail type from script' })
})

test('lets the script suspend the journey', async () => {
  const wait = suspend('Look into your mail.')
  const { action } = await runNode(scriptedDecision, { config, ports: leaving({ action: wait }).ports })
  expect(action).toEqual(wait)
})
