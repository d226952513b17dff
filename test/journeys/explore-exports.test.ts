import { afterAll, describe, expect, test } from 'vitest'
import { placesOf } from '../../src/journeys/exchange/places.ts'
import { uncoveredOutcomes } from '../../src/testing/coverage/outcome-report.ts'
import { exploreProject } from '../../src/testing/explore/explore-project.ts'
import { findingsOf } from '../../src/testing/explore/findings.ts'
import { openProject, type Project, projectSchema } from '../../src/testing/project/project.ts'
import { WorldHosts } from '../../src/testing/world/world-host.ts'
import { exportNames, pathsOfExport, readExport } from '../support/exports-folder.ts'
import { isLongRun } from '../support/long-run.ts'

const hosts = new WorldHosts()
afterAll(() => hosts.close())

const some = [
  'password-reset-by-kba.json',
  'terminate-session-http.json',
  'layout-fr-config-manager',
  'device-bind.journey.json',
]
const names = exportNames.filter((name) => isLongRun || some.includes(name))

/** Explores a project and expects a reason for each outcome that was not reached. */
async function explained(project: Project) {
  const journeys = project.bundle.journeys.map(({ _id }) => _id)
  const budgetMs = 1000 * journeys.length
  const exploration = await exploreProject(project, {
    hosts,
    journeys,
    budgetMs,
    patience: 100,
    withStubs: false,
  })
  const findings = findingsOf(project, exploration)
  for (const { journey, node } of uncoveredOutcomes(exploration.report)) {
    const messages = findings.filter((each) => each.journey === journey).map(({ message }) => message)
    expect(
      messages.some((message) => message.includes(node)),
      `${journey}: ${node}`,
    ).toBe(true)
  }
  return exploration
}

test('explores all samples, and explains what it did not reach', { timeout: 90_000 }, async () => {
  const project = openProject('samples')
  const { forks } = await explained(project)
  // How many there are depends on the machine, which has a second for each journey.
  expect(forks).toBeGreaterThan(project.bundle.journeys.length)
})

describe.runIf(names.length > 0)(
  'explores exports, and explains what it did not reach',
  { timeout: 90_000 },
  () => {
    test.each(names)('%s', async (name) => {
      const realm = '/alpha'
      const { settings: _settings, ...settings } = projectSchema.parse({})
      await explained({
        folder: '.',
        settings: { ...settings, settings: {} },
        realm,
        bundle: readExport(name),
        places: placesOf(pathsOfExport(name), { realm }),
      })
    })
  },
)
