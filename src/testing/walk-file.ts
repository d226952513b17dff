import { z } from 'zod'
import { jsonObjectSchema, jsonSchema } from '../base/json.ts'
import { maskedText } from '../runtime/mask.ts'
import type { JsonPage } from '../walks/page.ts'
import { declaredSettingsSchema } from './declared-settings.ts'
import { httpMockSchema } from './http-mock.ts'
import { issueText } from './issue-text.ts'
import { isExpectable } from './play/expected.ts'

// The format of walk files. YAML and TypeScript share it; only TypeScript can use functions.
//
// Texts can contain values: `${name}` that a step kept, `${person.password}` and other attributes of a person,
// `${person.totp}` of a person with an authenticator app, `${totp:name}` for a key or `otpauth:` URI that a step kept,
// `${party.link}`, `${party.code}` and `${party.reverseCode}` of the transaction that a party opened, and `${secret:NAME}` from
// the environment.

/** What a function in a walk gets. */
export type Moment = {
  /** The page on the screen, as in AM's JSON. Undefined before the first page and after the end. */
  page: JsonPage | undefined
  /** Values that earlier steps kept. */
  kept: Record<string, string>
  /** The walk's time, in epoch milliseconds. */
  now: number
  /** Submits a form of another site to the server. @returns where the server sends the browser; undefined if nowhere. */
  submit(url: string, form: Readonly<Record<string, string>>): Promise<string | undefined>
}

/** A function of a walk, in TypeScript. */
export type Computed = (moment: Moment) => unknown

const computed = z.custom<Computed>((value) => typeof value === 'function')

const text = z.string().min(1)

/** The name of an outcome, which YAML may read as a boolean or a number. */
const outcomeName = z.union([text, z.boolean(), z.number()]).transform(String)

/** `5s`, `6m`, `2h` or `1d`. */
const duration = z.string().regex(/^\d+(\.\d+)?(ms|s|m|h|d)$/, 'must be a time such as 30s, 6m, 2h or 1d')

/** A text, or a regular expression between slashes. */
const expectedText = text.refine(isExpectable, 'is an invalid regular expression')

/** A regular expression between slashes, with a group for the value to keep. */
const regex = expectedText.regex(/^\/.+\/[imsu]*$/s, 'must be a regular expression such as /Code: (\\d+)/')

const answerSchema = z.record(text, z.union([jsonSchema, computed]))

const querySchema = z.record(text, z.string())

const startSchema = z.union([
  text,
  z.strictObject({
    journey: text.optional(),
    query: querySchema.optional(),
    headers: querySchema.optional(),
  }),
])

const successSchema = z.strictObject({
  successUrl: expectedText.optional().describe('Where the client goes.'),
  realm: expectedText.optional().describe('The realm of the answer.'),
  person: expectedText.optional().describe('The signed-in person. Default: the owner of the given password.'),
  level: z.int().min(0).optional().describe('The authentication level of the session.'),
  properties: z.record(text, expectedText).optional().describe('Properties that the journey puts.'),
  session: duration.optional().describe('The maximum lifetime of the session.'),
})

const endsSchema = z.union(
  [
    z.enum(['success', 'failure']),
    z.strictObject({ success: z.union([z.literal(true), successSchema]) }),
    z.strictObject({ failure: z.union([z.literal(true), expectedText]) }),
  ],
  `must be success, failure, { failure: "the text" } or { success: { … } } with ${Object.keys(successSchema.shape).join(', ')}`,
)

const askedSchema = z.union([expectedText, z.strictObject({ not: expectedText })])

/** A text that a page has, or does not have. */
export type Asked = z.infer<typeof askedSchema>

export const actionSchema = z.strictObject({
  start: startSchema.optional().describe('Starts a journey in the same browser.'),
  opens: text.optional().describe('Opens a link: `link` for the link of a transaction, or a kept value.'),
  answer: answerSchema.optional().describe('Answers by prompt or type of callback, and submits the page.'),
  redirect: z
    .union([querySchema, computed])
    .optional()
    .describe('Returns from another site with these query parameters.'),
  returns: z.literal(true).optional().describe('Submits a waiting page without answers.'),
  phone: z
    .enum(['approves', 'denies'])
    .optional()
    .describe(
      'Answers the push notification of the page on the phone, or registers its app. Approving chooses the number.',
    ),
  rejects: z
    .enum(['notMe', 'calledMe', 'notVouched'])
    .optional()
    .describe('Reports from the link of a transaction that this is not the caller.'),
  times: z.int().min(1).max(1000).optional().describe('Repeats the answer.'),
  asks: z
    .union([askedSchema, z.array(askedSchema)])
    .optional()
    .describe('Texts or callback types that the page after this step has, or with { not: … } does not have.'),
  keep: z.record(text, regex).optional().describe('Keeps parts of the texts on the page.'),
  ends: endsSchema.optional().describe('How the journey ends with this step.'),
})

export type ActionStep = z.infer<typeof actionSchema>

const mailSchema = z.strictObject({
  to: expectedText.optional(),
  from: expectedText.optional(),
  subject: expectedText.optional(),
  text: expectedText.optional().describe('A part of the content.'),
  keep: z.record(text, regex).optional(),
})

export type ExpectedMail = z.infer<typeof mailSchema>

const requestSchema = z.strictObject({
  to: text.describe('The person.'),
  from: text.default('An application').describe('The name of the application.'),
  message: text.optional().describe('What the person is asked to confirm: the binding message.'),
})

/** An application's request to a person to sign in on their own device (CIBA). The person gets the link by email. */
export type ApplicationRequest = z.infer<typeof requestSchema>

/** A change that an administrator makes: attributes, or `deleted`. */
const personUpdateSchema = z.union([z.literal('deleted'), z.record(text, jsonSchema)])

export type PersonUpdate = z.infer<typeof personUpdateSchema>

const updateStepSchema = z.strictObject({ update: z.record(text, personUpdateSchema) })

export type PersonUpdates = z.infer<typeof updateStepSchema>['update']

const approveStepSchema = z.strictObject({
  approve: z.strictObject({ as: text.describe('The second agent.') }),
})

const declineStepSchema = z.strictObject({
  decline: z.strictObject({
    as: text.describe('The second agent.'),
    reason: z.string().max(200, 'must have at most 200 characters').optional(),
  }),
})

/** The answer of a second agent to the newest request that waits. */
export type ApprovalStep =
  | { kind: 'approve'; answer: z.infer<typeof approveStepSchema>['approve'] }
  | { kind: 'decline'; answer: z.infer<typeof declineStepSchema>['decline'] }

const waitSchema = z.strictObject({ wait: duration })
const requestStepSchema = z.strictObject({ request: requestSchema })
const mailStepSchema = z.strictObject({ mail: mailSchema })

/** Schemas of steps, that of an action first. Those of parties contain an action. */
export const stepSchemas: readonly z.ZodType[] = [
  actionSchema,
  mailStepSchema,
  requestStepSchema,
  updateStepSchema,
  approveStepSchema,
  declineStepSchema,
  waitSchema,
]

/** A step of a walk with several parties: one member, named after the party. */
const partyStepSchema = z.record(text, actionSchema).refine((step) => Object.keys(step).length === 1, {
  message:
    'must be an action (answer, start, opens, returns, asks …), a mail, a request, an update, an approve, a decline, a wait, or the step of one party',
})

export type Step =
  | { kind: 'action'; party: string | undefined; action: ActionStep }
  | { kind: 'mail'; mail: ExpectedMail }
  | { kind: 'request'; request: ApplicationRequest }
  | { kind: 'update'; update: PersonUpdates }
  | ApprovalStep
  | { kind: 'wait'; wait: string }

const actionNames: ReadonlySet<string> = new Set(Object.keys(actionSchema.shape))

const stepMembers = [...actionNames, 'mail', 'wait', 'request', 'update', 'approve', 'decline']

/** Steps can be lists, so that YAML aliases of lists work. */
type StepTree = unknown

/** @returns the schema that fits a step, so that its errors are about the members that it has. */
function stepSchemaFor(step: unknown): z.ZodType {
  if (typeof step !== 'object' || step === null) return actionSchema
  const names = Object.keys(step)
  if (names.includes('wait')) return waitSchema
  if (names.includes('mail')) return mailStepSchema
  if (names.includes('request')) return requestStepSchema
  if (names.includes('update')) return updateStepSchema
  if (names.includes('approve')) return approveStepSchema
  if (names.includes('decline')) return declineStepSchema
  return names.length === 1 && !actionNames.has(names[0] ?? '') ? partyStepSchema : actionSchema
}

const stepSchema = z.unknown().transform((step: StepTree, context): Step => {
  const parsed = stepSchemaFor(step).safeParse(step)
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const message = issueText(issue, stepMembers)
      context.issues.push({ code: 'custom', path: issue.path, message, input: step })
    }
    return z.NEVER
  }
  return stepOf(parsed.data)
})

function stepOf(parsed: unknown): Step {
  // The schemas above have checked the members.
  const step = parsed as Record<string, unknown>
  if ('wait' in step) return { kind: 'wait', wait: String(step.wait) }
  if ('mail' in step) return { kind: 'mail', mail: step.mail as ExpectedMail }
  if ('update' in step) return { kind: 'update', update: step.update as PersonUpdates }
  if ('approve' in step) return { kind: 'approve', answer: step.approve } as ApprovalStep
  if ('decline' in step) return { kind: 'decline', answer: step.decline } as ApprovalStep
  if ('request' in step) return { kind: 'request', request: step.request as ApplicationRequest }
  const [[name = '', value] = []] = Object.entries(step)
  if (actionNames.has(name) || name === '') {
    return { kind: 'action', party: undefined, action: step as ActionStep }
  }
  return { kind: 'action', party: name, action: value as ActionStep }
}

const partySchema = z.strictObject({
  journey: text.optional(),
  signedIn: text.optional().describe('A person who is signed in before the walk.'),
  query: querySchema.optional(),
  headers: querySchema.optional(),
  transactionOf: text.optional().describe('The party whose transaction this party completes.'),
  browserOf: text.optional().describe('The party whose browser, with its cookies, this party uses.'),
})

export type Party = z.infer<typeof partySchema>

/** A person to create: attributes of the managed object, roles, password and kind. */
const personSchema = z
  .looseObject({
    password: text.optional(),
    roles: z.array(text).optional(),
    kind: z.enum(['user', 'agent']).optional(),
    authenticatorApp: z
      .literal(true)
      .optional()
      .describe('Registers an authenticator app. Its code is `totp` of the person.'),
    createdAgo: duration.optional().describe('How long ago the person was created.'),
  })
  .catchall(jsonSchema)

export type Person = z.infer<typeof personSchema>

/** Expected changes of a person: attributes, `+1` for numbers, or `deleted`. */
const personChangeSchema = z.union([z.literal('deleted'), z.record(text, jsonSchema)])

/** A part of the live feed: the kind of an event, or a notification with its data. */
const toldSchema = z.union([text, z.strictObject({ notification: jsonObjectSchema })])

export type Told = z.infer<typeof toldSchema>

const pathSchema = z.array(text)

const stubSchema = z.union([
  outcomeName,
  z.strictObject({
    outcome: outcomeName,
    shared: jsonObjectSchema.optional().describe('Values that the node puts into shared state.'),
  }),
])

/** An outcome, perhaps with what the node would leave in shared state. */
export type Stub = z.infer<typeof stubSchema>

/** Members that a file and each of its walks can have; those of a walk win. */
const sharedSchema = {
  journey: text.optional().describe('The journey to start.'),
  parties: z
    .record(text, partySchema)
    .optional()
    .describe('Clients with a browser each, for journeys of several people.'),
  query: querySchema.optional().describe('Query parameters of the start.'),
  headers: querySchema.optional().describe('Headers of every request.'),
  at: z.iso
    .datetime('must be a time such as 2026-02-28T23:55:00Z')
    .optional()
    .describe('The time at which the walk starts, such as 2026-02-28T23:55:00Z. Default: now.'),
  realm: declaredSettingsSchema.optional().describe('Settings of the realm.'),
  esv: z
    .record(text, z.string())
    .optional()
    .describe('Variables and secrets that scripts and settings name.'),
  http: z.array(httpMockSchema).optional().describe('Expected HTTP calls and their replies.'),
  stub: z
    .record(text, stubSchema)
    .optional()
    .describe('Nodes that answer with this outcome instead of running, and put values into shared state.'),
}

const walkSchema = z.strictObject({
  ...sharedSchema,
  it: z
    .string('must say what the journey does')
    .min(1)
    .describe('What the journey does, as the end of a sentence.'),
  steps: z
    .preprocess((steps) => (Array.isArray(steps) ? steps.flat(9) : steps), z.array(stepSchema))
    .default([])
    .describe('What the client does, in order.'),
  ends: endsSchema.optional().describe('How the journey ends: success, failure, or with details.'),
  path: z
    .union([pathSchema, z.record(text, pathSchema)], 'must be a list such as [Check → true, Success]')
    .optional()
    .describe('The nodes in order, such as Check → true; ... stands for any number of nodes.'),
  visits: z.record(text, z.int().min(0)).optional().describe('How often nodes take an outcome.'),
  people: z.record(text, personChangeSchema).optional().describe('Expected changes of people.'),
  mail: z.array(mailSchema).optional().describe('Emails that no step mentions.'),
  told: z.array(toldSchema).optional().describe('The live feed of the transaction, complete and in order.'),
  skip: text.optional().describe('The reason why this walk does not run.'),
  generated: z
    .literal(true)
    .optional()
    .describe('Set by `sidegate explore` and `sidegate record`; does not count as asserted coverage.'),
  outcome: outcomeName.optional().describe('The outcome of a script.'),
  writes: z
    .strictObject({ shared: jsonObjectSchema.optional() })
    .optional()
    .describe(
      `What the script, or the nodes of the journey, leave in shared state: values, ${maskedText} for a secret, null for none.`,
    ),
  state: z
    .strictObject({ shared: jsonObjectSchema.optional() })
    .optional()
    .describe('The state before a script runs.'),
})

export type Walk = z.infer<typeof walkSchema>

/** How a script runs. */
const scriptAsSchema = z.strictObject({
  context: z
    .enum(['SCRIPTED_DECISION_NODE', 'AUTHENTICATION_TREE_DECISION_NODE'])
    .default('SCRIPTED_DECISION_NODE'),
  evaluatorVersion: z.enum(['1.0', '2.0']).default('2.0'),
  outcomes: z.array(outcomeName).min(1),
})

export const walkFileSchema = z.strictObject({
  ...sharedSchema,
  script: text.optional().describe('A script file to test alone, or the name of a script.'),
  as: scriptAsSchema.optional().describe('How the script runs: evaluatorVersion and outcomes.'),
  people: z.record(text, personSchema).optional().describe('People who exist before each walk.'),
  state: z
    .strictObject({ shared: jsonObjectSchema.optional() })
    .optional()
    .describe('The state before a script runs.'),
  begin: z.unknown().optional().describe('A place for YAML anchors.'),
  walks: z.array(walkSchema).min(1).describe('The walks.'),
})

export type WalkFile = z.infer<typeof walkFileSchema>

/** Names of members of walk files, for suggestions. */
export const walkMembers: readonly string[] = [
  ...Object.keys(walkFileSchema.shape),
  ...Object.keys(walkSchema.shape),
  ...Object.keys(partySchema.shape),
  ...Object.keys(mailSchema.shape),
]

/** Milliseconds of `5s`, `6m`, `2h` or `1d`. */
export function durationMs(text: string): number {
  const [, amount = '0', unit = 'ms'] = /^([\d.]+)(ms|s|m|h|d)$/.exec(text) ?? []
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
  return Number(amount) * (units[unit] ?? 1)
}
