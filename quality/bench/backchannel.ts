import { type Step, start, stepOf } from './authenticate.ts'
import type { Client } from './client.ts'
import { openFeed } from './feed.ts'

const authenticate = '/json/realms/root/realms/alpha/authenticate'

/** An agent with an open check. */
export type Agent = { step: Step; transaction: string }

/** Opens a check and reads its transaction from the live feed. */
export async function openCheck(client: Client, serverUrl: string, journey: string): Promise<Agent> {
  const step = await start(client, serverUrl, journey)
  const { promise: link, resolve } = Promise.withResolvers<string>()
  const close = await openFeed({ url: feedUrl(serverUrl), authId: step.authId }, (_event, data) => {
    resolve(String(JSON.parse(data).redirectUri))
  })
  const transaction = new URL(await link).searchParams.get('authIndexValue')
  close()
  if (transaction === null) throw new Error('the link has no transaction id')
  return { step, transaction }
}

export function feedUrl(serverUrl: string): string {
  return `${serverUrl}${authenticate}/backchannel/events`
}

/**
 * Opens the caller's link.
 * @returns the first page.
 */
export async function openLink(client: Client, serverUrl: string, transaction: string) {
  const query = `authIndexType=transaction&authIndexValue=${transaction}&ForceAuth=true`
  const { status, text } = await client.post(`${serverUrl}${authenticate}?${query}`, '{}')
  if (status !== 200) throw new Error(`${status} for a caller: ${text}`)
  return stepOf(JSON.parse(text))
}
