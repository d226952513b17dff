import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Step } from '../../api/authenticate.ts'
import type { JsonObject } from '../../api/json.ts'
import { type Trial, type TrialRequest, tryScript } from '../../api/script-trial.ts'
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
  /** Goes on as a journey does: with the answers, and the state that the script left. */
  const answer = ({ callbacks }: Step) => {
    if (trial.data === undefined || trial.variables === undefined) return
    const state = stateAfter(trial.variables.state, trial.data)
    trial.mutate({ ...trial.variables, ...request, state, answers: callbacks as JsonObject[] })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of `runs` may start a trial
  useEffect(() => {
    if (runs > 0) run()
  }, [runs])
  const isOld = trial.variables !== undefined && trial.variables.source !== request.source
  return { run, answer, problem, isOld, isRunning: trial.isPending, error: trial.error, result: trial.data }
}

type State = Partial<Record<string, JsonObject>>

function stateAfter(before: State, { state }: Trial): State {
  const after: State = { ...before }
  for (const [key, { part, change, after: value = null }] of Object.entries(state)) {
    const { [key]: _old, ...rest } = after[part] ?? {}
    after[part] = change === 'removed' ? rest : { ...rest, [key]: value }
  }
  return after
}
