import type { Delivery, DeliveryState } from '../../../api/webhook-deliveries.ts'

/** The states of deliveries, in words. */
export const stateLabels: Readonly<Record<DeliveryState, string>> = {
  waiting: 'Waiting',
  delivered: 'Delivered',
  failed: 'Props up',
}

/** After so many tries the server gives something up. */
const maxAttempts = 20

/** What came back at the last try; undefined before the first. */
export function lastResponse({ state, tries, lastStatus }: Delivery): string | undefined {
  if (lastStatus !== null) return `HTTP ${lastStatus}`
  if (state === 'failed' && tries < maxAttempts) return 'Not called'
  return tries === 0 ? undefined : 'No answer'
}

/** How a test event went, in a sentence. */
export function testResultText(delivery: Delivery): string {
  const { state, tries, lastStatus } = delivery
  const answer = lastStatus === null ? 'there was no answer' : `the answer was HTTP ${lastStatus}`
  if (state === 'delivered') return `The test event was delivered: ${answer}.`
  if (state === 'waiting' && tries === 0) return 'The test event is on its way.'
  if (state === 'waiting') return `The test event was not taken: ${answer}. It is tried again by itself.`
  if (lastStatus === 410) return 'The test event was given up: HTTP 410 says that nobody is there any more.'
  if (lastStatus === null && tries < maxAttempts) return `The test event was given up. ${notCalledReason}`
  return `The test event was given up: ${answer}.`
}

/** Why something was given up before anybody was called. */
export const notCalledReason =
  'Nobody was called: an address that is not public is called only if SIDEGATE_HTTP_ALLOW names its host, and a receiver that is off not at all.'

export function attemptsText(tries: number): string {
  return tries === 1 ? '1 try' : `${tries} tries`
}

/** How long until something, roughly. @param at epoch milliseconds. */
export function timeUntil(at: number, now: number): string {
  const seconds = Math.ceil((at - now) / 1_000)
  if (seconds <= 0) return 'now'
  if (seconds < 90) return `in ${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `in ${minutes} min` : `in ${Math.round(minutes / 60)} h`
}
