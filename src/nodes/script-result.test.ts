import { expect, test } from 'vitest'
import type { Json } from '../base/json.ts'
import { goTo, send, suspend } from '../engine/action.ts'
import { callback } from '../engine/callbacks.ts'
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
])('takes an action with all its extras: $kind', (action) => {
  expect(scriptResult({ ...nothing, action }, outcomes)).toEqual({ ok: true, action })
})

test('prefers action to the outcome variable', () => {
  const result = scriptResult({ ...nothing, action: goTo('false'), outcome: 'true' }, outcomes)
  expect(result).toEqual({ ok: true, action: goTo('false') })
})

test.each(['', ' '])('ignores an action without an outcome (%j)', (blank) => {
  const action = goTo(blank, { header: 'lost', sessionProperties: { lost: 'too' } })
  expect(scriptResult({ ...nothing, action, outcome: 'true' }, outcomes)).toEqual({
    ok: true,
    action: goTo('true'),
  })
})

test('fails for an unknown outcome in action', () => {
  expect(scriptResult({ ...nothing, action: goTo('maybe'), outcome: 'true' }, outcomes)).toEqual({
    ok: false,
    warning: 'invalid script outcome maybe in action',
    reason: "Invalid outcome from script, 'maybe'",
  })
})

test('takes the outcome variable', () => {
  expect(scriptResult({ ...nothing, outcome: 'false' }, outcomes)).toEqual({
    ok: true,
    action: goTo('false'),
  })
})

test('fails for an unknown outcome in the variable', () => {
  expect(scriptResult({ ...nothing, outcome: 'True' }, outcomes)).toEqual({
    ok: false,
    warning: 'invalid script outcome True',
    reason: "Invalid outcome from script, 'True'",
  })
})

test.each<[Json | undefined]>([[undefined], [null], [true], [1], [['true']], [{ outcome: 'true' }]])(
  'fails for an outcome variable of %j',
  (outcome) => {
    expect(scriptResult({ ...nothing, outcome }, outcomes)).toEqual({
      ok: false,
      warning: 'script outcome error',
      reason: "Script must set 'outcome' to a string.",
    })
  },
)

test.each<[Json]>([['seen'], [{ risk: 3 }]])('adds audit detail %j to the audit event', (detail) => {
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

test.each<[Json]>([[1], [true], [['a']]])('fails for audit detail %j', (detail) => {
  expect(scriptResult({ ...nothing, outcome: 'true', auditDetail: detail }, outcomes)).toEqual({
    ok: false,
    warning: undefined,
    reason: 'Invalid auditEntryDetail type from script',
  })
})

test('ignores audit detail that is null', () => {
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

test('logs nothing for a script that succeeds', async () => {
  const { lines, log } = logged()
  const result = await runForResult({ scripts: leaving({ outcome: 'true' }), log }, request, outcomes)
  expect(result).toEqual({ ok: true, action: goTo('true') })
  expect(lines).toEqual([])
})

test('logs why a script failed', async () => {
  const { lines, log } = logged()
  await runForResult({ scripts: leaving({ outcome: 'maybe' }), log }, request, outcomes)
  expect(lines).toEqual(['invalid script outcome maybe'])
})

test('does not log a failure without a warning', async () => {
  const { lines, log } = logged()
  const scripts = leaving({ outcome: 'true', auditDetail: 1 })
  const result = await runForResult({ scripts, log }, request, outcomes)
  expect(result.ok).toBe(false)
  expect(lines).toEqual([])
})

test('fails if the script throws', async () => {
  const { lines, log } = logged()
  const scripts: ScriptPort = { run: () => Promise.reject(new ScriptFailure('x is not defined (line 3)')) }
  expect(await runForResult({ scripts, log }, request, outcomes)).toEqual({
    ok: false,
    warning: 'error evaluating the script',
    reason: 'x is not defined (line 3)',
  })
  expect(lines).toEqual(['error evaluating the script'])
})

test('does not treat a defect of the engine as a script failure', async () => {
  const scripts: ScriptPort = { run: () => Promise.reject(new TypeError('ours')) }
  await expect(runForResult({ scripts, log: logged().log }, request, outcomes)).rejects.toThrow('ours')
})
