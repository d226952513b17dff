import { signInAsAdministrator } from './backchannel-client.ts'
import { FeedReader } from './feed-reader.ts'
import { answerStep, authenticate, output, signIn, startJourney, stepOf, type WireAnswer } from './wire.ts'

/** The caller in samples/alpha/people.json. */
export const caller = { mail: 'alex@example.com', userName: 'alex', password: 'Alex-Pass-2026' }

/** Holds the answer of a waiting page until the transaction changes. */
export const patient = { headers: { prefer: 'wait=20' } }

/** The text of a page that shows only one. */
export function message(answer: WireAnswer): unknown {
  return output(answer, 'message')
}

/** Lets anyone start the front journeys of the sample realm, as in a realm that offers no checks. */
export async function letAnyoneStartChecks(url: string, settings: object = { checks: [] }): Promise<void> {
  const administrator = await signInAsAdministrator(url)
  const answer = await fetch(`${url}/json/realms/root/realms/alpha/realm-config/help-desk`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', iplanetdirectorypro: administrator },
    body: JSON.stringify(settings),
  })
  if (answer.status !== 200) throw new Error(`the settings were not saved: ${answer.status}`)
}

/** The agent opens a transaction for a caller. @returns the page that waits for the caller. */
export async function agentOpens(url: string, journey = 'HelpDesk', mail = caller.mail) {
  return answerStep(url, await startJourney(url, journey), [mail])
}

/** The agent of the samples. */
const agent = { userName: 'dana', password: 'Dana-Pass-2026', name: 'Dana Desk' }

export function agentSignsIn(url: string): Promise<string> {
  return signIn(url, agent.userName, agent.password)
}

/** The agent's entries for a new check. */
const purpose = { action: 'Unlock the account', reason: 'New phone', ticket: 'INC-48213' }

/** Starts a check like the desk: signed in, and with its purpose. */
export async function deskOpens(
  url: string,
  session: string,
  {
    journey = 'HelpDesk',
    what = purpose,
    mail = caller.mail,
  }: { journey?: string; what?: Record<string, string>; mail?: string } = {},
) {
  const headers = { iplanetdirectorypro: session }
  const query = `&ForceAuth=true&${new URLSearchParams(what)}`
  const page = await answerStep(url, await startJourney(url, journey, { query, headers }), [mail], {
    headers,
  })
  const feed = await agentWatches(url, page)
  const [snapshot] = await feed.first(1)
  await feed.leave()
  const link = String(snapshot?.data.redirectUri)
  const id = new URL(link).searchParams.get('authIndexValue') ?? ''
  return { page, link, id, reference: String(snapshot?.data.reference) }
}

/** The feed of the transaction that this page's journey opened. */
export function agentWatches(url: string, page: WireAnswer, more: Record<string, string> = {}) {
  return FeedReader.open(url, { headers: { 'x-sidegate-authid': stepOf(page).authId, ...more } })
}

/** The link in the snapshot, the transaction id in it, and the reference. */
export async function linkOf(url: string, page: WireAnswer) {
  const feed = await agentWatches(url, page)
  const [snapshot] = await feed.first(1)
  await feed.leave()
  const link = String(snapshot?.data.redirectUri)
  const id = new URL(link).searchParams.get('authIndexValue') ?? ''
  return { link, id, reference: String(snapshot?.data.reference) }
}

/** The caller opens the link, with ForceAuth like the sign-in page. */
export function callerOpens(
  url: string,
  id: string,
  { query = '&ForceAuth=true', ...more }: Parameters<typeof startJourney>[2] = {},
) {
  return authenticate(url, { ...more, query: `?authIndexType=transaction&authIndexValue=${id}${query}` })
}

/** The caller enters a password. */
export function callerEnters(url: string, page: WireAnswer, password = caller.password) {
  return answerStep(url, page, [password])
}

/** Opens the link and enters the password. */
export async function callerSignsIn(url: string, id: string, password = caller.password) {
  return callerEnters(url, await callerOpens(url, id), password)
}

/** Polls until the page no longer waits. */
export async function agentWaits(url: string, page: WireAnswer): Promise<WireAnswer> {
  let answer = page
  while (answer.body.callbacks?.some(({ type }) => type === 'PollingWaitCallback')) {
    answer = await answerStep(url, answer, [], patient)
  }
  return answer
}

/** AM's answer to a start with an unknown transaction, and with any that must look unknown. */
export const unreadable = {
  code: 401,
  reason: 'Unauthorized',
  message: 'Unable to read transaction.',
  detail: { errorCode: '128' },
}
