import { Exploration } from './explore.ts'
import { boundless, type Found, type Scope, type Step } from './scope.ts'
import type { World } from './world.ts'

/** A violation: what is wrong, in which scope, and the steps that lead to it. */
export type Counterexample = { scope: string; wrong: string; trace: readonly Step[] }

/**
 * Looks for a violation on random paths, the same ones in each run, and shortens the first.
 * @param walks paths in each scope. @param until epoch milliseconds.
 */
export async function findCounterexample(
  world: World,
  start: number,
  scopes: readonly Scope[],
  { walks, until }: { walks: number; until: number },
): Promise<Counterexample | undefined> {
  const random = seeded(1)
  for (let walk = 0; walk < walks; walk++) {
    for (const scope of scopes) {
      if (Date.now() > until) return undefined
      const found = await new Exploration(world, scope, start, { ...boundless, until }).walk(random)
      if (found.wrong !== undefined) return shortened(world, start, scope, found)
    }
  }
  return undefined
}

/** Searches the shortest path with the operations of a violation, for a few seconds. */
async function shortened(world: World, start: number, scope: Scope, found: Found): Promise<Counterexample> {
  const { trace = [], wrong = '' } = found
  const begun = (name: string, server: string) =>
    trace
      .filter((step) => step.client === name && step.server === server)
      .flatMap(({ begins }) => begins ?? [])
  const ticks = trace.filter(({ text }) => text.endsWith('ms pass')).length
  const smaller: Scope = {
    ...scope,
    actors: scope.actors.map((actor) => ({ ...actor, may: begun(actor.name, actor.server) })),
    clock: scope.clock.slice(0, ticks),
  }
  const until = Date.now() + 5_000
  for (let depth = 1; depth < trace.length && Date.now() < until; depth++) {
    const shorter = await new Exploration(world, smaller, start, { ...boundless, depth, until }).run()
    if (shorter.wrong !== undefined)
      return { scope: scope.name, wrong: shorter.wrong, trace: shorter.trace ?? [] }
  }
  return { scope: scope.name, wrong, trace }
}

/** Numbers from 0 up to 1 that follow from a seed. Source: Marsaglia, "Xorshift RNGs". */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
