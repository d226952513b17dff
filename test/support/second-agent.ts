import { answerStep, signIn, stepOf, type WireAnswer } from './wire.ts'

/** The id of the request for approval on which a page waits; empty for other pages. */
export function requestOf(page: WireAnswer): string {
  const metadata = stepOf(page).callbacks.find(({ type }) => type === 'MetadataCallback')
  return Object(metadata?.output[0]?.value)._id ?? ''
}

/** The second agent of the samples approves the check for which a page waits. @returns the next page. */
export async function secondAgentApproves(
  url: string,
  page: WireAnswer,
  headers: Record<string, string>,
): Promise<WireAnswer> {
  const second = await signIn(url, 'noor', 'Noor-Pass-2026')
  const path = `help-desk/approvals/${requestOf(page)}?_action=approve`
  const answer = await fetch(`${url}/json/realms/root/realms/alpha/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', iplanetdirectorypro: second },
    body: '{}',
  })
  if (answer.status !== 200) throw new Error(`the second agent could not approve: ${answer.status}`)
  return answerStep(url, page, [100], { headers })
}
