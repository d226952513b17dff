import { availableParallelism } from 'node:os'
import type { TestedProject } from '../project/project.ts'
import { noFiles, type Unwritten } from '../project/walk-files.ts'
import { type WalkTask, WalkThread } from '../run-in-threads.ts'
import type { FromMutantThread, MutantThreadData, ToMutantThread } from '../walk-threads/mutant-thread.ts'
import { isInside, type Mutant } from './mutant.ts'
import type { Verdict } from './mutant-player.ts'
import { type Suggestion, usualExample } from './usual-examples.ts'
import { type WalksByKey, walksFor } from './walks-by-key.ts'

/** A mutant with its place in the list of all. `endless`: its walks were stopped, which counts as killed. */
export type MutantResult = PlacedMutant & { verdict: Verdict | 'endless'; suggestion?: Suggestion }

export type PlacedMutant = { mutant: Mutant; place: number }

/** A mutant with the walks that run its node. */
type Task = PlacedMutant & { walks: readonly WalkTask[] }

type Options = {
  environment: Readonly<Record<string, string | undefined>>
  unwritten?: Unwritten
  walks: WalksByKey
  /** How long each walk took without a mutant, in milliseconds. */
  millisecondsOf(walk: WalkTask): number
  /** Ends the run: later mutants have no result. */
  signal: AbortSignal
  onResult(result: MutantResult): void
}

/** Another thread costs as much time as about this many mutants. */
const mutantsForThread = 16

/** Each walk may take this many times longer, and each mutant this much longer because the machine is busy. */
const slowdown = 10
const graceMs = 60_000

/** Plays the walks that run what each mutant changes, in several threads, and reports results as they come. */
export async function runMutants(
  project: TestedProject,
  mutants: readonly PlacedMutant[],
  options: Options,
): Promise<void> {
  const { walks, onResult } = options
  const tasks = mutants.map((each) => ({ ...each, walks: walksFor(each.mutant, walks) }))
  const [refused, others] = parted(tasks, ({ mutant }) => mutant.isRefused)
  for (const { mutant, place } of refused) onResult({ mutant, place, verdict: 'refused' })
  const [alone, waiting] = parted(others, (task) => task.walks.length === 0)
  for (const each of unreached(alone)) {
    onResult({ ...each, verdict: 'survived', suggestion: usualExample(each.mutant) })
  }
  const threads = Math.min(availableParallelism(), Math.ceil(waiting.length / mutantsForThread))
  await Promise.all(Array.from({ length: threads }, () => serveInThread(project, waiting, options)))
}

function parted<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))]
}

/** One mutant for each node that no walk runs, in place of all of its mutants. */
function unreached(tasks: readonly Task[]): PlacedMutant[] {
  const nodes = Map.groupBy(tasks, ({ mutant }) => mutant.keys[0])
  return [...nodes.values()].flatMap((all) => {
    const [first] = all
    if (first === undefined) return []
    const isOnlyStubbed = all.every((each) => isInside(each.mutant))
    const change = isOnlyStubbed ? 'no walk runs it without a stub' : 'no walk runs it'
    const mutant: Mutant = { ...first.mutant, kind: 'unreached', change, changed: { kind: 'node' } }
    return [{ mutant, place: first.place }]
  })
}

async function serveInThread(project: TestedProject, waiting: Task[], options: Options): Promise<void> {
  const { environment, unwritten = noFiles, signal, onResult } = options
  const data: MutantThreadData = { mutated: { project, environment, unwritten } }
  const open = () => new WalkThread<ToMutantThread, FromMutantThread>(data)
  let thread = open()
  try {
    for (let task = waiting.shift(); task !== undefined && !signal.aborted; task = waiting.shift()) {
      const result = await resultIn(thread, task, options)
      if (result === undefined) return
      onResult(result)
      if (result.verdict !== 'endless') continue
      await thread.close()
      thread = open()
    }
  } finally {
    await thread.close()
  }
}

/** @returns undefined when the run ends. */
async function resultIn(
  thread: WalkThread<ToMutantThread, FromMutantThread>,
  { mutant, place, walks }: Task,
  { millisecondsOf, signal }: Options,
): Promise<MutantResult | undefined> {
  const usual = walks.reduce((sum, walk) => sum + millisecondsOf(walk), 0)
  const late = AbortSignal.timeout(Math.ceil(usual) * slowdown + graceMs)
  const ended = AbortSignal.any([signal, late])
  try {
    const played = await thread.ask({ kind: 'play', place, walks }, ended)
    const verdict = 'verdict' in played ? played.verdict : 'survived'
    if (verdict !== 'survived') return { mutant, place, verdict }
    const advised = await thread.ask({ kind: 'suggest', place, walks }, signal)
    return { mutant, place, verdict, ...('suggestion' in advised ? { suggestion: advised.suggestion } : {}) }
  } catch (error) {
    if (signal.aborted) return undefined
    if (late.aborted) return { mutant, place, verdict: 'endless' }
    throw error
  }
}
