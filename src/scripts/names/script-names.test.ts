import { expect, test } from 'vitest'
import { type ScriptKind, unknownOutcomes } from './names-of-a-script.ts'
import { scriptNames } from './script-names.ts'

const decision: ScriptKind = { context: 'AUTHENTICATION_TREE_DECISION_NODE', evaluatorVersion: '2.0' }
const legacy: ScriptKind = { ...decision, evaluatorVersion: '1.0' }
const custom: ScriptKind = {
  context: 'NODE_DESIGNER',
  evaluatorVersion: '2.0',
  properties: ['country', 'limit'],
}

const unknownIn = (source: string, kind = decision) =>
  scriptNames(source, kind).unknown.map(({ line, message }) => `${line}: ${message}`)

test.each([
  [
    'a misspelt binding',
    'var a = 1\nnodeStat.get("a")',
    decision,
    `2: 'nodeStat' is unknown. Did you mean 'nodeState'?`,
  ],
  [
    'a global of browsers',
    'console.log(1)',
    decision,
    `1: 'console' is unknown: it exists in browsers and Node.js only`,
  ],
  [
    'a misspelt binding in a function',
    'function f(x) { return loger.info(x) }',
    decision,
    `1: 'loger' is unknown. Did you mean 'logger'?`,
  ],
  [
    'a misspelt member',
    'nodeState.putShard("a", 1)',
    decision,
    `1: 'nodeState.putShard' is unknown. Did you mean 'putShared'?`,
  ],
  [
    'a member by text',
    'nodeState["putShard"]("a", 1)',
    decision,
    `1: 'nodeState.putShard' is unknown. Did you mean 'putShared'?`,
  ],
  [
    'a binding of legacy scripts',
    'sharedState.get("a")',
    decision,
    `1: 'sharedState' is unknown: it exists in legacy scripts only`,
  ],
  [
    'a binding of next-generation scripts',
    'openidm.read("x")',
    legacy,
    `1: 'openidm' is unknown: it exists in next-generation scripts only`,
  ],
  [
    'a setting that a custom node lacks',
    'var c = properties.county',
    custom,
    `1: 'properties.county' is no setting of the node. Did you mean 'country'?`,
  ],
])('reports %s', (_what, source, kind, expected) => {
  expect(unknownIn(source, kind)).toEqual([expected])
})

test.each([
  ['a variable', 'var nodeStat = {}; nodeStat.get("a")'],
  ['a variable that is declared later', 'use(nodeStat); function use(x) {} var nodeStat'],
  ['a variable of an inner block', 'if (true) { var nodeStat = 1 } nodeStat'],
  ['a constant and its destructuring', 'const { nodeStat, other: [loger] } = {}; nodeStat; loger'],
  [
    'a parameter and its default',
    'function f(nodeStat, loger = nodeStat, ...cokies) { return loger + cokies }',
  ],
  ['a name of an arrow function', '[1].map((nodeStat) => nodeStat)'],
  ['a caught error', 'try { f() } catch (nodeStat) { nodeStat } function f() {}'],
  ['a name of a function or class', 'function nodeStat() { nodeStat() } class loger {} new loger()'],
  ['a name of a function expression', 'var f = function nodeStat() { nodeStat() }'],
  ['a loop variable', 'for (let nodeStat of []) nodeStat; for (loger in {}) loger'],
  ['an undeclared variable that is set', 'nodeStat = 1; nodeStat'],
  ['a name that is set on this', 'this.nodeStat = 1; nodeStat'],
  ['a name that is asked for', 'if (typeof nodeStat !== "undefined") nodeStat.get("a")'],
  ['a member, key or label', 'var a = { nodeStat: 1 }; a.loger; nodeStat: for (;;) break nodeStat'],
  ['a member of an own object that is named as a binding', 'function f(nodeState) { nodeState.putShard() }'],
  ['a member of a replaced binding', 'logger = { log: f }; logger.log(1); function f() {}'],
  ['a member that the script adds', 'nodeState.extra = 1'],
  ['code that can define names', 'eval("var nodeStat"); nodeStat'],
  ['the members of a with statement', 'with ({}) { nodeStat; loger }'],
  ['names of the language', 'JSON; Math; parseInt("1"); encodeURIComponent(""); undefined; arguments'],
  ['what no binding resembles, as a library may be added', '_log("Starting"); getOutcomeForDisplay()'],
  ['a computed member', 'nodeState["put" + "Shard"]("a", 1)'],
  ['a script that does not compile', 'nodeStat.get('],
])('does not report %s', (_what, source) => {
  expect(unknownIn(source)).toEqual([])
  expect(unknownIn(source, legacy)).toEqual([])
})

test('reports a name once, and nothing in scripts of unknown contexts', () => {
  expect(unknownIn('nodeStat; nodeStat; nodeStat')).toHaveLength(1)
  expect(unknownIn('nodeStat', { ...decision, context: 'POLICY_CONDITION' })).toEqual([])
})

test('reads the outcomes that a script names', () => {
  const outcomesIn = (source: string, kind = decision) =>
    scriptNames(source, kind).outcomes.map(({ outcome }) => outcome)
  expect(outcomesIn('action.goTo("a"); action.goTo(x ? "b" : "c"); outcome = "d"; var x = 1')).toEqual([
    'a',
    'b',
    'c',
    'd',
  ])
  expect(outcomesIn('outcome = "d"', legacy)).toEqual(['d'])
  expect(outcomesIn('var x = "a"; action.goTo(x); var outcome = "b"; other.goTo("c")')).toEqual([])
  expect(outcomesIn('(function (action) { action.goTo("a") })')).toEqual([])
})

test('reports outcomes that the node does not have, with the nearest one', () => {
  const names = scriptNames('action.goTo("Nxt")\naction.goTo("Next")\naction.goTo("Nxt")', custom)
  expect(unknownOutcomes(names, ['Next', 'Back'])).toEqual([
    { line: 1, message: `'Nxt' is no outcome of the node. Did you mean 'Next'?` },
  ])
})
