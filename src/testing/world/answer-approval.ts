import { answerApproval as endpoint, listApprovals } from '../../../contract/approvals.ts'
import { OperationError } from '../../base/errors.ts'
import type { Send } from '../client/journey-client.ts'
import type { ApprovalStep } from '../walk-file.ts'

/** Sends requests below a realm, as one person. */
export type Desk = { send: Send; path: string; cookie: string }

/**
 * Answers the newest request for approval that an agent's desk shows.
 * @returns false if the agent may answer no request. @throws OperationError if the server refuses the answer.
 */
export async function answerApproval(desk: Desk, { kind, answer }: ApprovalStep): Promise<boolean> {
  const headers = { cookie: desk.cookie, 'content-type': 'application/json' }
  const listed = await desk.send({ method: 'GET', path: `${desk.path}/${listApprovals.path}`, headers })
  if (listed.status !== 200) throw new OperationError(`${answer.as} may not answer requests for approval`)
  const { result } = listApprovals.answer().parse(JSON.parse(listed.body))
  const found = result.find(({ mayAnswer }) => mayAnswer)
  if (found === undefined) return false
  const answered = await desk.send({
    method: 'POST',
    path: `${desk.path}/${endpoint.path.replace(':id', found._id)}?_action=${kind}`,
    headers,
    body: JSON.stringify('reason' in answer ? { reason: answer.reason } : {}),
  })
  if (answered.status !== 200) throw new OperationError(`the server refused the answer of ${answer.as}`)
  return true
}
