import { z } from 'zod'
import { jsonSchema } from '../base/json.ts'
import { failedScriptSchema } from './script-exception.ts'

const levels = ['trace', 'debug', 'info', 'warn', 'error'] as const

/** A state key that a node read. The value is absent if it is masked or did not exist. */
const readSchema = z.object({
  key: z.string(),
  value: jsonSchema.optional(),
  isMasked: z.literal(true).optional(),
  /** Whether the value is only the beginning of its JSON text. */
  isCut: z.literal(true).optional(),
})

const writeSchema = z.object({
  key: z.string(),
  /** Absent if nothing changed or only the key is known. */
  change: z.enum(['added', 'changed', 'removed']).optional(),
  before: jsonSchema.optional(),
  after: jsonSchema.optional(),
  isMasked: z.literal(true).optional(),
  isCut: z.literal(true).optional(),
})

/**
 * A node run recorded while an administrator watched: its trace entry with the values read and written. Secret values
 * are masked before they are recorded.
 */
export const recordedStepSchema = z.object({
  /** Number of the request within the run, from 1. */
  request: z.number(),
  /** Number of the node within the run, from 1. Nodes inside a page share its number. */
  order: z.number(),
  /** Epoch milliseconds. */
  at: z.number(),
  /** The journeys that contain the node, outermost first. */
  journeys: z.array(z.string()),
  /** Id of the page or Configuration Provider that the node ran inside. */
  page: z.string().nullable(),
  nodeId: z.string(),
  nodeType: z.string(),
  displayName: z.string(),
  result: z.enum(['outcome', 'callbacks', 'suspended', 'entered', 'error']),
  outcome: z.string().optional(),
  reason: z.string().optional(),
  /** The script that failed. Only watched runs have the message. */
  exception: failedScriptSchema.extend({ message: z.string().exactOptional() }).optional(),
  /** Types that can't run here, if the outcome is that of a declared stand-in. */
  standIns: z.array(z.string()).optional(),
  /** Milliseconds with fractions. */
  duration: z.number(),
  callbacks: z.array(z.string()),
  reads: z.array(readSchema),
  writes: z.array(writeSchema),
  log: z.array(z.object({ level: z.enum(levels), message: z.string() })),
})

export type RecordedStep = z.infer<typeof recordedStepSchema>
export type RecordedRead = z.infer<typeof readSchema>
export type RecordedWrite = z.infer<typeof writeSchema>

/** The record of a watched run. */
export const watchedRunSchema = z.object({
  /** Name of the watch. Not a secret. */
  id: z.string(),
  /** Hash of the token of the session that started the run: only that session can go on as the caller. */
  startedBy: z.string().exactOptional(),
  /** What nodes and scripts see as the user agent of the run. */
  userAgent: z.string().exactOptional(),
  steps: z.array(recordedStepSchema),
  /** What the run changed besides its state, without values: people, and the addresses of emails. */
  effects: z
    .object({
      people: z.array(
        z.object({ userName: z.string(), mail: z.string().exactOptional(), attributes: z.array(z.string()) }),
      ),
      mails: z.array(z.string()),
    })
    .exactOptional(),
  /** Whether older steps were dropped. */
  isCut: z.boolean(),
  /** Keys of shared state that have held a secret. They stay masked. */
  maskedKeys: z.array(z.string()),
})

export type WatchedRun = z.infer<typeof watchedRunSchema>
