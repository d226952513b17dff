import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** The status of a process that found a counterexample. */
export const foundStatus = 3

/**
 * Looks for a counterexample in a process whose sources lack a condition.
 * @returns its diagram, or undefined if no counterexample was found in time. @throws Error if the process failed.
 */
export function counterexampleWithout(name: string, seconds: number): string | undefined {
  const [program, hooks] = [join(import.meta.dirname, 'run.ts'), join(import.meta.dirname, 'with-mutant.ts')]
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--import',
      hooks,
      program,
      '--find',
      '--seconds',
      String(seconds),
    ],
    { env: { ...process.env, MODEL_MUTANT: name }, encoding: 'utf8' },
  )
  if (status === foundStatus) return stdout
  if (status === 0) return undefined
  throw new Error(`The model failed without ${name}: ${stderr}`)
}
