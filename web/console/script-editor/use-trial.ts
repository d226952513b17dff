import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type TrialRequest, tryScript } from '../../api/script-trial.ts'
import { readFields, type TrialField, type TrialFields } from './trial-fields.ts'

/** The script at hand, in its realm. */
export type TrialSubject = Omit<TrialRequest, 'state'> & { realm: string }

/** A field that could not be read, and why. */
export type FieldProblem = { field: TrialField; problem: string }

/** Trials of the script at hand. `runs` counts how often one was asked for from elsewhere, by a key in the editor say. */
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: a request from elsewhere runs what is there at that moment
  useEffect(() => {
    if (runs > 0) run()
  }, [runs])
  const isOld = trial.variables !== undefined && trial.variables.source !== request.source
  return { run, problem, isOld, isRunning: trial.isPending, error: trial.error, result: trial.data }
}
