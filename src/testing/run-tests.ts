import { availableParallelism } from 'node:os'
import type { Coverage } from './coverage/coverage.ts'
import type { Project, TestedProject } from './project/project.ts'
import { type LoadedWalkFile, loadWalkFile, walkKey } from './project/walk-files.ts'
import type { Problem } from './project/yaml-file.ts'
import { runInThreads, type WalkTask } from './run-in-threads.ts'
import { Tester, type WalkResult } from './run-walk.ts'
import type { TraceFolder } from './trace/trace-folder.ts'
import { seededRandom } from './world/seeded-random.ts'
import { WorldHosts } from './world/world-host.ts'

const fewWalks = 30

export type Selection = {
  /** Runs only walks whose title contains this text. */
  named?: string | undefined
  /** One of several parts of all walks, from 1. */
  shard?: { part: number; of: number } | undefined
  /** Runs only walks with these keys: see `walkKey`. */
  keys?: ReadonlySet<string> | undefined
}

export type TestRun = {
  results: WalkResult[]
  problems: Problem[]
  /** Walks that did not run, because the run was ended. */
  waiting?: number
}

type RunOptions = Selection & {
  coverage?: Coverage | undefined
  environment: Readonly<Record<string, string | undefined>>
  /** Keeps traces of walks. */
  traces?: TraceFolder | undefined
  /** Called after each walk. */
  onResult?(result: WalkResult): void
  /** Shuffles the walks: the same seed gives the same order. */
  seed?: string | undefined
  /** Ends the run before the next walk. */
  signal?: AbortSignal | undefined
  /** The number of threads for this number of walks. */
  threads?(walks: number): number
}

/** Loads walk files. Those that can't be read are named in the problems. */
export async function loadWalks(files: readonly string[]) {
  const loaded: LoadedWalkFile[] = []
  const problems: Problem[] = []
  for (const file of files) {
    const found = await loadWalkFile(file)
    if (Array.isArray(found)) problems.push(...found)
    else loaded.push(found)
  }
  return { loaded, problems }
}

/** Runs the walks of files, in several threads if there are many. The results have the order of the files. */
export async function runTests(
  { places: _places, ...project }: Project,
  files: readonly string[],
  { coverage, environment, traces, onResult, seed, signal, threads = threadsFor, ...selection }: RunOptions,
): Promise<TestRun> {
  const { loaded, problems } = await loadWalks(files)
  const selected = selectedWalks(loaded, selection)
  const tasks = seed === undefined ? selected : shuffled(selected, seed)
  const results = new Map<string, WalkResult>()
  const keyOf = (file: string, index: number) => `${file}\n${index}`
  const onWalk = (played: WalkResult, { file, index }: WalkTask) => {
    const from = loaded.find((each) => each.file === file)
    const result = from === undefined || traces === undefined ? played : traces.keep(played, from, index)
    results.set(keyOf(file, index), result)
    coverage?.add(result)
    onResult?.(result)
  }
  const count = threads(tasks.length)
  if (count > 1) {
    const data = { project, environment, isCovered: coverage !== undefined, traces: traces?.which }
    const named = tasks.map(({ file, index }) => ({ file: file.file, index }))
    const covered = await runInThreads(data, named, { threads: count, signal, onResult: onWalk })
    for (const scripts of covered) coverage?.addScripts(scripts)
  } else await runHere(project, tasks, { environment, coverage, traces, signal, onWalk })
  traces?.removeOld(loaded)
  const ordered = selected.flatMap(({ file, index }) => results.get(keyOf(file.file, index)) ?? [])
  return { results: ordered, problems, waiting: selected.length - ordered.length }
}

function shuffled<Item>(items: readonly Item[], seed: string): Item[] {
  const { fraction } = seededRandom(`order ${seed}`)
  const placed = items.map((item) => ({ item, place: fraction() }))
  return placed.toSorted((one, other) => one.place - other.place).map(({ item }) => item)
}

/** A thread takes longer to start than a few walks. */
function threadsFor(walks: number): number {
  return walks < fewWalks ? 1 : Math.max(1, availableParallelism())
}

export type LoadedTask = { file: LoadedWalkFile; index: number }

async function runHere(
  project: TestedProject,
  tasks: readonly LoadedTask[],
  {
    environment,
    coverage,
    traces,
    signal,
    onWalk,
  }: Pick<RunOptions, 'environment' | 'coverage' | 'traces' | 'signal'> & {
    onWalk(result: WalkResult, task: WalkTask): void
  },
): Promise<void> {
  const hosts = new WorldHosts()
  const options = { hosts, environment, cover: coverage?.scripts, traces: traces?.which }
  const tester = new Tester(project, options)
  try {
    for (const { file, index } of tasks) {
      if (signal?.aborted) return
      onWalk(await tester.run(file, index), { file: file.file, index })
    }
  } finally {
    await tester.close()
    await hosts.close()
  }
}

/** The walks of files that were chosen. */
export function selectedWalks(
  files: readonly LoadedWalkFile[],
  { named, shard, keys }: Selection,
): LoadedTask[] {
  const all = files.flatMap((file) => [...file.content.walks.keys()].map((index) => ({ file, index })))
  return all
    .filter(({ file, index }) => named === undefined || titleIn(file, index).includes(named))
    .filter(({ file, index }) => {
      const it = file.content.walks[index]?.it ?? ''
      return keys === undefined || keys.has(walkKey({ file: file.file, it }))
    })
    .filter((_, place) => shard === undefined || place % shard.of === shard.part - 1)
}

function titleIn({ content }: LoadedWalkFile, index: number): string {
  const walk = content.walks[index]
  return [content.script ?? walk?.journey ?? content.journey ?? '', walk?.it ?? ''].join(' › ')
}
