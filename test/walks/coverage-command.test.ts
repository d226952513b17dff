import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commitAll, exportOf, projectFolder, scripted, testedIn } from '../support/walk-project.ts'

const journey = (source: string) =>
  exportOf('Gate', { Ask: scripted('ask', { open: 'success', closed: 'failure' }) }, { ask: source })
const source = `if (requestParameters.key) {\n  outcome = 'open'\n} else {\n  outcome = 'closed'\n}`
const walk = (more = '') =>
  `journey: Gate\nwalks:\n  - it: opens\n    query: { key: known }\n    ends: success\n${more}`
const both = walk('  - { it: stays closed, ends: failure }\n')
const project = (walks = walk()) => projectFolder({ 'Gate.json': journey(source), 'gate.walk.yaml': walks })

test('prints which outcomes, connections and branches the walks take', async () => {
  const { status, output } = await testedIn(project(), ['--coverage'])
  expect(output).toMatch(/Gate +1\/2 50 % +2\/3 66\.6 % +1\/2 50 % +2\/3 66\.6 % +1\/2 50 %/)
  expect(output).toContain('Gate  Ask → closed')
  expect(status).toBe(0)
})

test('fails below a minimum, from the command line or the project', async () => {
  const { status, output } = await testedIn(project(), ['--min', 'outcomes=90,branches=50'])
  expect(output).toContain('Coverage of outcomes 50 % (1 of 2), but 90 % is required.')
  expect(status).toBe(1)
  expect((await testedIn(project(both), ['--min', 'outcomes=100,branches=100'])).status).toBe(0)
  const folder = project()
  writeFileSync(join(folder, 'sidegate.yaml'), 'coverage: { outcomes: 60 }\n')
  expect((await testedIn(folder, ['--coverage'])).status).toBe(1)
})

test('counts all nodes of a walk with more nodes than a server records', async () => {
  const rounds = (next: string) => ({
    type: 'RetryLimitDecisionNode',
    config: { retryLimit: 160, incrementUserAttributeOnFailure: false },
    to: { Retry: next.replace('End', ''), Reject: next },
  })
  const long = exportOf('Long', {
    Ask: { type: 'UsernameCollectorNode', to: { outcome: 'First' } },
    First: rounds('FirstEnd'),
    FirstEnd: { type: 'UsernameCollectorNode', to: { outcome: 'Second' } },
    Second: rounds('SecondEnd'),
    SecondEnd: { type: 'UsernameCollectorNode', to: { outcome: 'success' } },
  })
  const answers = 'steps: [{ answer: { NameCallback: alex }, times: 3, ends: success }]'
  const folder = projectFolder({
    'Long.json': long,
    'long.walk.yaml': `journey: Long\nwalks: [{ it: goes on, ${answers}, visits: { First: 161, Second: 161 } }]\n`,
  })
  const { output } = await testedIn(folder, ['--coverage'])
  expect(output).toMatch(/1 walk: 1 passed/)
  expect(output).toMatch(/Long +7\/7 100 %/)
})

test('does not count walks that nobody has reviewed', async () => {
  const { output } = await testedIn(project(walk('    generated: true\n')), ['--coverage'])
  expect(output).toMatch(/All +0\/2 0 %/)
})

test('writes pages that draw the journeys', async () => {
  const folder = project()
  await testedIn(folder, ['--html', join(folder, 'report')])
  const page = readFileSync(join(folder, 'report', 'journey-1-Gate.html'), 'utf8')
  expect(page.match(/class="outcome (un)?covered"/g)).toEqual([
    'class="outcome covered"',
    'class="outcome uncovered"',
  ])
  expect(readFileSync(join(folder, 'report', 'index.html'), 'utf8')).toContain('href="journey-1-Gate.html"')
})

test('writes lcov and JSON', async () => {
  const folder = project()
  const [lcov, json] = [join(folder, 'lcov.info'), join(folder, 'coverage.json')]
  await testedIn(folder, ['--lcov', lcov, '--coverage-json', json])
  expect(readFileSync(lcov, 'utf8')).toContain('SF:scripts/ask.js')
  expect(JSON.parse(readFileSync(json, 'utf8')).outcomes.totals.outcomes).toEqual({ covered: 1, total: 2 })
})

test.each([
  ['--min', 'outcome=90', "'outcome' can't be measured: use outcomes"],
  ['--min', 'outcomes', 'is not a threshold such as outcomes=90'],
  ['--changed', 'no-such-branch', 'git archive'],
])('%s %s is rejected before any walk runs', async (option, value, expected) => {
  const folder = project()
  execFileSync('git', ['init', '-q'], { cwd: folder })
  await expect(testedIn(folder, [option, value])).rejects.toThrow(expected)
})

test('requires a test for every outcome of a changed node', async () => {
  const folder = project()
  commitAll(folder)
  expect((await testedIn(folder, ['--changed', 'HEAD'])).status).toBe(0)
  writeFileSync(join(folder, 'Gate.json'), journey(source.replace("'open'", "'open' // changed")))
  const { status, output } = await testedIn(folder, ['--changed', 'HEAD'])
  expect(output).toContain('Changed without a test: Gate  Ask → closed')
  expect(status).toBe(1)
  writeFileSync(join(folder, 'gate.walk.yaml'), both)
  expect((await testedIn(folder, ['--changed', 'HEAD'])).status).toBe(0)
})
