import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazy, lazyExtend, lazyObject } from './lazy.ts'
import { pageOf } from './page.ts'

const path = 'journey-sessions'

/** Limits of a user agent, so that it is valid as a header of HTTP/1 (RFC 9110, section 5.5). */
export const userAgentSchema = lazy(() =>
  z
    .string('must be text')
    // rule R8: otherwise a key names a user agent that is no header
    .check(
      z.maxLength(400, 'must be at most 400 characters'),
      z.regex(/^[!-~]+( +[!-~]+)*$/, 'must be printable ASCII characters, without spaces at the ends'),
    ),
)

/** How a watched run starts. The server seals it into the key, so that no client of the run can change it. */
const runMembers = lazy(() => ({
  /** What nodes and scripts see as the user agent of the run. Default: that of each request. */
  userAgent: z.optional(userAgentSchema()),
}))

/** Outcomes of a journey session. */
export const sessionOutcomes = ['underway', 'success', 'failure'] as const

const summaryMembers = lazy(() => ({
  _id: z.string(),
  journey: z.string(),
  outcome: z.string(),
  step: z.number(),
  /** Epoch milliseconds. */
  startedAt: z.number(),
  expiresAt: z.number(),
  /** Number of nodes that ran. */
  nodes: z.number(),
  user: z.exactOptional(z.string()),
  isWatched: z.boolean(),
}))

/** The value is absent if the key is masked or had none. `isCut`: it is only the beginning of its JSON text. */
const readSchema = lazyObject(() => ({
  key: z.string(),
  value: z.optional(z.json()),
  isMasked: z.optional(z.boolean()),
  isCut: z.optional(z.boolean()),
}))

const writeSchema = lazyObject(() => ({
  key: z.string(),
  /** Absent if nothing changed or only the key is known. */
  change: z.optional(z.enum(['added', 'changed', 'removed'])),
  before: z.optional(z.json()),
  after: z.optional(z.json()),
  isMasked: z.optional(z.boolean()),
  isCut: z.optional(z.boolean()),
}))

/** A script that failed. */
const exceptionSchema = lazyObject(() => ({
  fault: z.string(),
  id: z.string(),
  /** The id of a script that doesn't exist. */
  name: z.string(),
  context: z.string(),
  line: z.optional(z.number()),
  /** What the script threw, only in watched runs; masked if it contains a secret. */
  message: z.optional(z.string()),
}))

/** One run of a node. Only watched runs have values. */
const stepSchema = lazyObject(() => ({
  /** Number of the request within the run, from 1. */
  request: z.number(),
  /** Number of the node within the run, from 1. Nodes inside a page share its number. */
  order: z.number(),
  /** Epoch milliseconds. */
  at: z.number(),
  /** The journeys that contain the node, outermost first. */
  journeys: z.array(z.string()),
  /** Id of the page or Configuration Provider that the node ran inside. */
  page: z.nullable(z.string()),
  nodeId: z.string(),
  nodeType: z.string(),
  title: z.string(),
  displayName: z.string(),
  result: z.enum(['outcome', 'callbacks', 'suspended', 'entered', 'error']),
  outcome: z.optional(z.string()),
  reason: z.optional(z.string()),
  exception: z.optional(exceptionSchema()),
  /** Node types whose outcome was declared by an administrator: they checked nothing. */
  standIns: z.optional(z.array(z.string())),
  /** Milliseconds with fractions. */
  duration: z.number(),
  callbacks: z.array(z.string()),
  reads: z.array(readSchema()),
  writes: z.array(writeSchema()),
  log: z.array(z.object({ level: z.string(), message: z.string() })),
}))

export const listJourneySessions = endpoint('GET', path, {
  query: lazyObject(() => ({
    journey: z.optional(z.string()),
    outcome: z.optional(z.enum(sessionOutcomes)),
    /** Name of a watch. */
    watch: z.optional(z.string()),
  })),
  answer: pageOf(lazy(() => z.object(summaryMembers()))),
})

const issuedWatch = lazyObject(() => ({
  watch: z.string(),
  /** A secret: sent in the header, it records one run with its values. */
  key: z.string(),
  header: z.string(),
  expiresAt: z.number(),
}))

export const watchRun = endpoint('POST', path, {
  actions: {
    watch: {
      body: lazyObject(() => ({
        journey: z.optional(z.string('must be text').check(z.minLength(1, 'must not be empty'))),
        /** Whether the key starts the draft of the journey. Such a run signs nobody in. */
        draft: z.optional(z.boolean('must be true or false')),
        ...runMembers(),
      })),
      answer: issuedWatch,
    },
  },
})

const requestSchema = lazyObject(() => ({
  /** Epoch milliseconds. */
  at: z.number(),
  query: z.record(z.string(), z.string()),
  /** Token of the session that the request came with. */
  session: z.optional(z.string()),
  /** What the run was started as. */
  language: z.optional(z.string().check(z.maxLength(100, 'must be at most 100 characters'))),
  userAgent: z.optional(userAgentSchema()),
  request: z.optional(z.unknown()),
  status: z.number(),
  response: z.unknown(),
}))

/** Goes on with a watched run: as the caller of the transaction that it opened, or as a test. */
export const continueAsCaller = endpoint('POST', `${path}/:id`, {
  actions: {
    continueAsCaller: {
      body: lazy(() => z.object(runMembers())),
      answer: lazyExtend(issuedWatch, () => ({
        /** The caller's journey. */
        journey: z.string(),
        /** A secret: starts the caller's journey as `authIndexValue`. */
        transaction: z.string(),
      })),
    },
    keepAsTest: {
      body: lazyObject(() => ({
        /** The authenticate requests of the run, also of its sign-in and its caller. Nothing of them is stored. */
        requests: z.array(requestSchema()).check(z.maxLength(500, 'must be at most 500')),
      })),
      answer: lazyObject(() => ({
        /** A walk file. */
        file: z.string(),
        /** Names of secrets that the walk needs as environment variables. */
        secrets: z.array(z.string()),
      })),
    },
  },
})

export const readJourneySession = endpoint('GET', `${path}/:id`, {
  answer: lazyObject(() => ({
    ...summaryMembers(),
    /** Whether the record was too long and lacks steps. */
    isCut: z.boolean(),
    /** In order. */
    steps: z.array(stepSchema()),
    trace: z.array(z.unknown()),
    /** Names of the state keys. */
    state: z.object({ shared: z.array(z.string()), secure: z.array(z.string()) }),
  })),
})
