import { expect, test } from 'vitest'
import { goTo, send, suspend } from '../engine/action.ts'
import { callback } from '../engine/callbacks.ts'
import type { Json } from '../engine/json.ts'
import { ScriptFailure, type ScriptOutcome, type ScriptPort } from './ports/ports.ts'
import { auditDetail, runForResult, scriptResult, stateKeys } from './script-result.ts'

const outcomes = ['true', 'false']
const nothing: ScriptOutcome = {
  action: undefined,
  outcome: undefined,
  config: undefined,
  auditDetail: undefined,
}
const request = { script: 's-1', as: 'decision', inputs: ['*'] } as const
const name = callback('NameCallback', { prompt: 'Name' })

test.each([
  goTo('true', { header: 'Hello', sessionProperties: { a: 'b' } }),
  send([name], { stage: 'one' }),
  suspend('Look at your mail', 5),
])('what action says is taken with all it says: $kind', (action) => {
  expect(scriptResult({ ...nothing, action }, outcomes)).toEqual({ ok: true, action })
})

test('action wins over the outcome variable', () => {
  const result = scriptResult({ ...nothing, action: goTo('false'), outcome: 'true' }, outcomes)
  expect(result).toEqual({ ok: true, action: goTo('false') })
})

test.each(['', ' '])(
  'an action without an outcome (%j) leaves the decision, and nothing else, to the variable',
  (blank) => {
    const action = goTo(blank, { header: 'lost', sessionProperties: { lost: 'too' } })
    expect(scriptResult({ ...nothing, action, outcome: 'true' }, outcomes)).toEqual({
      ok: true,
      action: goTo('true'),
    })
  },
)

test('an outcome in action that the node does not have is an error', () => {
  expect(scriptResult({ ...nothing, action: goTo('maybe'), outcome: 'true' }, outcomes)).toEqual({
    ok: false,
    warning: 'invalid script outcome maybe in action',
    reason: "Invalid outcome from script, 'maybe'",
  })
})

test('the outcome variable is taken', () => {
  expect(scriptResult({ ...nothing, outcome: 'false' }, outcomes)).toEqual({
    ok: true,
    action: goTo('false'),
  })
})

test('an outcome variable that names no outcome of the node is an error', () => {
  expect(scriptResult({ ...nothing, outcome: 'True' }, outcomes)).toEqual({
    ok: false,
    warning: 'invalid script outcome True',
    reason: "Invalid outcome from script, 'True'",
  })
})

test.each<[Json | undefined]>([[undefined], [null], [true], [1], [['true']], [{ outcome: 'true' }]])(
  'an outcome variable of %j is an error',
  (outcome) => {
    expect(scriptResult({ ...nothing, outcome }, outcomes)).toEqual({
      ok: false,
      warning: 'script outcome error',
      reason: "Script must set 'outcome' to a string.",
    })
  },
)

test.each<[Json]>([['seen'], [{ risk: 3 }]])('audit detail %j goes to the audit event', (detail) => {
  const expected = { auditDetail: { auditInfo: detail } }
  expect(auditDetail(detail)).toEqual(expected)
  const left = { ...nothing, auditDetail: detail }
  expect(scriptResult({ ...left, outcome: 'true' }, outcomes)).toEqual({
    ok: true,
    action: goTo('true', expected),
  })
  expect(scriptResult({ ...left, action: send([name]) }, outcomes)).toEqual({
    ok: true,
    action: send([name], expected),
  })
})

test.each<[Json]>([[1], [true], [['a']]])('audit detail %j is an error', (detail) => {
  expect(scriptResult({ ...nothing, outcome: 'true', auditDetail: detail }, outcomes)).toEqual({
    ok: false,
    warning: undefined,
    reason: 'Invalid auditEntryDetail type from script',
  })
})

test('audit detail that is null is as if it were not set', () => {
  expect(auditDetail(null)).toEqual({})
})

test.each([
  [[], ['*']],
  [['*'], ['*']],
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
])('the inputs %j open the state keys %j', (declared, keys) => {
  expect(stateKeys(declared)).toEqual(keys)
})

function logged() {
  const lines: string[] = []
  const add = (message: string) => void lines.push(message)
  const ignore = () => undefined
  return { lines, log: { debug: ignore, info: ignore, warn: add, error: ignore } }
}

const leaving = (left: Partial<ScriptOutcome>): ScriptPort => ({
  run: async () => ({ ...nothing, ...left }),
})

test('a script that decides leaves no log line', async () => {
  const { lines, log } = logged()
  const result = await runForResult({ scripts: leaving({ outcome: 'true' }), log }, request, outcomes)
  expect(result).toEqual({ ok: true, action: goTo('true') })
  expect(lines).toEqual([])
})

test('why a script decided nothing is logged', async () => {
  const { lines, log } = logged()
  await runForResult({ scripts: leaving({ outcome: 'maybe' }), log }, request, outcomes)
  expect(lines).toEqual(['invalid script outcome maybe'])
})

test('a failure without a warning is not logged', async () => {
  const { lines, log } = logged()
  const scripts = leaving({ outcome: 'true', auditDetail: 1 })
  const result = await runForResult({ scripts, log }, request, outcomes)
  expect(result.ok).toBe(false)
  expect(lines).toEqual([])
})

test('a script that throws decides nothing', async () => {
  const { lines, log } = logged()
  const scripts: ScriptPort = { run: () => Promise.reject(new ScriptFailure('x is not defined (line 3)')) }
  expect(await runForResult({ scripts, log }, request, outcomes)).toEqual({
    ok: false,
    warning: 'error evaluating the script',
    reason: 'x is not defined (line 3)',
  })
  expect(lines).toEqual(['error evaluating the script'])
})

test('a defect of the engine is not taken for a failure of the script', async () => {
  const scripts: ScriptPort = { run: () => Promise.reject(new TypeError('ours')) }
  await expect(runForResult({ scripts, log: logged().log }, request, outcomes)).rejects.toThrow('ours')
})
