import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { lazyObject, namedObject } from './lazy.ts'
import { pageOf } from './page.ts'

const partySchema = namedObject('Agent', () => ({ _id: z.string(), displayName: z.string() }))

/** A request to the other agents to approve a check before it is opened. Times are epoch milliseconds. */
export const approvalSchema = namedObject('Approval', () => ({
  _id: z.string(),
  requestedBy: partySchema(),
  /** Whether the agent who reads it asked. */
  isOwn: z.boolean(),
  /** Whether the agent who reads it may answer it. */
  mayAnswer: z.boolean(),
  /** The person whom the check will be about, with the attributes that agents may see; null once the request no longer waits, or if the person was deleted. */
  subject: z.nullable(z.looseObject({ _id: z.string() })),
  subjectName: z.string(),
  action: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  ticket: z.nullable(z.string()),
  /** The caller, if the subject is asked to vouch. */
  vouchFor: z.nullable(z.string()),
  check: z.string(),
  checkTitle: z.string(),
  /** waiting, approved, declined, expired or cancelled. */
  state: z.string(),
  answeredBy: z.nullable(partySchema()),
  declineReason: z.nullable(z.string()),
  createdAt: z.number(),
  expiresAt: z.number(),
  answeredAt: z.nullable(z.number()),
}))

export const listApprovals = endpoint('GET', 'help-desk/approvals', { answer: pageOf(approvalSchema) })

const declineSchema = lazyObject(() => ({
  reason: z.optional(
    z
      .string('must be a text of at most 200 characters')
      .check(z.maxLength(200, 'must be a text of at most 200 characters')),
  ),
}))

export const answerApproval = endpoint('POST', 'help-desk/approvals/:id', {
  actions: {
    approve: { answer: approvalSchema },
    decline: { body: declineSchema, answer: approvalSchema },
  },
})
