import * as z from 'zod/mini'
import { realmPath } from './realm-path.ts'
import { request } from './request.ts'

const helpDeskSchema = z.object({
  organisation: z.string(),
  agent: z.nullable(z.object({ _id: z.string(), userName: z.string(), displayName: z.string() })),
  checks: z.array(
    z.object({
      journey: z.string(),
      title: z.string(),
      description: z.string(),
      takesMail: z.boolean(),
      lifeSeconds: z.number(),
    }),
  ),
  actions: z.array(z.string()),
  transactionSeconds: z.number(),
  shownToCallers: z.nullable(z.string()),
  canMail: z.boolean(),
  mayLiftPauses: z.boolean(),
})

const text = z.catch(z.optional(z.string()), undefined)

export const personSchema = z.object({
  _id: z.string(),
  hasMail: z.boolean(),
  userName: text,
  givenName: text,
  sn: text,
  mail: text,
  telephoneNumber: text,
  department: text,
  accountStatus: text,
  pausedUntil: z.catch(z.nullable(z.number()), null),
})

const peopleSchema = z.object({ result: z.array(personSchema), hasMore: z.boolean() })

/** Clients must ignore kinds they don't know: new ones can be added. */
export const entrySchema = z.looseObject({
  kind: z.string(),
  at: z.number(),
  sequence: z.optional(z.number()),
  to: z.optional(z.string()),
  data: z.optional(z.unknown()),
  triesLeft: z.optional(z.number()),
  agent: z.optional(z.string()),
  /** Why a sign-in failed, or how the check was rejected after its result. */
  reason: z.optional(z.nullable(z.string())),
  /** Sent to the agent with the event that makes the caller's page show it. */
  reverseCode: z.optional(z.nullable(z.string())),
  state: z.optional(z.string()),
})

export const checkSummarySchema = z.object({
  reference: z.string(),
  subject: z.nullable(z.string()),
  subjectId: z.nullable(z.string()),
  action: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  ticket: z.nullable(z.string()),
  vouchFor: z.nullable(z.string()),
  check: z.nullable(z.string()),
  checkTitle: z.nullable(z.string()),
  agent: z.nullable(z.string()),
  secondAgent: z.nullable(z.string()),
  state: z.string(),
  result: z.string(),
  ending: z.nullable(z.string()),
  rejectedAt: z.nullable(z.number()),
  startedAt: z.number(),
  endedAt: z.nullable(z.number()),
  expiresAt: z.number(),
  notifications: z.number(),
  lastKind: z.string(),
  lastText: z.nullable(z.string()),
  sentAt: z.nullable(z.number()),
})

const code = z.optional(z.nullable(z.string()))

const proofSchema = z.object({
  code,
  reverseCode: code,
  triesLeft: z.number(),
  isBound: z.boolean(),
  methods: z.array(z.string()),
  level: z.number(),
  grant: z.object({
    state: z.string(),
    neededLevel: z.optional(z.number()),
    expiresAt: z.optional(z.number()),
    usedAt: z.optional(z.number()),
    usedBy: z.optional(z.string()),
  }),
})

const checkRecordSchema = z.extend(checkSummarySchema, {
  timeline: z.array(entrySchema),
  verification: z.nullable(proofSchema),
})

const checkListSchema = z.object({
  result: z.array(checkSummarySchema),
  pagedResultsCookie: z.nullable(z.string()),
})

const snapshotSchema = z.object({
  reference: z.string(),
  expiresAt: z.number(),
  timeline: z.array(entrySchema),
  redirectUri: z.optional(z.string()),
  code,
  reverseCode: code,
})

const usedSchema = z.object({ usedAt: z.number() })
const sentSchema = z.object({ sentTo: z.string(), at: z.number() })
const cancelledSchema = z.object({ reference: z.string(), state: z.string() })

/** What the desk shows before any check: the agent, the offered checks and the purposes to choose from. */
export type HelpDesk = z.infer<typeof helpDeskSchema>
export type OfferedCheck = HelpDesk['checks'][number]

/** A possible caller, with the attributes that the realm shows to agents. The telephone number is masked. */
export type Person = z.infer<typeof personSchema>

/** Times are epoch milliseconds. */
export type TimelineEntry = z.infer<typeof entrySchema>

/** A check in a list. */
export type CheckSummary = z.infer<typeof checkSummarySchema>
export type CheckRecord = z.infer<typeof checkRecordSchema>

/** How the caller proved who they are, and whether the result was used. */
export type CheckProof = z.infer<typeof proofSchema>

/** The state of a check at the start of its feed. Only the journey that created it gets `redirectUri`, only its agent the codes. */
export type Snapshot = z.infer<typeof snapshotSchema>

export type CheckListQuery = {
  /** One state, or `open` for all running checks. */
  state?: string | undefined
  pageSize?: number
  /** Cookie of the previous page. */
  cookie?: string | undefined
  signal?: AbortSignal
}

export function readHelpDesk(realm: string): Promise<HelpDesk> {
  return request(helpDeskSchema, `${realmPath(realm)}/help-desk`)
}

/** @param text 2 to 64 characters. */
export async function findPeople(
  realm: string,
  text: string,
  signal?: AbortSignal,
): Promise<{ people: Person[]; hasMore: boolean }> {
  const { result, hasMore } = await request(peopleSchema, `${realmPath(realm)}/help-desk/people`, {
    query: { q: text },
    ...(signal === undefined ? {} : { signal }),
  })
  return { people: result, hasMore }
}

/** Newest first. Administrators get the checks of all agents. */
export async function listChecks(
  realm: string,
  { state, pageSize = 50, cookie, signal }: CheckListQuery = {},
): Promise<{ verifications: CheckSummary[]; cookie: string | undefined }> {
  const { result, pagedResultsCookie } = await request(
    checkListSchema,
    `${realmPath(realm)}/help-desk/verifications`,
    {
      query: { state, _pageSize: pageSize, _pagedResultsCookie: cookie },
      ...(signal === undefined ? {} : { signal }),
    },
  )
  return { verifications: result, cookie: pagedResultsCookie ?? undefined }
}

export function readCheck(realm: string, reference: string, signal?: AbortSignal): Promise<CheckRecord> {
  const path = `${realmPath(realm)}/help-desk/verifications/${encodeURIComponent(reference)}`
  return request(checkRecordSchema, path, signal === undefined ? {} : { signal })
}

/**
 * Marks the result of a check as used, which works once.
 * @throws ApiError 409 when there is no usable result; the message says why.
 */
export async function markResultUsed(realm: string, reference: string): Promise<void> {
  const path = `${realmPath(realm)}/help-desk/verifications/${encodeURIComponent(reference)}`
  await request(usedSchema, path, { method: 'POST', query: { _action: 'use' }, body: {} })
}

/** Cancels a check, so that its link stops working. */
export async function cancelCheck(realm: string, reference: string): Promise<void> {
  await request(cancelledSchema, `${realmPath(realm)}/authenticate/backchannel/cancel`, {
    method: 'POST',
    body: { reference },
  })
}

/** Emails the link to the caller's address on file. @returns the masked address. */
export async function sendLink(realm: string, reference: string): Promise<string> {
  const { sentTo } = await request(sentSchema, `${realmPath(realm)}/authenticate/backchannel/send`, {
    method: 'POST',
    body: { reference },
  })
  return sentTo
}

const liftedSchema = z.object({ isLifted: z.boolean() })

/** Lifts the pause after "this is not me". @returns whether there was one. */
export async function liftPause(realm: string, personId: string): Promise<boolean> {
  const path = `${realmPath(realm)}/help-desk/people/${encodeURIComponent(personId)}`
  const lifted = await request(liftedSchema, path, {
    method: 'POST',
    query: { _action: 'liftPause' },
    body: {},
  })
  return lifted.isLifted
}

export function parseSnapshot(data: unknown): Snapshot {
  return z.parse(snapshotSchema, data)
}

export function parseEntry(data: unknown): TimelineEntry {
  return z.parse(entrySchema, data)
}
