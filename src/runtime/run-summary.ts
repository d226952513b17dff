import { defined } from '../base/defined.ts'
import { failureReached } from '../engine/advance.ts'
import type { AnyNodeType } from '../engine/node-type.ts'
import type { RecordedStep } from '../engine/recorded-step.ts'
import { failureInWords } from '../engine/script-exception.ts'
import type { TraceEntry } from '../engine/trace.ts'
import type { SavedRun } from './saved-run.ts'
import { entriesIn } from './trace-lines.ts'

/**
 * The username of a run, once a node identified the person or the run succeeded. An unverified username is left out,
 * because people type passwords into the wrong field.
 */
export function userOf({ session }: SavedRun, outcome: string): string | undefined {
  const { username } = session.shared
  if (session.identified !== undefined) return session.identified.name
  return outcome === 'success' && typeof username === 'string' ? username : undefined
}

/** The steps of a run: the full record if an administrator watched it, else the trace. */
export function stepsOf({ trace, visits, watch }: SavedRun): readonly RecordedStep[] {
  if (watch !== undefined) return watch.steps
  const entries = entriesIn(trace)
  const first = visits - entries.length + 1
  return entries.map((entry, place) => stepOf(entry, first + place))
}

/** Whether older steps were dropped. */
export function isCut({ trace, visits, watch }: SavedRun): boolean {
  return watch?.isCut ?? visits > entriesIn(trace).length
}

function stepOf(entry: TraceEntry, order: number): RecordedStep {
  const { request = 0, keysRead, keysWritten, journey, outcome, reason, failedScript, ...rest } = entry
  return {
    ...rest,
    request,
    order,
    journeys: [journey],
    page: null,
    ...defined({ outcome, reason, exception: failedScript }),
    callbacks: [],
    reads: keysRead.map((key) => ({ key })),
    writes: keysWritten.map((key) => ({ key })),
    log: [],
  }
}

/** The step with the reason for a step: of a page that failed, the node on it that failed. */
export function decidingStep(step: RecordedStep, steps: readonly RecordedStep[]): RecordedStep {
  const failed = steps.findLast(
    ({ page, request, result }) => page === step.nodeId && request === step.request && result === 'error',
  )
  return step.result === 'error' && failed !== undefined ? failed : step
}

/**
 * Why a step ended as it did, in a sentence: the node type's explanation of the error or log line, the line itself unless a
 * script wrote it, or else the meaning of the outcome. Undefined when there is nothing to add to the outcome.
 */
export function reasonOf(
  { result, outcome, reason, exception, log }: RecordedStep,
  type: AnyNodeType | undefined,
): string | undefined {
  if (exception !== undefined) return failureInWords(exception)
  const errors: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> = type?.errors ?? {}
  // Reaching Failure needs no explanation.
  if (reason !== undefined && reason !== failureReached) return textFor(errors.fail, reason) ?? reason
  const isScripted = type?.needs.includes('scripts') ?? true
  const line = isScripted ? undefined : log.findLast(({ level }) => level !== 'trace' && level !== 'debug')
  if (line !== undefined) return textFor(errors[line.level], line.message) ?? line.message
  return meaningOf({ result, outcome }, type) ?? reason
}

/** Why a node ended as it did, only in texts of the server. Undefined if there is none. */
export function knownReasonOf(entry: TraceEntry, type: AnyNodeType | undefined): string | undefined {
  const { failedScript, reason = '' } = entry
  if (failedScript !== undefined) return failureInWords(failedScript)
  // rule R8: otherwise the audit trail keeps what a script says
  return textFor(type?.errors?.fail, reason) ?? meaningOf(entry, type)
}

function meaningOf(
  { result, outcome }: Pick<RecordedStep, 'result' | 'outcome'>,
  type: AnyNodeType | undefined,
): string | undefined {
  if (result !== 'outcome' || outcome === undefined) return undefined
  return textFor(type?.reference?.outcomes, outcome)
}

function textFor(texts: Readonly<Record<string, string | undefined>> | undefined, key: string) {
  return texts !== undefined && Object.hasOwn(texts, key) ? texts[key] : undefined
}
