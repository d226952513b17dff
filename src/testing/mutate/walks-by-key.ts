import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { effectiveWalk } from '../effective-walk.ts'
import type { TestedProject } from '../project/project.ts'
import type { LoadedWalkFile } from '../project/walk-files.ts'
import type { WalkTask } from '../run-in-threads.ts'
import type { WalkResult } from '../run-walk.ts'
import { isInside, type Mutant, nodeKey, scriptKey } from './mutant.ts'

/** A walk that runs a node or script. `isStubbed`: it has a stub for the node. */
type Visitor = { walk: WalkTask; isStubbed: boolean }

/** The walks that ran each node and script, by its key. */
export type WalksByKey = ReadonlyMap<string, readonly Visitor[]>

/** @param results of walks that passed with the unchanged configuration. */
export function walksByKey(
  results: readonly { result: WalkResult; task: WalkTask; file: LoadedWalkFile }[],
): WalksByKey {
  const found = new Map<string, Visitor[]>()
  for (const { result, task: walk, file } of results)
    for (const [key, isStubbed] of visitedBy(result, file, walk.index))
      found.set(key, [...(found.get(key) ?? []), { walk, isStubbed }])
  return found
}

function visitedBy(
  { runs }: WalkResult,
  { content }: LoadedWalkFile,
  index: number,
): ReadonlyMap<string, boolean> {
  const walk = content.walks[index]
  const { stub = {} } = walk === undefined ? {} : effectiveWalk(content, walk)
  const nodes = runs.flatMap(({ steps }) =>
    steps.map(({ journeys, nodeId, displayName }): [string, boolean] => [
      nodeKey(journeys.at(-1) ?? '', nodeId),
      Object.hasOwn(stub, nodeId) || Object.hasOwn(stub, displayName),
    ]),
  )
  return new Map([
    ...nodes,
    ...(content.script === undefined ? [] : [[scriptKey(content.script), false] as const]),
  ])
}

/** The walks that could notice a mutant. */
export function walksFor(mutant: Mutant, walks: WalksByKey): WalkTask[] {
  const visitors = mutant.keys.flatMap((key) => walks.get(key) ?? [])
  const able = visitors.filter(({ isStubbed }) => !(isStubbed && isInside(mutant))).map(({ walk }) => walk)
  return [...new Set(able)]
}

/** The file with the id of the script that it tests, if the configuration has it: mutants change scripts there, not in files. */
export function withScriptId(loaded: LoadedWalkFile, { folder, bundle }: TestedProject): LoadedWalkFile {
  const { script } = loaded.content
  if (script === undefined) return loaded
  const path = [resolve(dirname(loaded.file), script), join(folder, script)].find((each) => existsSync(each))
  const source = path === undefined ? undefined : readFileSync(path, 'utf8')
  const found = bundle.scripts.find((each) =>
    source === undefined ? each.id === script || each.name === script : each.source === source,
  )
  return found === undefined ? loaded : { ...loaded, content: { ...loaded.content, script: found.id } }
}
