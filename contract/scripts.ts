import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazyLooseObject, lazyObject, namedLooseObject, namedObject } from './lazy.ts'

const memberSchema = namedObject('BindingMember', () => ({
  name: z.string(),
  signature: z.optional(z.string()),
  help: z.string(),
  answers: z.optional(z.string()),
}))

const bindingSchema = namedObject('Binding', () => ({
  name: z.string(),
  kind: z.string(),
  help: z.string(),
  signature: z.optional(z.string()),
  answers: z.optional(z.string()),
  members: z.optional(z.array(memberSchema())),
}))

export const readBindings = endpoint('GET', 'scripts/bindings', {
  query: lazyObject(() => ({ context: z.string(), evaluatorVersion: z.optional(z.string()) })),
  answer: lazyObject(() => ({
    context: z.string(),
    evaluatorVersion: z.string(),
    bindings: z.array(bindingSchema()),
    /** What the functions of bindings answer with. */
    types: z.array(bindingSchema()),
  })),
})

const problemSchema = lazyObject(() => ({
  line: z.number(),
  column: z.optional(z.number()),
  message: z.string(),
}))

/** Lines and columns count from 1. A warning runs here, but not on the vendor's engine, or is about an unknown name. */
const validationSchema = lazyObject(() => ({
  success: z.boolean(),
  errors: z.optional(z.array(problemSchema())),
  warnings: z.optional(z.array(z.extend(problemSchema(), { isName: z.optional(z.literal(true)) }))),
}))

const changeSchema = lazyObject(() => ({
  part: z.string(),
  change: z.enum(['added', 'changed', 'removed']),
  before: z.optional(z.json()),
  after: z.optional(z.json()),
}))

/** What a script did in a trial. */
const trialSchema = lazyLooseObject(() => ({
  outcome: z.nullable(z.string()),
  config: z.nullable(z.json()),
  error: z.nullable(
    z.looseObject({
      kind: z.string(),
      message: z.string(),
      line: z.nullable(z.number()),
      column: z.nullable(z.number()),
    }),
  ),
  state: z.record(z.string(), changeSchema()),
  callbacks: z.array(z.looseObject({ type: z.string() })),
  log: z.array(z.object({ level: z.string(), at: z.number(), message: z.string() })),
  calls: z.array(z.object({ op: z.string(), summary: z.string(), isMade: z.boolean() })),
  cpuMilliseconds: z.number(),
  wallMilliseconds: z.number(),
  /** Missing if the script did not start. */
  memoryBytes: z.optional(z.number()),
  limits: z.object({ cpuMilliseconds: z.number(), memoryBytes: z.number() }),
}))

/** `script` is base64 of UTF-8. */
const scriptSchema = namedLooseObject('Script', () => ({
  name: z.string(),
  script: z.optional(z.string()),
  context: z.optional(z.string()),
}))

const createScript = { body: scriptSchema, answer: scriptSchema }

export const scriptActions = endpoint('POST', 'scripts', {
  actions: {
    create: createScript,
    createGlobal: createScript,
    validate: {
      /** `script` is base64 of UTF-8. */
      body: lazyObject(() => ({
        script: z.string(),
        language: z.optional(z.string()),
        /** With a context, names that don't exist there are warnings. */
        context: z.optional(z.string()),
        evaluatorVersion: z.optional(z.string()),
        /** Names of the settings and outcomes of a custom node. */
        properties: z.optional(z.array(z.string())),
        outcomes: z.optional(z.array(z.string())),
        /** Id of a stored script: outcomes that none of its nodes has are warnings. */
        id: z.optional(z.string()),
      })),
      answer: validationSchema,
    },
    try: { answer: trialSchema },
  },
})
