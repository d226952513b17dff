import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { failureId } from '../../src/engine/journey.ts'
import { testedIn } from '../support/walk-project.ts'

const samples = join(import.meta.dirname, '..', '..', 'samples')
const journeys = readdirSync(join(samples, 'alpha', 'journeys')).map((file) => file.replace('.json', ''))

type Totals = { covered: number; total: number }
type Report = { outcomes: { journeys: { name: string; starts: number; totals: { outcomes: Totals } }[] } }

test('`sidegate test samples` passes and walks every journey, the help desk to nine in ten outcomes', async () => {
  const report = join(mkdtempSync(join(tmpdir(), 'sidegate-samples-')), 'coverage.json')
  const { status, output } = await testedIn(samples, ['--coverage-json', report])

  const walks = readdirSync(join(samples, 'tests'))
    .map((file) => readFileSync(join(samples, 'tests', file), 'utf8'))
    .flatMap((text) => text.match(/^ {2}- it: /gm) ?? [])
  expect(output).toContain(`${walks.length} walks: ${walks.length} passed `)
  expect(status).toBe(0)

  const { outcomes }: Report = JSON.parse(readFileSync(report, 'utf8'))
  expect(outcomes.journeys.filter(({ starts }) => starts > 0).map(({ name }) => name)).toEqual(
    journeys.toSorted(),
  )
  const covered = outcomes.journeys
    .filter(({ name }) => name === 'HelpDesk' || name === 'VerifyCaller')
    .map(({ totals }) => totals.outcomes.covered / totals.outcomes.total)
  expect(covered).toHaveLength(2)
  expect(Math.min(...covered)).toBeGreaterThanOrEqual(0.9)
})

test('a broken connection fails the walks that take it, with path, setting and line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sidegate-samples-'))
  cpSync(samples, folder, { recursive: true })
  const file = join(folder, 'alpha', 'journeys', 'VerifyCaller.json')
  const journey = readFileSync(file, 'utf8')
  const [connection = '', target = ''] = /"true": "([\w-]+)"/.exec(journey) ?? []
  const broken = journey.replace(connection, connection.replace(target, failureId))
  writeFileSync(file, broken)

  const { status, output } = await testedIn(folder, [join(folder, 'tests', 'help-desk.walk.yaml')])

  const line = broken.split('\n').findIndex((text) => text.includes(`"true": "${failureId}"`)) + 1
  expect(output).toContain('HelpDesk › shows the agent each status, in order')
  expect(output).toContain('expected  success')
  expect(output).toMatch(/path {5}caller: Credentials → outcome, .*Data Store Decision → true/)
  expect(output).toContain(
    `Data Store Decision → true leads to Failure   alpha/journeys/VerifyCaller.json:${line}`,
  )
  expect(output).toMatch(/Backchannel Status {2}Record Transaction Data = on {3}\S+:\d+/)
  expect(status).toBe(1)
})
