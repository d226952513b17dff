import { z } from 'zod'
import { OperationError } from '../../base/errors.ts'
import { jsonSchema } from '../../base/json.ts'
import { recordedStepSchema } from '../../engine/recorded-step.ts'
import { journeyDocumentSchema, nodeDocumentSchema } from '../../journeys/journey-document.ts'
import { revisionSchema } from '../../journeys/revision.ts'

/** The newest version of the format that this program writes and reads. */
export const traceVersion = 1

const format = 'sidegate-trace'

/** UTF-16 units of a file. Larger ones would block the page that shows them. */
const maxLength = 32 * 1024 * 1024

const callbackSchema = z.object({
  type: z.string(),
  /** What a person can read: prompt, message, choices. */
  texts: z.array(z.string()),
})

/** What a client showed after a request. */
const shownSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('page'), title: z.string(), callbacks: z.array(callbackSchema) }),
  z.object({ kind: z.literal('success'), successUrl: z.string().optional() }),
  z.object({ kind: z.literal('failure'), message: z.string() }),
])

/** Subject and text have only words of the configuration and the walk. */
const mailSchema = z.object({
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  /** Absent in traces of earlier builds. */
  text: z.string().optional(),
})

const callSchema = z.object({
  method: z.string(),
  url: z.string(),
  body: jsonSchema.optional(),
  /** The HTTP status, or why there was none. */
  answer: z.union([z.number(), z.string()]),
  reply: jsonSchema.optional(),
})

/** Something that the walk did: one request of a party, or another step. */
const eventSchema = z.object({
  kind: z.enum([
    'start',
    'answer',
    'open',
    'reject',
    'phone',
    'wait',
    'mail',
    'update',
    'request',
    'approve',
    'decline',
  ]),
  /** Index of the step. Absent for a start that no step asked for. */
  step: z.int().min(0).optional(),
  /** Line of the step in the walk file. */
  line: z.int().min(1).optional(),
  /** Empty in a walk of one party, and for steps of no party. */
  party: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  /** The journey of a start, the time of a wait, the people of an update. */
  about: z.string(),
  sent: z.array(z.object({ name: z.string(), value: z.string() })),
  shown: shownSchema.optional(),
  /** The request of a run that this is: index of the run, and the number of the request in its steps. */
  run: z.int().min(0).optional(),
  request: z.number().optional(),
  /** Emails and calls that followed. */
  mails: z.array(mailSchema),
  calls: z.array(callSchema),
})

const differenceSchema = z.object({
  subject: z.string(),
  expected: z.string(),
  got: z.string(),
  more: z.array(z.string()),
  /** Index of the event after which it showed. */
  event: z.int().min(0).optional(),
  /** The node at which a path differs: index of the run, and of its step. */
  node: z.object({ run: z.int().min(0), step: z.int().min(0) }).optional(),
})

const { scripts, customNodeTypes } = revisionSchema.shape

/** The record of one walk. Secrets were masked before it was written. */
const traceSchema = z.object({
  format: z.literal(format),
  version: z.literal(traceVersion),
  /** Version of Sidegate. */
  sidegate: z.string(),
  walk: z.object({
    file: z.string(),
    line: z.int().min(1),
    /** The journey or script. */
    about: z.string(),
    it: z.string(),
    /** Lines of the walk file: its head, and this walk. None of a walk in TypeScript. */
    source: z.array(z.object({ line: z.int().min(1), text: z.string() })),
  }),
  /** `broken`: the walk can't be played to its end. */
  status: z.enum(['passed', 'failed', 'broken']),
  /** Why it is broken, and the line of its step or else of the walk. */
  broken: z.object({ reason: z.string(), line: z.int().min(1) }).optional(),
  /** The clock of the walk, in epoch milliseconds. */
  startedAt: z.number(),
  endedAt: z.number(),
  /** The revisions that the runs used, together. */
  frozen: z.object({
    revisions: z.array(z.object({ journey: z.string(), id: z.string() })),
    journeys: z.array(journeyDocumentSchema),
    nodes: z.array(nodeDocumentSchema),
    scripts,
    customNodeTypes,
  }),
  runs: z.array(
    z.object({
      party: z.string(),
      journey: z.string().optional(),
      steps: z.array(recordedStepSchema),
    }),
  ),
  events: z.array(eventSchema),
  differences: z.array(differenceSchema),
})

export type Trace = z.infer<typeof traceSchema>
export type TraceEvent = Trace['events'][number]
export type TraceShown = z.infer<typeof shownSchema>
export type TraceCall = z.infer<typeof callSchema>
export type TraceDifference = z.infer<typeof differenceSchema>

/** The members that every version has. */
const headSchema = z.looseObject({
  format: z.literal(format),
  version: z.int().min(1),
  sidegate: z.string().max(100).catch('an unknown version'),
})

/** A trace as the text of a file. */
export function traceText(trace: Omit<Trace, 'format' | 'version'>): string {
  return `${JSON.stringify({ format, version: traceVersion, ...trace })}\n`
}

/**
 * Reads the text of a trace.
 * @param name of the file, for errors.
 * @throws OperationError for a text that is not a trace, or one of a newer version.
 */
export function readTrace(text: string, name: string): Trace {
  if (text.length > maxLength) {
    throw new OperationError(`${name} is too large: traces have at most ${maxLength / 1024 / 1024} MB.`)
  }
  const json = parsed(text, name)
  const head = headSchema.safeParse(json)
  if (!head.success) throw new OperationError(`${name} is not a trace that \`sidegate test\` wrote.`)
  const { version, sidegate } = head.data
  if (version > traceVersion) {
    throw new OperationError(
      `${name} has version ${version} of the format, written by Sidegate ${JSON.stringify(sidegate)}. This one reads version ${traceVersion}: update Sidegate.`,
    )
  }
  const trace = traceSchema.safeParse(json)
  if (trace.success) return trace.data
  const [issue] = trace.error.issues
  throw new OperationError(
    `${name} is not a valid trace: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}. Run its walk again.`,
  )
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new OperationError(
      `${name} is not a trace, or only a part of one: it is not valid JSON. Run its walk again.`,
      { cause },
    )
  }
}
