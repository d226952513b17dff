import { type TraceEntry, traceEntrySchema } from '../engine/trace.ts'

/** Maximum number of nodes in the trace of a journey session. Polling pages run many. */
export const maxTraceEntries = 100

/**
 * Appends entries and drops the oldest. A trace is text with one entry per line, oldest first, because every step appends to it
 * and only administrators read it. An entry is a JSON list without the names of its members, which are most of its length.
 */
export function withEntries(lines: string, entries: readonly TraceEntry[]): string {
  if (entries.length === 0) return lines
  const all = lines + entries.map((entry) => `${JSON.stringify(listOf(entry))}\n`).join('')
  return all.slice(startOfNewest(all, maxTraceEntries))
}

/** Reads the lines of `withEntries`, and those of version 0.1, which wrote objects. */
export function entriesIn(lines: string): TraceEntry[] {
  const each = lines.split('\n').filter((line) => line !== '')
  return each.map((line) => {
    const entry: unknown = JSON.parse(line)
    return traceEntrySchema.parse(Array.isArray(entry) ? membersOf(entry) : entry)
  })
}

/** The members in their order. New ones go to the end. */
function listOf(entry: TraceEntry): unknown[] {
  return [
    entry.at,
    entry.request,
    entry.journey,
    entry.nodeId,
    entry.nodeType,
    entry.displayName,
    entry.result,
    entry.outcome,
    entry.reason,
    entry.duration,
    entry.keysRead,
    entry.keysWritten,
    ...(entry.failedScript === undefined && entry.standIns === undefined ? [] : [entry.failedScript]),
    ...(entry.standIns === undefined ? [] : [entry.standIns]),
  ]
}

function membersOf(list: readonly unknown[]): unknown {
  const [at, request, journey, nodeId, nodeType, displayName, result, outcome, reason, ...cost] = list
  const [duration, keysRead, keysWritten, failedScript = null, standIns = null] = cost
  const entry = { at, journey, nodeId, nodeType, displayName, result, duration, keysRead, keysWritten }
  // A list has null for a member that is absent.
  const others = Object.entries({ request, outcome, reason, failedScript, standIns }).filter(
    ([, value]) => value !== null,
  )
  return { ...entry, ...Object.fromEntries(others) }
}

/** The offset of the last `count` lines. Every line ends in a line feed. */
function startOfNewest(lines: string, count: number): number {
  let start = lines.length
  for (let line = 0; line < count && start > 0; line++) {
    start = start < 2 ? 0 : lines.lastIndexOf('\n', start - 2) + 1
  }
  return start
}
