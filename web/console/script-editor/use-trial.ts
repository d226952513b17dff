import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type TrialRequest, tryScript } from '../../api/script-trial.ts'
import { readFields, type TrialField, type TrialFields } from './trial-fields.ts'

/** The script to try. */
export type TrialSubject = Omit<TrialRequest, 'state'> & { realm: string }

export type FieldProblem = { field: TrialField; problem: string }

/**
 * Runs trials of a script. An increase of `runs` starts one from elsewhere, such as with a key in the editor.
 */
export function useTrial(
  { realm, ...request }: TrialSubject,
  fields: TrialFields,
  effects: boolean,
  runs: number,
) {
  const [problem, setProblem] = useState<FieldProblem>()
  const trial = useMutation({ mutationFn: (asked: TrialRequest) => tryScript(realm, asked) })
  const run = () => {
    const read = readFields(fields)
    setProblem(read.kind === 'wrong' ? read : undefined)
    if (read.kind === 'read') trial.mutate({ ...request, ...read.given, effects })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of `runs` may start a trial
  useEffect(() => {
    if (runs > 0) run()
  }, [runs])
  const isOld = trial.variables !== undefined && trial.variables.source !== request.source
  return { run, problem, isOld, isRunning: trial.isPending, error: trial.error, result: trial.data }
}
