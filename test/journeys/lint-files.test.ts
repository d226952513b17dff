import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { lintCommand } from '../../src/cli/lint.ts'
import { lintFiles } from '../../src/cli/lint-files.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import { failureId, successId } from '../../src/engine/journey.ts'
import { exportNames, pathsOfExport } from '../support/exports-folder.ts'
import { projectOf } from '../support/project-folder.ts'

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'exchange')
const pretty = (value: unknown) => JSON.stringify(value, null, 2)

async function run(args: string[], environment: NodeJS.ProcessEnv = {}) {
  const printed: string[] = []
  const warned: string[] = []
  const terminal = {
    print: (text: string) => void printed.push(text),
    warn: (text: string) => void warned.push(text),
    environment,
  }
  const end = await lintCommand(args, terminal).catch((error: Error) => error)
  return { end, text: printed.join('\n'), warned }
}

/** A journey whose first node leads to success. */
const journeyOf = (
  nodeType: string,
  config: JsonObject,
  connections: JsonObject = { outcome: successId },
) => ({
  tree: {
    _id: 'Main',
    entryNodeId: 'n',
    nodes: { n: { nodeType, displayName: 'N', connections } },
  },
  nodes: { n: { _id: 'n', ...config } },
})

const sound = journeyOf('MessageNode', { message: { en: 'Hi' } }, { true: successId, false: failureId })

const scripted = (script: unknown) => ({
  ...journeyOf('ScriptedDecisionNode', { script: 's', outcomes: ['a'] }, { a: successId }),
  scripts: {
    s: { _id: 's', name: 'S', context: 'AUTHENTICATION_TREE_DECISION_NODE', language: 'JAVASCRIPT', script },
  },
})

const projects = [
  ...readdirSync(fixtures).map((name) => ({ name, paths: [join(fixtures, name)] })),
  ...exportNames.map((name) => ({ name, paths: pathsOfExport(name) })),
]

test.each(projects)('gives a line of a file to every finding in $name', async ({ paths }) => {
  const { findings } = await lintFiles(paths, { realm: '/alpha' })
  for (const { place, scriptId, line = 0 } of findings) {
    const lines = readFileSync(place?.file ?? '', 'utf8').split('\n')
    expect(place?.line).toBeLessThanOrEqual(lines.length)
    if (scriptId !== undefined && place?.file.endsWith('.js')) expect(place.line).toBe(line)
  }
})

test('finds nothing in a sound journey', async () => {
  const folder = projectOf({ 'main.json': pretty(sound) })
  expect(await run([folder])).toEqual({ end: true, text: 'No findings.', warned: [] })
  expect((await run([join(folder, 'main.json'), '--json'])).text).toBe('[]')
})

test.each([
  ['a file of its own', { file: 'scripts/s.js' }, 'scripts/s.js', /^let b/],
  ['a list of lines', ['var a = 1', '', 'let b = 2', 'outcome = "a"'], 'main.json', /^ *"let b/],
  ['a text', 'var a = 1\n\nlet b = 2\noutcome = "a"', 'main.json', /^ *"script": "var a/],
])('points at the line of a script in %s', async (_where, script, file, line) => {
  const folder = projectOf({
    'main.json': pretty(scripted(script)),
    'scripts/s.js': 'var a = 1\n\nlet b = 2\noutcome = "a"',
  })
  const { findings } = await lintFiles([folder], { realm: '/alpha' })
  expect(findings.map(({ rule, place }) => [rule, place?.file])).toEqual([
    ['script-incompatible', relative(process.cwd(), join(folder, file))],
  ])
  const text = readFileSync(join(folder, file), 'utf8').split('\n')
  expect(text[(findings[0]?.place?.line ?? 0) - 1]).toMatch(line)
})

test('prints file, line, rule and remedy, and fails for an error', async () => {
  const folder = projectOf({ 'main.json': pretty(journeyOf('SetStateNode', {}, { outcome: 'gone' })) })
  const file = relative(process.cwd(), join(folder, 'main.json'))
  const { end, text } = await run([folder])
  expect(end).toBe(true)
  expect(text).toBe(
    [
      `Main:\n  ${file}:10: warning unconnected-outcome: Outcome 'Outcome' of 'N' is connected to a node that is not in the journey. Connect the outcome, for example to Failure.`,
      '1 warning.',
    ].join('\n\n'),
  )
  const missing = projectOf({
    'main.json': pretty(journeyOf('InnerTreeEvaluatorNode', { tree: 'Gone' }, {})),
  })
  expect((await run([missing])).end).toBe(false)
})

test('reports a script that two journeys share once', async () => {
  const { tree, ...rest } = scripted('let a = 1')
  const folder = projectOf({
    'one.json': pretty({ tree, ...rest }),
    'two.json': pretty({ ...rest, tree: { ...tree, _id: 'Other' } }),
  })
  const { findings } = await lintFiles([folder], { realm: '/alpha' })
  expect(findings).toHaveLength(1)
})

test.each([
  ['webhooks', journeyOf('RegisterLogoutWebhookNode', { webhookName: 'crm' })],
  ['secrets', journeyOf('SmtpOneTimePasswordNode', { username: 'u' })],
  [
    'settings of the realm',
    journeyOf('BackChannelInitNode', { tree: 'Main', idType: 'USER', userId: 'x' }, {}),
  ],
])('does not miss %s, which no export contains', async (_what, journey) => {
  const { findings } = await lintFiles([projectOf({ 'main.json': pretty(journey) })], { realm: '/alpha' })
  const found = findings.map(({ rule }) => rule)
  for (const rule of ['missing-webhook', 'secret-not-set', 'open-front-journey'])
    expect(found).not.toContain(rule)
})

test('knows the scripts that every realm has', async () => {
  const builtIn = '01e1a3c0-038b-4c16-956a-6c9d89328cff'
  const journey = journeyOf(
    'ScriptedDecisionNode',
    { script: builtIn, outcomes: ['true'] },
    { true: successId },
  )
  expect((await run([projectOf({ 'main.json': pretty(journey) })])).text).toBe('No findings.')
})

test('names broken files and things, and checks the other ones', async () => {
  const folder = projectOf({
    'a.json': '{\n  "tree": {\n    "_id" "A"\n  }\n}',
    'b.json': '{ "tree": { "_id": "B',
    'main.json': pretty({ ...sound, scripts: { x: { _id: 'x', name: 'X', script: { file: 'gone.js' } } } }),
    'other.json': pretty(journeyOf('MessageNode', { message: { en: 'Bye' } }, { true: successId })),
    'package.json': '{ "name": "x" }',
  })
  const { end, text, warned } = await run([folder])
  expect(end).toBeInstanceOf(UsageError)
  expect(warned).toEqual([])
  const lines = text
    .replaceAll(`${relative(process.cwd(), folder)}/`, '')
    .replaceAll(folder, '.')
    .split('\n')
  expect(lines.map((line) => line.trim())).toEqual([
    'Files:',
    expect.stringMatching(/^a\.json:3: error unreadable-file: This is not JSON: colon expected/),
    expect.stringMatching(/^b\.json:1: error unreadable-file: This JSON ends in the middle/),
    expect.stringMatching(
      /^main\.json:2: error different-copies: Journey 'Main' exists twice, in \.\/main\.json and \.\/other/,
    ),
    expect.stringMatching(/^main\.json:17: error different-copies: Node/),
    expect.stringMatching(
      /^main\.json:28: error unreadable-thing: Script 'X' has its source in the file gone\.js, which/,
    ),
    '',
    '5 errors.',
  ])
})

test.each([
  ['another shape', { 'a.json': '{ "name": "x" }', 'readme.md': 'Hi' }, /^Files:\n {2}error no-journeys: No/],
  ['nothing', {}, /No journeys in .*frodo, fr-config-manager/],
])('says what it expects of a folder with %s', async (_what, files, message) => {
  const { end, text } = await run([projectOf(files)])
  expect(end).toBeInstanceOf(UsageError)
  expect(text).toMatch(message)
})

test('names the realms of the files', async () => {
  const tree = pretty({ ...sound.tree, nodes: {}, entryNodeId: successId })
  const folder = projectOf({
    'realms/alpha/journeys/A/A.json': tree,
    'realms/bravo/journeys/B/B.json': tree.replace('Main', 'B'),
  })
  expect((await run([folder])).warned).toEqual(['Other realms in the files: bravo. See --realm.'])
  expect((await run([folder, '--realm', 'bravo'])).warned).toEqual([
    'Other realms in the files: alpha. See --realm.',
  ])
  const { end, text } = await run([folder, '--realm', 'charlie'])
  expect(end).toBeInstanceOf(UsageError)
  expect(text).toContain('no realm charlie. Choose one of: alpha, bravo. Name the realm with --realm.')
})

test('reads the configuration and the realm that a project names', async () => {
  const tree = pretty({ ...sound.tree, nodes: {}, entryNodeId: 'gone' })
  const folder = projectOf({
    'sidegate.yaml': 'realm: bravo\nconfiguration: [config]\n',
    'config/realms/bravo/journeys/B/B.json': tree,
    'broken.json': '{',
  })
  const { end, text, warned } = await run([folder])
  expect(text).toMatch(/^Main:\n {2}\S+config\/realms\/bravo\/journeys\/B\/B\.json:3: error no-entry/)
  expect([end, warned]).toEqual([false, []])
})

test.each([
  ['realm: [', /sidegate\.yaml:1: /],
  ['realms: alpha', /sidegate\.yaml is invalid/],
  ['configuration: [nowhere]', /nowhere: file or folder not found/],
])('explains a project with %j', async (settings, message) => {
  const { end } = await run([projectOf({ 'sidegate.yaml': settings })])
  expect(end).toBeInstanceOf(UsageError)
  expect(end).toMatchObject({ message: expect.stringMatching(message) })
})

test('prints JSON', async () => {
  const folder = projectOf({ 'main.json': pretty(journeyOf('InnerTreeEvaluatorNode', { tree: 'Gone' }, {})) })
  const found = JSON.parse((await run([folder, '--json'])).text)
  expect(found).toContainEqual({
    rule: 'missing-journey',
    severity: 'error',
    journey: 'Main',
    nodeId: 'n',
    setting: 'tree',
    message: "'N' starts journey 'Gone', which does not exist.",
    remedy: expect.any(String),
    file: relative(process.cwd(), join(folder, 'main.json')),
    line: 16,
  })
})

test('annotates lines in GitHub Actions', async () => {
  const folder = projectOf({ 'main.json': pretty(journeyOf('InnerTreeEvaluatorNode', { tree: 'Gone' }, {})) })
  const { text } = await run([folder], { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: folder })
  expect(text).toContain("\n::error file=main.json,line=16,title=missing-journey::'N' starts journey 'Gone'")
  expect(text).toContain('\n::warning file=main.json,line=')
  expect((await run([folder])).text).not.toContain('::error')
})

test('prints each finding on one line, and no secrets', async () => {
  const journey = journeyOf('SetStateNode', { 'x\n::error::password': 'Canary-4711-secret' })
  const folder = projectOf({
    'main.json': pretty(journey),
    'broken.json': '{ "password": "Canary-4711-secret" "x" }',
    'scripts.json': pretty(scripted('var apiKey = "Canary-4711-secret"').scripts.s),
  })
  const file = join(folder, 'out.sarif')
  const { text } = await run([folder, '--sarif', file], { GITHUB_ACTIONS: 'true' })
  expect(text).toContain('plain-text-secret')
  expect(text.split('\n').filter((line) => line.startsWith('::error::'))).toEqual([])
  expect(text + readFileSync(file, 'utf8')).not.toContain('Canary')
})

describe('an argument', () => {
  const withServer = { SIDEGATE_ADMIN_PASSWORD: 'x', SIDEGATE_URL: 'http://127.0.0.1:9' }

  test.each([
    [
      'that could be a folder or a journey',
      ['samples'],
      withServer,
      /write \.\/samples .* --journey samples/,
    ],
    ['that is neither', ['Nowhere'], {}, /^Nowhere: no such file or folder; or set SIDEGATE_ADMIN_PASSWORD/],
    ['that is missing', [], {}, /^Name files or folders to lint; or set SIDEGATE_ADMIN_PASSWORD/],
    ['of a missing folder', ['./nowhere'], {}, /^\.\/nowhere: no such file or folder$/],
    ['beside a journey', ['samples', 'Login'], {}, /either files and folders, or journeys/],
    ['beside a data folder', ['./samples', '--data', 'data'], {}, /either files and folders, or journeys/],
    ['beside --journey', ['./samples', '--journey', 'Login'], {}, /either files and folders, or journeys/],
    ['of --sarif without files', ['--sarif', 'x'], withServer, /--sarif needs files/],
  ])('%s is explained', async (_what, args, environment, message) => {
    const { end } = await run(args, environment)
    expect(end).toBeInstanceOf(UsageError)
    expect(end).toMatchObject({ message: expect.stringMatching(message) })
  })

  test.each([
    [['./samples'], 'No findings.'],
    [['samples/alpha'], 'samples/alpha/journeys/'],
  ])('with a path is a folder: %j', async (args, expected) => {
    expect((await run(args, withServer)).text).toContain(expected)
  })

  test('is not needed in the folder of a project', async () => {
    const folder = projectOf({ 'sidegate.yaml': '', 'main.json': pretty(sound) })
    const before = process.cwd()
    onTestFinished(() => process.chdir(before))
    process.chdir(folder)
    expect((await run([])).text).toBe('No findings.')
    expect((await run([], withServer)).end).toMatchObject({
      message: expect.stringContaining('No response from'),
    })
  })

  test('of --journey is a journey, whatever the folders', async () => {
    const { end } = await run(['--journey', 'samples'], withServer)
    expect(end).toMatchObject({ message: expect.stringContaining('No response from http://127.0.0.1:9') })
  })
})
