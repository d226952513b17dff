import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type Bounds, type Counterexample, Exploration } from './explore.ts'
import { newScene, type Scene } from './scene.ts'
import type { Scope } from './scopes.ts'

/** The status of a process that found a counterexample. */
export const foundStatus = 3

/** Looks for a counterexample in one scope after the other. A scene that can't be set is one, too. */
export async function findCounterexample(
  scopes: readonly Scope[],
  bounds: Bounds,
): Promise<Counterexample | undefined> {
  const scene: Scene | Error = await newScene().catch((error: Error) => error)
  if (scene instanceof Error)
    return { scope: 'scene', wrong: `it cannot be set: ${scene.message}`, trace: [] }
  for (const scope of scopes) {
    const { violation } = await new Exploration(scene, scope).run(bounds)
    if (violation !== undefined) return violation
  }
  return undefined
}

/**
 * Looks for a counterexample in a process whose sources lack a condition.
 * @returns its diagram, or undefined if no counterexample was found in time. @throws Error if the process failed.
 */
export function counterexampleWithout(name: string, seconds: number): string | undefined {
  const [program, hooks] = [join(import.meta.dirname, 'run.ts'), join(import.meta.dirname, 'with-mutant.ts')]
  const options = ['--disable-warning=ExperimentalWarning', '--import', hooks]
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...options, program, '--find', '--seconds', String(seconds)],
    { env: { ...process.env, MODEL_MUTANT: name }, encoding: 'utf8' },
  )
  if (status === foundStatus) return stdout
  if (status === 0) return undefined
  throw new Error(`The model failed without ${name}: ${stderr}`)
}
