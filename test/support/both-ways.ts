import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RecordedStep } from '../../src/engine/recorded-step.ts'
import { journeyClient } from '../../src/testing/client/journey-client.ts'
import { visitsOf, visitText } from '../../src/testing/play/visits.ts'
import { type Project, walkFilesIn } from '../../src/testing/project/project.ts'
import { type LoadedWalkFile, loadWalkFile } from '../../src/testing/project/walk-files.ts'
import { failureText, titleOf } from '../../src/testing/report/failure-text.ts'
import { type Connect, Tester, type WalkResult } from '../../src/testing/run-walk.ts'
import type { Walk } from '../../src/testing/walk-file.ts'
import type { World } from '../../src/testing/world/world.ts'
import { WorldHosts } from '../../src/testing/world/world-host.ts'
import { sdkClients } from './sdk-clients.ts'
import { SdkConnection, type SdkName } from './sdk-connect.ts'

// Runs walks inside this process and over HTTP through the vendor's SDKs, and compares the results.

const sdkNames = Object.keys(sdkClients) as SdkName[]

/** A walk, and the SDK that plays it. */
export type Row = {
  journey: string
  it: string
  end: 'success' | 'failure' | undefined
  sdk: SdkName
  file: LoadedWalkFile
  index: number
}

/** The walks of a folder. The SDKs take turns. @throws Error for a file that can't be read. */
export async function rowsIn(folder: string): Promise<Row[]> {
  const project = { folder, settings: { tests: ['.'] } } as Pick<Project, 'folder' | 'settings'>
  const files = await Promise.all(walkFilesIn(project, []).map(loadOrThrow))
  return files
    .flatMap((file) => [...file.content.walks.entries()].map(([index, walk]) => ({ file, index, walk })))
    .map(({ file, index, walk }, place) => ({
      journey: journeyOf(walk) ?? journeyOf(file.content) ?? '',
      it: walk.it,
      end: endOf(walk),
      sdk: sdkNames[place % sdkNames.length] as SdkName,
      file,
      index,
    }))
}

async function loadOrThrow(file: string): Promise<LoadedWalkFile> {
  const loaded = await loadWalkFile(file)
  if (!Array.isArray(loaded)) return loaded
  throw new Error(loaded.map(({ line, message }) => `${file}:${line}: ${message}`).join('\n'))
}

function journeyOf({ journey, parties = {} }: Pick<Walk, 'journey' | 'parties'>): string | undefined {
  return journey ?? Object.values(parties)[0]?.journey
}

/** How the last journey of a walk ends; undefined if it ends at a page. */
function endOf({ ends, steps }: Walk): Row['end'] {
  const inSteps = steps.flatMap((step) => (step.kind === 'action' ? (step.action.ends ?? []) : []))
  const end = ends ?? inSteps.at(-1)
  if (end === undefined || typeof end === 'string') return end
  return 'failure' in end ? 'failure' : 'success'
}

type Options = {
  /** Gets the recorded nodes of each run. */
  note?(steps: readonly RecordedStep[]): void
  /** Gets the world of each walk before it starts. */
  enter?(world: World): void
  /** Values for `${secret:NAME}` in walks. */
  environment?(): Promise<Readonly<Record<string, string>>>
}

/**
 * Defines a test for each walk.
 * @param open opens the project before the first test.
 */
export function testBothWays(
  rows: readonly Row[],
  open: () => Promise<Project>,
  { note, enter, environment: secrets }: Options = {},
): void {
  const connection = new SdkConnection()
  const hosts = new WorldHosts()
  const inside: Connect = (world, browser) =>
    journeyClient(world.send, project.realm, { browser, now: world.time.now })
  let project: Project
  let tester: Tester
  let connect = inside

  beforeAll(async () => {
    project = await open()
    tester = new Tester(project, {
      hosts,
      environment: (await secrets?.()) ?? {},
      connect(world, browser) {
        enter?.(world)
        return connect(world, browser)
      },
    })
    connection.install()
  }, 120_000)

  afterAll(async () => {
    connection.uninstall()
    await tester?.close()
    await hosts.close()
  })

  const run = ({ file, index }: Row, by: Connect) => {
    connect = by
    return tester.run(file, index)
  }
  const textOf = (result: WalkResult) =>
    result.status === 'passed' ? 'passed' : failureText(result, project)

  test.each(rows)('$journey $it ($sdk)', async (row) => {
    const result = await run(row, inside)
    expect(textOf(result)).toBe('passed')
    const overHttp = await run(row, connection.connect(row.sdk))
    expect(textOf(overHttp)).toBe('passed')
    expect(pathsOf(overHttp)).toEqual(pathsOf(result))
    for (const { steps } of result.runs) note?.(steps)
  })
}

/** The nodes that each journey of a walk has left. */
function pathsOf({ about, it, runs }: WalkResult) {
  return { title: titleOf({ about, it }), runs: runs.map(({ steps }) => visitsOf(steps).map(visitText)) }
}

/** The number of journeys with walks that succeed, and of those with walks that fail. */
export function countEnds(rows: readonly Row[]) {
  const journeysOf = (end: Row['end']) =>
    new Set(rows.filter((row) => row.end === end).map(({ journey }) => journey)).size
  return { succeeding: journeysOf('success'), failing: journeysOf('failure') }
}
