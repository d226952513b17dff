import type { ScriptEngine } from '../sandbox/script-engine.ts'
import type { Coverage } from './coverage/coverage.ts'
import type { Project } from './project/project.ts'
import { type LoadedWalkFile, loadWalkFile, type Problem } from './project/walk-files.ts'
import { Tester, type WalkResult } from './run-walk.ts'

export type Selection = {
  /** Runs only walks whose title contains this text. */
  named?: string | undefined
  /** One of several parts of all walks, from 1. */
  shard?: { part: number; of: number } | undefined
}

export type TestRun = { results: WalkResult[]; problems: Problem[] }

type RunOptions = Selection & {
  scripts: ScriptEngine
  coverage?: Coverage | undefined
  environment: Readonly<Record<string, string | undefined>>
  /** Called after each walk. */
  onResult?(result: WalkResult): void
}

/** Loads walk files. Those that can't be read are named in the problems. */
async function loadWalks(files: readonly string[]) {
  const loaded: LoadedWalkFile[] = []
  const problems: Problem[] = []
  for (const file of files) {
    const found = await loadWalkFile(file)
    if (Array.isArray(found)) problems.push(...found)
    else loaded.push(found)
  }
  return { loaded, problems }
}

/** Runs the walks of files, one after the other. */
export async function runTests(
  project: Project,
  files: readonly string[],
  { scripts, coverage, environment, onResult, ...selection }: RunOptions,
): Promise<TestRun> {
  const { loaded, problems } = await loadWalks(files)
  const tester = new Tester(project, { scripts, environment, cover: coverage?.scripts })
  const results: WalkResult[] = []
  try {
    for (const { file, index } of selected(loaded, selection)) {
      const result = await tester.run(file, index)
      results.push(result)
      coverage?.add(result)
      onResult?.(result)
    }
  } finally {
    await tester.close()
  }
  return { results, problems }
}

function selected(files: readonly LoadedWalkFile[], { named, shard }: Selection) {
  const all = files.flatMap((file) => [...file.content.walks.keys()].map((index) => ({ file, index })))
  return all
    .filter(({ file, index }) => named === undefined || titleIn(file, index).includes(named))
    .filter((_, place) => shard === undefined || place % shard.of === shard.part - 1)
}

function titleIn({ content }: LoadedWalkFile, index: number): string {
  const walk = content.walks[index]
  return [content.script ?? walk?.journey ?? content.journey ?? '', walk?.it ?? ''].join(' › ')
}
