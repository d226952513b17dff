import { type TraceEntry, traceEntrySchema } from '../engine/trace.ts'

/** Nodes kept of one run; a polling page makes many. */
export const maxTraceEntries = 100

/**
 * Appends entries and forgets the oldest. A trace is text, an entry of JSON a line, the oldest first: every step adds to
 * it, and only administrators read it.
 */
export function withEntries(lines: string, entries: readonly TraceEntry[]): string {
  const all = lines + entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
  return all.slice(startOfNewest(all, maxTraceEntries))
}

/** The entries themselves. */
export function entriesIn(lines: string): TraceEntry[] {
  const each = lines.split('\n').filter((line) => line !== '')
  return each.map((line) => traceEntrySchema.parse(JSON.parse(line)))
}

/** Where so many lines from the end begin; every line ends in a line feed. */
function startOfNewest(lines: string, count: number): number {
  let start = lines.length
  for (let line = 0; line < count && start > 0; line++) {
    start = start < 2 ? 0 : lines.lastIndexOf('\n', start - 2) + 1
  }
  return start
}
