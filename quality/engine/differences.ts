import { incompatibilitiesIn } from '../../src/sandbox/compatibility.ts'
import { type Debt, sourceOf } from './corpus.ts'
import type { SandboxRun } from './sandbox-runs.ts'

export type Differences = {
  /** Runs that differ from the recorded result, without a warning of the linter or a refusal as on the vendor's engine. */
  debts: Debt[]
  /** Warnings of the linter about runs that don't differ. */
  falseWarnings: Debt[]
}

/**
 * Compares runs in the sandbox with the recorded results.
 * @param runsAsVendor the same runs as `sidegate test` does them. Without them, only the linter counts.
 * @throws Error for a snippet without a recorded result.
 */
export async function findDifferences(
  runs: readonly SandboxRun[],
  runsAsVendor = runs,
): Promise<Differences> {
  const debts: Debt[] = []
  const falseWarnings: Debt[] = []
  for (const [at, run] of runs.entries()) {
    const { snippet, form, result } = run
    const [warning] = await incompatibilitiesIn(sourceOf(snippet, form))
    // The linter reports a script that doesn't compile here by another rule (script-syntax).
    const isRefusedAsVendor = !isRefused(result) && isRefused(runsAsVendor[at]?.result ?? '')
    const isSaid = warning !== undefined || /^! (?:parse|refused)$/.test(result) || isRefusedAsVendor
    if (!agrees(run) && !isSaid) debts.push({ text: snippet.text, form, detail: result })
    // What the sandbox refuses isn't simulated there, also if the vendor's engine lacks it, too.
    const isTrue = warning?.kind === 'absent' && isRefused(result)
    if (agrees(run) && warning !== undefined && !isTrue) {
      falseWarnings.push({ text: snippet.text, form, detail: warning.message })
    }
  }
  return { debts, falseWarnings }
}

/** Whether a run has the recorded result, or both engines refuse the snippet. @throws Error for a snippet without a recorded result. */
export function agrees({ snippet, form, result }: SandboxRun): boolean {
  const recorded = snippet.recorded[form]
  if (recorded === undefined || recorded === '') {
    throw new Error(`A snippet has no recorded result; run record.ts (${snippet.category}): ${snippet.text}`)
  }
  return recorded === result || (isRefused(recorded) && isRefused(result))
}

const isRefused = (result: string) => result.startsWith('! ')
