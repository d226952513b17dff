import * as z from 'zod/mini'
import { answerApproval, approvalSchema, listApprovals as listEndpoint } from '../../contract/approvals.ts'
import { callAction, endpointPath } from './endpoint.ts'
import { personSchema } from './help-desk.ts'
import { request } from './request.ts'

const listedSchema = z.extend(approvalSchema(), {
  subject: z.nullable(z.extend(personSchema, { pausedUntil: z._default(z.nullable(z.number()), null) })),
})

const listSchema = z.extend(listEndpoint.answer(), { result: z.array(listedSchema) })

/** A request to the other agents to approve a check, as this agent sees it. */
export type Approval = z.infer<typeof listedSchema>

/** Those of the last hour that concern the agent, newest first. */
export async function listApprovals(realm: string, signal?: AbortSignal): Promise<Approval[]> {
  const { result } = await request(listSchema, endpointPath(listEndpoint, { realm }), { signal })
  return result
}

/**
 * Approves a check. The server may ask for a recent sign-in first.
 * @throws ApiError 409 if the request no longer waits, 403 if the agent may not answer it.
 */
export async function approve(realm: string, id: string): Promise<void> {
  await callAction(answerApproval, 'approve', { realm, id })
}

/** @throws ApiError as `approve` does. */
export async function decline(realm: string, id: string, reason: string): Promise<void> {
  await callAction(answerApproval, 'decline', { realm, id, body: reason === '' ? {} : { reason } })
}
