import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { counted } from '../base/counted.ts'
import { suggestion } from '../base/suggestion.ts'
import { percentOf } from '../testing/coverage/outcome-report.ts'
import { chosenTrails, endKeys, shownInSteps } from '../testing/explore/choose.ts'
import { type Exploration, exploreProject } from '../testing/explore/explore-project.ts'
import type { Finding } from '../testing/explore/finding.ts'
import { findingsOf } from '../testing/explore/findings.ts'
import { walkFileName } from '../testing/explore/walk-file-name.ts'
import { WalkWriter } from '../testing/explore/walk-writer.ts'
import {
  openProject,
  type Project,
  projectFolderOf,
  shownPath,
  walkFilesIn,
} from '../testing/project/project.ts'
import { loadWalks, runTests } from '../testing/run-tests.ts'
import { Tester } from '../testing/run-walk.ts'
import { durationMs, walkFileSchema } from '../testing/walk-file.ts'
import { WorldHosts } from '../testing/world/world-host.ts'
import type { Terminal } from './target.ts'
import { parsing, UsageError } from './usage-error.ts'

const options = {
  budget: { type: 'string', default: '20s' },
  write: { type: 'boolean', default: false },
} as const

const exploredFile = /\.explored\.walk\.ya?ml$/

/**
 * `sidegate explore [JOURNEY]`: plays journeys without knowing them and prints what it finds.
 * @returns false if one of the findings is an error.
 * @throws OperationError for a project that can't be read.
 */
export async function exploreCommand(args: string[], terminal: Terminal, folder = '.'): Promise<boolean> {
  const { values, positionals } = parsing(() => parseArgs({ args, options, allowPositionals: true }))
  const project = openProject(projectFolderOf(folder))
  const journeys = journeysNamed(positionals, project)
  const budgetMs = budgetOf(values.budget)
  const hosts = new WorldHosts()
  try {
    const exploration = await exploreProject(project, { hosts, journeys, budgetMs, withStubs: false })
    const findings = findingsOf(project, exploration)
    for (const finding of findings) terminal.print(findingText(finding))
    terminal.print(summary(findings, exploration))
    if (values.write) await writeWalks(project, exploration, { hosts, terminal })
    return findings.every(({ severity }) => severity !== 'error')
  } finally {
    await hosts.close()
  }
}

function journeysNamed(names: readonly string[], { bundle }: Project): string[] {
  const all = bundle.journeys.map(({ _id }) => _id)
  const unknown = names.find((name) => !all.includes(name))
  if (unknown !== undefined)
    throw new UsageError(`journey '${unknown}' is unknown${suggestion(unknown, all)}`)
  return names.length === 0 ? all : [...names]
}

function budgetOf(text: string): number {
  if (/^\d+(\.\d+)?(ms|s|m)$/.test(text)) return durationMs(text)
  throw new UsageError(`--budget must be a time such as 20s or 2m, not '${text}'`)
}

function findingText({ severity, rule, journey, message, place, after }: Finding): string {
  const where = place === undefined ? '' : `${shownPath(place.file)}:${place.line}  `
  const how = after === undefined ? '' : `\n    after ${after}`
  return `${where}${severity} ${rule}: ${journey} › ${message}${how}`
}

function summary(
  findings: readonly Finding[],
  { journeys, report, forks, milliseconds }: Exploration,
): string {
  const names = new Set(journeys.map(({ journey }) => journey))
  const counts = report.journeys.filter(({ name }) => names.has(name)).map(({ totals }) => totals.outcomes)
  const outcomes = {
    covered: counts.reduce((sum, { covered }) => sum + covered, 0),
    total: counts.reduce((sum, { total }) => sum + total, 0),
  }
  const of = (severity: Finding['severity']) =>
    counted(findings.filter((each) => each.severity === severity).length, severity)
  const cut = journeys.filter(({ isComplete }) => !isComplete).length
  return [
    '',
    `${counted(journeys.length, 'journey')}: ${outcomes.covered} of ${outcomes.total} outcomes reached (${percentOf(outcomes) ?? 100} %), ${of('error')}, ${of('warning')}`,
    `${counted(forks, 'request')} in ${(milliseconds / 1000).toFixed(1)} s${cut === 0 ? '' : `; ${cut} not explored completely: give them more time with --budget`}`,
  ].join('\n')
}

type Writing = { hosts: WorldHosts; terminal: Terminal }

/** Writes walks for what no other walk of the project shows. */
async function writeWalks(
  project: Project,
  exploration: Exploration,
  { hosts, terminal }: Writing,
): Promise<void> {
  const covered = await shownByTests(project, hosts)
  const writer = new WalkWriter(project, exploration.people, hosts)
  try {
    for (const { journey, trails } of exploration.journeys) {
      const file = join(project.folder, project.settings.tests[0] ?? '.', walkFileName(journey, '.explored'))
      // Outcomes lead to the ends, so these need no walks of their own.
      for (const key of endKeys(journey)) covered.add(key)
      const chosen = chosenTrails(trails, covered)
      if (existsSync(file) && !isGenerated(file)) {
        terminal.warn(`${shownPath(file)} has walks that are not generated, so it is kept`)
        continue
      }
      const written = chosen.length === 0 ? undefined : await writer.write(shownPath(file), journey, chosen)
      if (written === undefined) rmSync(file, { force: true })
      else {
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, written.text)
        terminal.print(`wrote ${shownPath(file)}  ${counted(written.walks, 'walk')}`)
      }
    }
  } finally {
    await writer.close()
  }
}

/** Everything that the walks of the project show, besides those that exploring wrote. Walks that init skipped show their errors. */
async function shownByTests(project: Project, hosts: WorldHosts): Promise<Set<string>> {
  const files = walkFilesIn(project, []).filter((file) => !exploredFile.test(file))
  const { results } = await runTests(project, files, { environment: {} })
  const tester = new Tester(project, { hosts, environment: {} })
  try {
    for (const { content, ...file } of (await loadWalks(files)).loaded) {
      for (const { skip, ...walk } of content.walks) {
        if (skip === undefined || !walk.generated) continue
        results.push(await tester.run({ ...file, content: { ...content, walks: [walk] } }, 0))
      }
    }
  } finally {
    await tester.close()
  }
  return new Set(results.flatMap(({ runs }) => runs.flatMap(({ steps }) => shownInSteps(steps))))
}

/** Whether all walks of a file are still marked as generated. */
function isGenerated(file: string): boolean {
  const parsed = walkFileSchema.safeParse(parse(readFileSync(file, 'utf8')))
  return parsed.success && parsed.data.walks.every(({ generated }) => generated === true)
}
