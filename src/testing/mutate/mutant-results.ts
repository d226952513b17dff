import type { Project } from '../project/project.ts'
import type { LoadedWalkFile, Unwritten } from '../project/walk-files.ts'
import type { WalkTask } from '../run-in-threads.ts'
import type { WalkResult } from '../run-walk.ts'
import { mutantsOf } from './mutants.ts'
import { type MutantResult, type PlacedMutant, runMutants } from './run-mutants.ts'
import { walksByKey } from './walks-by-key.ts'

/** A walk that passed without a mutant. */
export type PlayedWalk = { result: WalkResult; task: WalkTask; file: LoadedWalkFile }

type Options = {
  played: readonly PlayedWalk[]
  environment: Readonly<Record<string, string | undefined>>
  unwritten?: Unwritten
  signal: AbortSignal
  /** @param count results so far. */
  onProgress?(count: number): void
}

/** Tries mutants with the walks that run them. @returns results in the order of the mutants. */
export async function mutantResults(
  { places: _places, ...tested }: Project,
  mutants: readonly PlacedMutant[],
  { played, onProgress, ...options }: Options,
): Promise<MutantResult[]> {
  const times = new Map(
    played.map(({ result, task }) => [`${task.file}\n${task.index}`, result.milliseconds]),
  )
  const results: MutantResult[] = []
  await runMutants(tested, mutants, {
    ...options,
    walks: walksByKey(played),
    millisecondsOf: ({ file, index }) => times.get(`${file}\n${index}`) ?? 0,
    onResult(result) {
      results.push(result)
      onProgress?.(results.length)
    },
  })
  return results.toSorted((one, other) => one.place - other.place)
}

/** Mutants that are tried: evenly from the whole list, so that each run has the same. @param size at most. */
export function sampledMutants(
  bundle: Project['bundle'],
  size: number,
  isChosen: (mutant: PlacedMutant['mutant']) => boolean = () => true,
): PlacedMutant[] {
  const chosen = mutantsOf(bundle)
    .map((mutant, place) => ({ mutant, place }))
    .filter(({ mutant }) => isChosen(mutant))
  const isSampled = (at: number) =>
    Math.floor((at * size) / chosen.length) < Math.floor(((at + 1) * size) / chosen.length)
  return size >= chosen.length ? chosen : chosen.filter((_, at) => isSampled(at))
}
