import { type TraceEntry, traceEntrySchema } from '../engine/trace.ts'

/** Maximum number of nodes in the trace of a journey session. Polling pages run many. */
export const maxTraceEntries = 100

/**
 * Appends entries and drops the oldest. A trace is text with one JSON entry per line, oldest first, because every step
 * appends to it and only administrators read it.
 */
export function withEntries(lines: string, entries: readonly TraceEntry[]): string {
  const all = lines + entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
  return all.slice(startOfNewest(all, maxTraceEntries))
}

export function entriesIn(lines: string): TraceEntry[] {
  const each = lines.split('\n').filter((line) => line !== '')
  return each.map((line) => traceEntrySchema.parse(JSON.parse(line)))
}

/** The offset of the last `count` lines. Every line ends in a line feed. */
function startOfNewest(lines: string, count: number): number {
  let start = lines.length
  for (let line = 0; line < count && start > 0; line++) {
    start = start < 2 ? 0 : lines.lastIndexOf('\n', start - 2) + 1
  }
  return start
}
