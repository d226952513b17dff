import { expect, test } from 'vitest'
import { complaints, type SampleRealm } from '../../../../test/support/lint-realm.ts'
import { successId } from '../../../engine/journey.ts'

const run = (script: string) => ({
  type: 'ScriptedDecisionNode',
  config: { script, outcomes: ['a'] },
  to: { a: successId },
})
const realm = (source: string, more: Partial<SampleRealm> = {}): SampleRealm => ({
  journeys: { Main: { nodes: { one: { ...run('s1'), to: { a: 'two' } }, two: run('s1') } } },
  scripts: { s1: source },
  ...more,
})
const said = (rule: string, from: SampleRealm) =>
  complaints(rule, from).map(({ nodeId, message }) => [nodeId, message])

test('reports a script with a syntax error once, with its line', () => {
  const problems = [
    { line: 3, message: "expecting ';'" },
    { line: 9, message: 'more' },
  ]
  expect(said('script-syntax', realm('x', { reports: { x: { problems } } }))).toEqual([
    ['one', "Script 's1' does not compile: line 3: expecting ';'."],
  ])
  expect(said('script-syntax', realm('x', { reports: { x: {} } }))).toEqual([])
})

test("reports each construct that the vendor's engine rejects once", () => {
  const incompatibilities = [
    { line: 1, message: '`let` is a parse error' },
    { line: 2, message: '`let` is a parse error' },
    { line: 5, message: '`??` is a parse error' },
  ]
  const found = said('script-incompatible', realm('x', { reports: { x: { incompatibilities } } }))
  expect(found).toHaveLength(2)
  expect(found).toContainEqual(['one', "Script 's1', line 1: `let` is a parse error."])
  expect(said('script-incompatible', realm('x', { reports: { x: {} } }))).toEqual([])
})

test('checks the script of a custom node type', () => {
  const found = said('script-syntax', {
    journeys: { Main: { nodes: { one: { type: 'designer-abc', to: { next: successId } } } } },
    customNodeTypes: [{ serviceName: 'abc', displayName: 'Mine', script: 'bad' }],
    reports: { bad: { problems: [{ line: 1, message: 'no' }] } },
  })
  expect(found).toEqual([['one', "Script 'Mine' does not compile: line 1: no."]])
})

test.each([
  'var clientSecret = "k9f-Zt81x"',
  "request = { password: 'S3cret!!' }",
  '// "api_key": "AKIA12345678"',
])('finds a secret in a script: %s', (source) => {
  const found = said('plain-text-secret', realm(`\n${source}`))
  expect(found).toHaveLength(1)
  expect(found[0]?.[1]).toMatch(/^Script 's1', line 2: '\w+' looks like a secret in plain text\.$/)
})

test.each([
  'var password = nodeState.get("password")',
  'var passwordAttribute = "userPassword"',
  'var password = "password"',
  'var secret = "esv.my-secret1"',
  'var password = ""',
  'showText({ password: "Your password, please" })',
])('ignores texts that only look like a secret: %s', (source) => {
  expect(said('plain-text-secret', realm(source))).toEqual([])
})

test('finds a secret in a setting at any depth, and ignores a placeholder', () => {
  const main = (config: Record<string, string | Record<string, string>>): SampleRealm => ({
    journeys: { Main: { nodes: { n: { type: 'NobodyKnowsNode', config } } } },
  })
  const text = "Setting 'password' of 'Node n' contains a secret in plain text."
  expect(said('plain-text-secret', main({ password: 'S3cret!!' }))).toEqual([['n', text]])
  expect(said('plain-text-secret', main({ smtp: { password: 'S3cret!!' } }))).toEqual([['n', text]])
  expect(
    said('plain-text-secret', main({ password: '&{esv.smtp}', passwordAttribute: 'userPassword' })),
  ).toEqual([])
})

test('never shows the secret in a finding', () => {
  const found = complaints('plain-text-secret', realm('var password = "S3cret!!"'))
  expect(JSON.stringify(found)).not.toContain('S3cret')
})

test('reports names that do not exist where a script runs', () => {
  const unknownNames = [{ line: 2, message: `'nodeStat' is unknown. Did you mean 'nodeState'?` }]
  expect(said('script-unknown-name', realm('x', { reports: { x: { unknownNames } } }))).toEqual([
    ['one', `Script 's1', line 2: 'nodeStat' is unknown. Did you mean 'nodeState'?`],
  ])
  expect(said('script-unknown-name', realm('x', { reports: { x: {} } }))).toEqual([])
})

test('reports an outcome that none of the nodes of a script has', () => {
  const outcomes = [
    { line: 1, outcome: 'a' },
    { line: 2, outcome: 'ab' },
    { line: 3, outcome: 'ab' },
    { line: 4, outcome: 'other' },
  ]
  const other = {
    type: 'ScriptedDecisionNode',
    config: { script: 's1', outcomes: ['other'] },
    to: { other: successId },
  }
  const journeys = { Main: { nodes: { one: run('s1') } }, Other: { nodes: { three: other } } }
  const found = said('script-unknown-outcome', {
    journeys,
    scripts: { s1: 'x' },
    reports: { x: { outcomes } },
  })
  expect(found).toEqual([['one', `Script 's1', line 2: 'Node one' has no outcome 'ab'. Did you mean 'a'?`]])
})
