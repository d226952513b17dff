import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type Counterexample, Exploration } from './explore.ts'
import type { Mutant } from './mutants.ts'
import { newScene, type Scene } from './scene.ts'
import { scopes } from './scopes.ts'

/** The status of a process that found a counterexample. */
export const foundStatus = 3

/**
 * Looks for a counterexample in the first states of all scopes, then in more. A scene that can't be set is one, too.
 * @param until epoch milliseconds. @param without the name of a condition that is left out.
 */
export async function findCounterexample(
  until: number,
  without: string,
): Promise<Counterexample | undefined> {
  const scene: Scene | Error = await newScene().catch((error: Error) => error)
  if (scene instanceof Error)
    return { scope: 'scene', wrong: `it cannot be set: ${scene.message}`, trace: [] }
  const attempts = [
    {
      scopes: scopes.filter(({ covers = [] }) => covers.some((part) => without.includes(part))),
      states: 100_000,
    },
    ...[2_000, 20_000, Number.POSITIVE_INFINITY].map((states) => ({ scopes, states })),
  ]
  for (const attempt of attempts) {
    for (const scope of attempt.scopes) {
      const { violation } = await new Exploration(scene, scope).run({ states: attempt.states, until })
      if (violation !== undefined) return violation
    }
  }
  return undefined
}

/**
 * Looks for a counterexample in a process whose sources lack a condition.
 * @returns its diagram, or undefined if no counterexample was found in time. @throws Error if the process failed.
 */
export function counterexampleWithout(mutant: Mutant, seconds: number): string | undefined {
  const [program, hooks] = [join(import.meta.dirname, 'run.ts'), join(import.meta.dirname, 'with-mutant.ts')]
  const options = ['--disable-warning=ExperimentalWarning', '--import', hooks]
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...options, program, '--find', '--seconds', String(seconds), '--mutants', mutant.name],
    { env: { ...process.env, MODEL_MUTANT: JSON.stringify(mutant) }, encoding: 'utf8' },
  )
  if (status === foundStatus) return stdout
  if (status === 0) return undefined
  throw new Error(`The model failed without ${mutant.name}: ${stderr}`)
}
