import { effectiveWalk } from '../effective-walk.ts'
import type { PlayedRun, Player } from '../play/player.ts'
import type { Project } from '../project/project.ts'
import type { LoadedWalkFile } from '../project/walk-files.ts'
import type { LoadedTask } from '../run-tests.ts'
import { Tester, type WalkResult } from '../run-walk.ts'
import { namedSecrets } from '../walk-secrets.ts'
import { WorldHosts } from '../world/world-host.ts'
import type { ComparedWalk } from './agreement-text.ts'
import { stepsEndOf } from './failed-step.ts'
import { TargetError } from './remote-server.ts'
import type { LaneThere, RemoteTester } from './remote-tester.ts'
import { type LaneInside, verdictsOf } from './verdicts.ts'

type Options = {
  environment: Readonly<Record<string, string | undefined>>
  /** Whether each walk is also played inside. */
  isBoth: boolean
  remote: RemoteTester
  /** Ends the run after the current walk. */
  signal: AbortSignal
}

/** `failure`: why the rest was not played. `inside`: results of the walks that were played inside. */
export type Comparison = {
  walks: ComparedWalk[]
  inside: WalkResult[]
  failure: string | undefined
}

/** Plays walks on a running server one after the other, and inside, and compares each of their assertions. */
export async function compareWalks(
  { places: _places, ...project }: Project,
  tasks: readonly LoadedTask[],
  { environment, isBoth, remote, signal }: Options,
): Promise<Comparison> {
  const comparison: Comparison = { walks: [], inside: [], failure: undefined }
  const hosts = new WorldHosts()
  const insides: { player: Player; runs: readonly PlayedRun[] }[] = []
  const tester = new Tester(project, {
    hosts,
    environment,
    onPlayed: async (played) => void insides.push(played),
  })
  try {
    for (const { file, index } of tasks) {
      const result = isBoth ? await tester.run(file, index) : undefined
      if (result !== undefined) comparison.inside.push(result)
      const played = insides.pop()
      const inside: LaneInside | undefined = played && {
        assertions: played.player.assertions.all,
        screens: played.player.screens,
        runs: played.runs,
        end: stepsEndOf({ mismatches: result?.mismatches ?? [], step: result?.step?.index }),
      }
      // A walk that can't be played inside is not played there either.
      const there =
        result?.status === 'broken'
          ? ({ kind: 'broken', message: undefined } as const)
          : await laneThere({ remote, signal }, { file, index, inside }, comparison)
      if (there === undefined) break
      comparison.walks.push(compared({ file, index, there, inside, result, environment }))
    }
    return comparison
  } finally {
    await tester.close()
    await hosts.close()
  }
}

/** @returns undefined if the server can no longer be reached, or the test was interrupted. */
async function laneThere(
  { remote, signal }: Pick<Options, 'remote' | 'signal'>,
  { file, index, inside }: Pick<Compared, 'file' | 'index' | 'inside'>,
  comparison: Comparison,
): Promise<LaneThere | undefined> {
  const interrupted = 'The test was interrupted'
  try {
    if (!signal.aborted) return await remote.run(file, index, inside?.runs)
    comparison.failure = interrupted
  } catch (error) {
    if (signal.aborted) comparison.failure = interrupted
    else if (error instanceof TargetError) comparison.failure = error.message
    else throw error
  }
  return undefined
}

type Compared = {
  file: LoadedWalkFile
  index: number
  there: LaneThere
  inside: LaneInside | undefined
  result: WalkResult | undefined
  environment: Options['environment']
}

function compared({ file, index, there, inside, result, environment }: Compared): ComparedWalk {
  const given = file.content.walks[index]
  if (given === undefined) throw new Error(`no walk ${index} in ${file.file}`)
  const walk = effectiveWalk(file.content, given)
  return {
    file: file.file,
    line: file.lineOf(index),
    about: file.content.script ?? walk.journey ?? Object.values(walk.parties ?? {})[0]?.journey ?? '',
    it: given.it,
    verdicts: result?.status === 'broken' ? [] : verdictsOf(walk, there, inside),
    unplayed: there.kind === 'unplayed' ? there.reason : undefined,
    isBroken: there.kind === 'broken',
    brokenThere: there.kind === 'broken' ? there.message : undefined,
    secrets: [
      ...(there.kind === 'played' ? there.played.secrets : []),
      ...(result?.secrets ?? []),
      ...namedSecrets([walk, file.content.people], environment),
    ],
  }
}
