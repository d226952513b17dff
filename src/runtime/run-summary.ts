import { failureReached } from '../engine/advance.ts'
import type { AnyNodeType } from '../engine/node-type.ts'
import type { RecordedStep } from '../engine/recorded-step.ts'
import type { TraceEntry } from '../engine/trace.ts'
import type { SavedRun } from './saved-run.ts'
import { entriesIn } from './trace-lines.ts'

/**
 * Who a run is about, once that is certain: a node said so, or it ended well. What was merely typed is left out: people
 * type passwords into the wrong field.
 */
export function userOf({ session }: SavedRun, outcome: string): string | undefined {
  const { username } = session.shared
  if (session.identified !== undefined) return session.identified.name
  return outcome === 'success' && typeof username === 'string' ? username : undefined
}

/** The steps of a run: as they were recorded where somebody watched, else what the trace has of them. */
export function stepsOf({ trace, visits, watch }: SavedRun): readonly RecordedStep[] {
  if (watch !== undefined) return watch.steps
  const entries = entriesIn(trace)
  const first = visits - entries.length + 1
  return entries.map((entry, place) => stepOf(entry, first + place))
}

/** Whether older steps are not kept any more. */
export function isCut({ trace, visits, watch }: SavedRun): boolean {
  return watch?.isCut ?? visits > entriesIn(trace).length
}

function stepOf(entry: TraceEntry, order: number): RecordedStep {
  const { request = 0, keysRead, keysWritten, journey, outcome, reason, ...rest } = entry
  return {
    ...rest,
    request,
    order,
    journeys: [journey],
    page: null,
    ...(outcome === undefined ? {} : { outcome }),
    ...(reason === undefined ? {} : { reason }),
    callbacks: [],
    reads: keysRead.map((key) => ({ key })),
    writes: keysWritten.map((key) => ({ key })),
    log: [],
  }
}

/**
 * Why a step ended as it did, in a sentence: what its node type says of the line that it logged or of the error that it
 * made, the line itself, or else what its outcome means. undefined where nothing says more than the outcome.
 */
export function reasonOf(
  { result, outcome, reason, log }: RecordedStep,
  type: AnyNodeType | undefined,
): string | undefined {
  const errors: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> = type?.errors ?? {}
  // That it was the last step is plain to see.
  if (reason !== undefined && reason !== failureReached) return said(errors.fail, reason) ?? reason
  const line = log.findLast(({ level }) => level !== 'trace' && level !== 'debug')
  if (line !== undefined) return said(errors[line.level], line.message) ?? line.message
  const meanings: Readonly<Record<string, string | undefined>> = type?.reference?.outcomes ?? {}
  return (result === 'outcome' && outcome !== undefined ? said(meanings, outcome) : undefined) ?? reason
}

function said(texts: Readonly<Record<string, string | undefined>> | undefined, key: string) {
  return texts !== undefined && Object.hasOwn(texts, key) ? texts[key] : undefined
}
