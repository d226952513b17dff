import * as z from 'zod/mini'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

const watchSchema = z.object({
  watch: z.string(),
  key: z.string(),
  header: z.string(),
  expiresAt: z.number(),
})

const summarySchema = z.object({
  _id: z.string(),
  journey: z.string(),
  outcome: z.string(),
  step: z._default(z.number(), 0),
  startedAt: z._default(z.number(), 0),
  nodes: z._default(z.number(), 0),
  user: z.optional(z.string()),
  isWatched: z._default(z.boolean(), false),
})

const readSchema = z.object({
  key: z.string(),
  value: z.optional(z.json()),
  isMasked: z._default(z.boolean(), false),
})

const writeSchema = z.object({
  key: z.string(),
  before: z.optional(z.json()),
  after: z.optional(z.json()),
  isMasked: z._default(z.boolean(), false),
  change: z.optional(z.enum(['added', 'changed', 'removed'])),
})

const stepSchema = z.object({
  /** Counts from 1. */
  request: z.number(),
  /** Position of the node's visit in the run. Nodes inside a page node have the page's. */
  order: z.number(),
  at: z._default(z.number(), 0),
  /** The journeys around the node, outermost first. */
  journeys: z._default(z.array(z.string()), []),
  page: z._default(z.nullable(z.string()), null),
  nodeId: z.string(),
  nodeType: z.string(),
  title: z._default(z.string(), ''),
  displayName: z._default(z.string(), ''),
  result: z._default(z.enum(['outcome', 'callbacks', 'suspended', 'entered', 'error']), 'outcome'),
  outcome: z.optional(z.nullable(z.string())),
  reason: z.optional(z.nullable(z.string())),
  /** Milliseconds. */
  duration: z._default(z.number(), 0),
  callbacks: z._default(z.array(z.string()), []),
  reads: z._default(z.array(readSchema), []),
  writes: z._default(z.array(writeSchema), []),
  log: z._default(z.array(z.object({ level: z.string(), message: z.string() })), []),
})

const runSchema = z.extend(summarySchema, {
  isCut: z._default(z.boolean(), false),
  steps: z._default(z.array(stepSchema), []),
})

const runsSchema = z.object({ result: z.array(summarySchema) })

/** Permission to record the next run of a journey with its state values. `key` is a secret; `watch` is its id. */
export type Watch = z.infer<typeof watchSchema>
export type RunSummary = z.infer<typeof summarySchema>
/** One execution of a node. The last of `journeys` is the node's own. */
export type RunStep = z.infer<typeof stepSchema>
export type StateWrite = z.infer<typeof writeSchema>
/** A run with the steps of its nodes. */
export type Run = z.infer<typeof runSchema>

function sessionsPath(realm: string): string {
  return `${realmPath(realm)}/journey-sessions`
}

export function watchRun(realm: string, journey: string): Promise<Watch> {
  return request(watchSchema, sessionsPath(realm), {
    method: 'POST',
    query: { _action: 'watch' },
    body: { journey },
  })
}

/** Newest first; optionally only the runs of a journey or a watch. */
export async function listRuns(
  realm: string,
  query: { journey?: string; watch?: string } = {},
  signal?: AbortSignal,
): Promise<RunSummary[]> {
  const { result } = await request(runsSchema, sessionsPath(realm), { query, signal })
  return result
}

/** @throws ApiError 404 when the run has been deleted. */
export function readRun(realm: string, id: string, signal?: AbortSignal): Promise<Run> {
  return request(runSchema, `${sessionsPath(realm)}/${encodeURIComponent(id)}`, { signal })
}
