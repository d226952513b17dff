import { z } from 'zod'
import { jsonSchema } from './json.ts'

const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const

/** A state key that a node looked at. Absent values are masked, or there was none. */
const readSchema = z.object({
  key: z.string(),
  value: jsonSchema.optional(),
  isMasked: z.literal(true).optional(),
  /** The value is the beginning of its JSON text. */
  isCut: z.literal(true).optional(),
})

const writeSchema = z.object({
  key: z.string(),
  /** Absent where nothing is different, and where only the key is known. */
  change: z.enum(['added', 'changed', 'removed']).optional(),
  before: jsonSchema.optional(),
  after: jsonSchema.optional(),
  isMasked: z.literal(true).optional(),
  isCut: z.literal(true).optional(),
})

/**
 * A node that ran while an administrator looked on: as the trace has it, and with what it read and wrote. Nothing of it
 * is secret: what was is masked before it is recorded.
 */
export const recordedStepSchema = z.object({
  /** Counts the requests of the run from 1. */
  request: z.number(),
  /** Counts the nodes of the run from 1; nodes inside another have its number. */
  order: z.number(),
  /** Epoch milliseconds. */
  at: z.number(),
  /** The journeys around it, the outermost first and its own last. */
  journeys: z.array(z.string()),
  /** Id of the node that it ran inside of: a page, or a Configuration Provider. */
  page: z.string().nullable(),
  nodeId: z.string(),
  nodeType: z.string(),
  displayName: z.string(),
  result: z.enum(['outcome', 'callbacks', 'suspended', 'entered', 'error']),
  outcome: z.string().optional(),
  reason: z.string().optional(),
  /** Milliseconds, with fractions. */
  duration: z.number(),
  callbacks: z.array(z.string()),
  reads: z.array(readSchema),
  writes: z.array(writeSchema),
  log: z.array(z.object({ level: z.enum(levels), message: z.string() })),
})

export type RecordedStep = z.infer<typeof recordedStepSchema>
export type RecordedRead = z.infer<typeof readSchema>
export type RecordedWrite = z.infer<typeof writeSchema>

/** The record of a run that somebody watches. */
export const watchedRunSchema = z.object({
  /** Names the watch; no secret. */
  id: z.string(),
  steps: z.array(recordedStepSchema),
  /** Whether older steps were left out. */
  isCut: z.boolean(),
  /** Keys of shared state that once held something secret: they stay masked. */
  maskedKeys: z.array(z.string()),
})

export type WatchedRun = z.infer<typeof watchedRunSchema>
