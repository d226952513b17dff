import { expect, test } from 'vitest'
import type { CoveredScript } from '../../sandbox/script-coverage.ts'
import { coverageReport } from './coverage-report.ts'
import { coverageText } from './coverage-text.ts'
import { configurationOf, oneOutcome, twoOutcomes, visitsOf } from './fixtures/configuration.ts'
import { coveredScript } from './fixtures/covered-script.ts'
import { lcovText, scriptFilesIn } from './lcov.ts'
import { OutcomeCounter } from './outcome-counter.ts'
import { measuredScripts } from './script-report.ts'
import { checkedThresholds, missedThresholds, readThresholds } from './thresholds.ts'

const scripted = (script: string, to: Record<string, string>) => ({
  type: 'ScriptedDecisionNode',
  to,
  config: { script, outcomes: Object.keys(to), inputs: ['*'], outputs: ['*'] },
})

const configuration = configurationOf(
  {
    Login: {
      name: { type: oneOutcome, to: { outcome: 'risk' } },
      risk: scripted('risk', { low: 'check', high: 'failure' }),
      check: { type: twoOutcomes, to: { true: 'success', false: 'failure' } },
      lost: scripted('lost', { on: 'success' }),
    },
    Other: { name: { type: oneOutcome, to: { outcome: 'success' } } },
  },
  {
    risk: { source: "var scores = require('scores')\noutcome = scores.low ? 'low' : 'high'" },
    scores: { source: 'exports.low = true', context: 'LIBRARY' },
    lost: { source: "outcome = 'on'" },
    old: { source: 'println(1)', language: 'GROOVY' },
  },
)

const walk = ['Login/name → outcome', 'Login/risk → low', 'Login/check → true']
const covered = [
  coveredScript('risk', { 1: 1, 2: 1 }, { 2: [1, 0] }),
  coveredScript('scores', { 1: 1 }, {}, { isLibrary: true }),
  coveredScript('lost', { 1: 0 }, {}, { runs: 0 }),
]

function reportOf(scripts: readonly CoveredScript[] = covered) {
  const counter = new OutcomeCounter(configuration)
  counter.add(visitsOf(...walk))
  return coverageReport(configuration, counter.report(), scripts)
}

test('measures scripts and custom nodes, but nothing in Groovy', () => {
  expect(measuredScripts(configuration).map(({ id, isLibrary = false }) => [id, isLibrary])).toEqual([
    ['risk', false],
    ['scores', true],
    ['lost', false],
    ['threeways-1', false],
  ])
})

test('finds the journeys of scripts and libraries, and leaves unused scripts out of the totals', () => {
  const { scripts } = reportOf()
  expect(scripts.scripts.map(({ id, journeys }) => [id, journeys])).toEqual([
    ['risk', ['Login']],
    ['scores', ['Login']],
  ])
  expect(scripts.unused.map(({ id }) => id)).toEqual(['lost', 'old'])
  expect(scripts.totals).toEqual({
    lines: { covered: 3, total: 3 },
    statements: { covered: 3, total: 3 },
    branches: { covered: 1, total: 2 },
  })
})

test('counts a script that ran although no journey uses it', () => {
  const { scripts } = reportOf([coveredScript('lost', { 1: 1 })])
  expect(scripts.scripts.map(({ id }) => id)).toEqual(['lost'])
})

test('prints a table, and what is not covered', () => {
  expect(coverageText(reportOf())).toMatchInlineSnapshot(`
    "       outcomes  connections        ends      lines  branches
    Login  3/5 60 %   4/6 66.6 %    1/2 50 %  3/3 100 %  1/2 50 %
    All    3/6 50 %     4/8 50 %  1/3 33.3 %  3/3 100 %  1/2 50 %

    Outcomes that no walk takes: 2
      Login  Node risk → high
      Login  Node check → false

    Journeys that no walk enters: 1
      Other

    Nodes that no connection reaches (not counted): 1
      Login  Node lost

    Scripts that no journey uses (not counted): 2
      lost
      old"
  `)
})

test('prints a bounded number of uncovered outcomes', () => {
  const text = coverageText(reportOf(), { most: 1 })
  expect(text).toContain('Outcomes that no walk takes: 2\n  Login  Node risk → high\n  … and 1 more')
})

test('says why a script cannot be measured', () => {
  const problem = 'Unexpected token (1:5)'
  const text = coverageText(reportOf([coveredScript('risk', {}, {}, { problem })]))
  expect(text).toContain('Scripts that cannot be measured: 1\n  risk: Unexpected token (1:5)')
})

test('writes lcov with the file of a script, or a name for it', () => {
  const fileOf = (id: string) => (id === 'risk' ? { file: 'am/risk.script.json', line: 11 } : undefined)
  expect(lcovText(reportOf(), fileOf)).toBe(`TN:
SF:am/risk.script.json
BRDA:12,0,0,1
BRDA:12,0,1,0
BRF:2
BRH:1
DA:11,1
DA:12,1
LF:2
LH:2
end_of_record
TN:
SF:scripts/scores.js
BRF:0
BRH:0
DA:1,1
LF:1
LH:1
end_of_record
`)
})

test('numbers scripts with the same name and no file', () => {
  const scripts = [coveredScript('risk', { 1: 1 }), coveredScript('scores', { 1: 1 }, {}, { name: 'risk' })]
  const files = lcovText(reportOf(scripts), () => undefined).match(/^SF:.*$/gm)
  expect(files).toEqual(['SF:scripts/risk.js', 'SF:scripts/risk-2.js'])
})

test('writes a dash for a branch that was never reached', () => {
  const report = reportOf([coveredScript('risk', { 1: 0 }, { 1: [0, 0] })])
  expect(lcovText(report, () => undefined)).toContain('BRDA:1,0,0,-\nBRDA:1,0,1,-\n')
})

test('uses the file of a source only if the file has its lines', () => {
  const file = { file: 'scripts/risk.js', line: 1 }
  const ownFile = scriptFilesIn({ script: (_id, line = 1) => ({ ...file, line }) })
  const oneText = scriptFilesIn({ script: () => file })
  expect(ownFile('risk')).toEqual(file)
  expect(oneText('risk')).toBeUndefined()
  expect(scriptFilesIn({ script: () => undefined })('risk')).toBeUndefined()
})

test.each([
  ['outcomes=90', { outcomes: 90 }],
  ['outcomes=90,branches=80.5', { outcomes: 90, branches: 80.5 }],
  [' lines = 70 % , ends=100', { lines: 70, ends: 100 }],
])('reads the thresholds %s', (text, thresholds) => {
  expect(readThresholds(text)).toEqual(thresholds)
})

test.each([
  ['', "'' is not a threshold such as outcomes=90"],
  ['outcomes', "'outcomes' is not a threshold such as outcomes=90"],
  ['outcomes=many', "'outcomes=many' is not a threshold such as outcomes=90"],
  ['outcomes=-1', "'outcomes=-1' is not a threshold such as outcomes=90"],
  ['outcomes=101', 'outcomes must be from 0 to 100, not 101'],
  ['outcomes=1,outcomes=2', "'outcomes' is given twice"],
  [
    'outcome=1',
    "'outcome' can't be measured: use outcomes, connections, ends, innerJourneys, lines, statements, branches",
  ],
])('explains what is wrong with the thresholds %j', (text, problem) => {
  expect(readThresholds(text)).toBe(problem)
})

test('checks thresholds of a file like those of the command line', () => {
  expect(checkedThresholds({ outcomes: 90 })).toEqual({ outcomes: 90 })
  expect(checkedThresholds({ nodes: 90 })).toContain("'nodes' can't be measured")
})

test('names each threshold that is missed', () => {
  const thresholds = { outcomes: 50, ends: 100, branches: 50, lines: 100 }
  expect(missedThresholds(reportOf(), thresholds)).toEqual(['ends 33.3 % (1 of 3), but 100 % is required'])
})

test('misses no threshold where there is nothing to cover', () => {
  expect(missedThresholds(reportOf([]), { branches: 100 })).toEqual([])
})
