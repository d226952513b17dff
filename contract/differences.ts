import * as z from 'zod/mini'
import { namedObject } from './lazy.ts'

const linesSchema = namedObject('LineChanges', () => ({
  added: z.number(),
  removed: z.number(),
  /** Absent if the texts have too little in common. */
  hunks: z.optional(z.array(z.object({ before: z.number(), after: z.number(), lines: z.array(z.string()) }))),
}))

export const differenceSchema = namedObject('Difference', () => ({
  item: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  kind: z.enum(['added', 'removed', 'renamed', 'type', 'page', 'setting', 'connection', 'entry', 'source']),
  /** Ids of the node before and after the change. */
  node: z.optional(z.object({ before: z.optional(z.string()), after: z.optional(z.string()) })),
  /** The outcome of a changed connection. */
  outcome: z.optional(z.string()),
  /** The difference in one short line, without secrets. */
  words: z.string(),
  lines: z.optional(linesSchema()),
}))

export const comparisonSchema = namedObject('Comparison', () => ({
  differences: z.array(differenceSchema()),
  /** Secrets that only one side contains. */
  unknown: z.array(differenceSchema()),
  isIdentical: z.boolean(),
  /** Whether only positions on the canvas, or the author and time of a script, differ. */
  isSameInWords: z.boolean(),
}))
