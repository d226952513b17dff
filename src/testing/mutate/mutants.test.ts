import { expect, test } from 'vitest'
import { exportOf, login, projectFolder, scripted } from '../../../test/support/walk-project.ts'
import { openProject } from '../project/project.ts'
import type { MutantKind } from './mutant.ts'
import { mutantsOf } from './mutants.ts'

function mutantsIn(exported: string) {
  const { bundle } = openProject(projectFolder({ 'journeys/one.json': exported }))
  return mutantsOf(bundle).map((mutant) => ({ ...mutant, changed: mutant.apply(bundle) }))
}

/** The changes of one kind, as sentences. */
function changes(exported: string, kind: MutantKind): string[] {
  return mutantsIn(exported)
    .filter((mutant) => mutant.kind === kind)
    .map(({ node, change }) => `${node}: ${change}`)
}

const page = exportOf('Texts', {
  Welcome: {
    type: 'MessageNode',
    config: { message: { en: 'Go on?' }, messageYes: {}, stateField: 'answer' },
    to: { true: 'Level', false: 'failure' },
  },
  Level: { type: 'ModifyAuthLevelNode', config: { authLevelIncrement: 10 }, to: { outcome: 'Pick' } },
  Pick: {
    type: 'ChoiceCollectorNode',
    config: { choices: ['one', 'two'], defaultChoice: 'one', prompt: 'Which one?' },
    to: { one: 'Limit', two: 'failure' },
  },
  Limit: {
    type: 'RetryLimitDecisionNode',
    config: { retryLimit: 3, incrementUserAttributeOnFailure: true },
    to: { Retry: 'Pick', Reject: 'failure' },
  },
  Alone: {
    type: 'MessageNode',
    config: { message: { en: 'Nothing leads here' } },
    to: { true: 'success', false: 'failure' },
  },
})

test('a wrong credential leads where the right one leads', () => {
  expect(changes(login, 'bypass')).toEqual(["Check: 'false' leads to Success"])
})

test('a connection leads to Success, and Failure becomes Success, unless that is the way around a credential', () => {
  expect(changes(login, 'success')).toEqual([
    "Ask Name: 'outcome' leads to Success",
    "Ask Password: 'outcome' leads to Success",
  ])
  expect(changes(login, 'failure')).toEqual([])
  expect(changes(page, 'failure')).toContain("Welcome: 'false' leads to Success")
})

test('two outcomes are swapped, and a node is removed', () => {
  expect(changes(login, 'swap')).toEqual(["Check: 'true' and 'false' are swapped"])
  expect(changes(login, 'removal')).toEqual([
    'Ask Name: it is removed, so that Ask Password follows instead',
    'Ask Password: it is removed, so that Check follows instead',
    'Check: it is removed, so that Success follows instead',
  ])
  const [removed] = mutantsIn(login).filter(({ kind }) => kind === 'removal')
  expect(removed?.changed.journeys[0]?.entryNodeId).toBe('Login-Ask Password')
})

test('settings change by their kind, and empty ones and those of unreachable nodes do not', () => {
  expect(changes(page, 'text')).toEqual([
    "Welcome: 'Message' is another text",
    "Welcome: 'Shared State Property Name' is another text",
    "Pick: 'Default Choice' is another text",
    "Pick: 'Prompt' is another text",
  ])
  expect(changes(page, 'number')).toEqual([
    expect.stringMatching(/^Level: '.+' is 21, not 10$/),
    "Limit: 'Retry Limit' is 7, not 3",
  ])
  expect(changes(page, 'flag')).toEqual([expect.stringMatching(/^Limit: '.+' is false, not true$/)])
  expect(changes(page, 'list')).toEqual(["Pick: 'Choices' lacks its last value"])
})

test('the raised level is tried also if the export leaves it out', () => {
  const plain = exportOf('Plain', { Level: { type: 'ModifyAuthLevelNode', to: { outcome: 'success' } } })
  expect(changes(plain, 'number')).toEqual([expect.stringMatching(/ is 1, not 0$/)])
})

test('a changed setting that its type does not take is refused', () => {
  const one = exportOf('One', {
    Ask: {
      type: 'AttributeCollectorNode',
      config: { attributesToCollect: ['mail'] },
      to: { outcome: 'success' },
    },
  })
  expect(
    mutantsIn(one)
      .filter(({ isRefused }) => isRefused)
      .map(({ change }) => change),
  ).toEqual(["'Attributes to Collect' is empty"])
})

const source = `// The code
var tries = 3
logger.error('tries ' + 7)
if (tries > nodeState.get('tries')) {
  nodeState.putShared('secret', 'S3cret-Value')
  action.goTo('true')
} else outcome = 'false'`

const decided = exportOf(
  'Decided',
  { Decide: scripted('decide', { true: 'success', false: 'failure' }) },
  { decide: source },
)

test.each<[MutantKind, string[]]>([
  ['throws', ["line 1 of script 'decide' throws an error"]],
  ['scriptNumber', ["line 2 of script 'decide' has 7 instead of 3"]],
  ['condition', ["line 4 of script 'decide' tests the opposite of tries > nodeState.get('…')"]],
  [
    'outcome',
    [
      "line 6 of script 'decide' chooses 'false' instead of 'true'",
      "line 7 of script 'decide' chooses 'true' instead of 'false'",
    ],
  ],
  [
    'statement',
    [
      "line 5 of script 'decide' lacks nodeState.putShared('…', '…')",
      "line 6 of script 'decide' lacks action.goTo('…')",
      "line 7 of script 'decide' lacks outcome = '…'",
    ],
  ],
])('scripts change by their syntax, and the text of the change has no values: %s', (kind, words) => {
  expect(changes(decided, kind)).toEqual(words.map((each) => `Decide: ${each}`))
})

test('each mutant changes one place of the script', () => {
  const sources = mutantsIn(decided).flatMap(({ kind, changed }) =>
    kind === 'condition' || kind === 'outcome' ? [changed.scripts[0]?.source.split('\n')] : [],
  )
  const different = sources.map((lines) => lines?.filter((line, at) => line !== source.split('\n')[at]))
  expect(different).toEqual([
    ["if (!(tries > nodeState.get('tries'))) {"],
    ['  action.goTo("false")'],
    ['} else outcome = "true"'],
  ])
})

test('the order is the same each time', () => {
  const names = (all: ReturnType<typeof mutantsIn>) => all.map(({ node, change }) => `${node} ${change}`)
  expect(names(mutantsIn(page))).toEqual(names(mutantsIn(page)))
})
