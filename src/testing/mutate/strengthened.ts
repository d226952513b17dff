import { yamlOf } from '../../walks/walk-yaml.ts'
import type { Project } from '../project/project.ts'
import { loadWalkFile, type Unwritten } from '../project/walk-files.ts'
import { Tester } from '../run-walk.ts'
import type { WorldHosts } from '../world/world-host.ts'
import { mutantResults, type PlayedWalk, sampledMutants } from './mutant-results.ts'
import type { MutantResult } from './run-mutants.ts'
import { Spectator } from './spectator.ts'
import { rawFile, withExpectation } from './suggestion.ts'
import type { RawWalk } from './walk-variants.ts'

type Options = {
  hosts: WorldHosts
  /** Mutants to try, at most. */
  changes: number
  signal: AbortSignal
}

/** Walk files, and what they notice of the mutants that were tried. */
export type Strengthened = { files: Map<string, string>; results: MutantResult[] }

/** Adds to walk files what notices the mutants that they miss, if a variant of a walk can show them. */
export async function strengthened(
  project: Project,
  drafts: Unwritten,
  { hosts, changes, signal }: Options,
): Promise<Strengthened> {
  const played = await playedWalks(project, drafts, hosts)
  const environment = {}
  const mutants = sampledMutants(project.bundle, changes)
  const results = await mutantResults(project, mutants, { played, environment, unwritten: drafts, signal })
  signal.throwIfAborted()
  const spectator = new Spectator(project, { hosts, environment })
  const files = new Map(drafts)
  try {
    // An expectation of the first page adds a step, so it comes last.
    for (const result of results.toSorted((one, other) => stepOf(other) - stepOf(one))) {
      const { proof } = result.suggestion ?? {}
      const content = proof === undefined ? undefined : rawFile(proof.file, files)
      if (proof === undefined || content === undefined) continue
      const place = content.walks.findIndex((walk) => titleOf(walk) === proof.walk.it)
      const existing = content.walks[place]
      const walk =
        existing === undefined
          ? { ...proof.walk, generated: true }
          : withExpectation(existing as RawWalk, proof.expectation)
      // Another proof may have changed it.
      if (!(await spectator.passes(proof.file, { ...content, walks: [walk] }))) continue
      const walks = existing === undefined ? [...content.walks, walk] : content.walks.with(place, walk)
      files.set(proof.file, yamlOf({ ...content, walks }))
      result.verdict = 'killed'
    }
  } finally {
    await spectator.close()
  }
  return { files, results }
}

async function playedWalks(project: Project, drafts: Unwritten, hosts: WorldHosts): Promise<PlayedWalk[]> {
  const tester = new Tester(project, { hosts })
  const played: PlayedWalk[] = []
  try {
    for (const name of drafts.keys()) {
      const file = await loadWalkFile(name, drafts)
      if (Array.isArray(file)) continue
      for (const index of file.content.walks.keys()) {
        const result = await tester.run(file, index)
        if (result.status === 'passed') played.push({ result, task: { file: name, index }, file })
      }
    }
    return played
  } finally {
    await tester.close()
  }
}

function stepOf({ suggestion }: MutantResult): number {
  const { expectation } = suggestion?.proof ?? {}
  return expectation !== undefined && 'step' in expectation ? expectation.step : 0
}

function titleOf(walk: unknown): unknown {
  return typeof walk === 'object' && walk !== null && 'it' in walk ? walk.it : undefined
}
