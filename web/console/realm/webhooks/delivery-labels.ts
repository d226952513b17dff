import type { Delivery, DeliveryState } from '../../../api/webhook-deliveries.ts'

export const stateLabels: Readonly<Record<DeliveryState, string>> = {
  waiting: 'Pending',
  delivered: 'Delivered',
  failed: 'Failed',
}

/** The server stops retrying after this many attempts. */
const maxAttempts = 20

/** Result of the last attempt. Undefined before the first. */
export function lastResponse({ state, tries, lastStatus }: Delivery): string | undefined {
  if (lastStatus !== null) return `HTTP ${lastStatus}`
  if (state === 'failed' && tries < maxAttempts) return 'Not called'
  return tries === 0 ? undefined : 'No response'
}

/** Describes the delivery of a test event. */
export function testResultText(delivery: Delivery): string {
  const { state, tries, lastStatus } = delivery
  const response = lastStatus === null ? 'no response' : `HTTP ${lastStatus}`
  if (state === 'delivered') return `Test event delivered (${response}).`
  if (state === 'waiting' && tries === 0) return 'Sending the test event…'
  if (state === 'waiting') return `Test event not accepted (${response}). It will be retried automatically.`
  if (lastStatus === 410)
    return 'Test event failed: HTTP 410 means that the endpoint no longer exists. It will not be retried.'
  if (lastStatus === null && tries < maxAttempts) return `Test event failed. ${notCalledReason}`
  return `Test event failed (${response}).`
}

/** Reasons for deliveries that failed without a request. */
export const notCalledReason =
  'No request was sent: the webhook is disabled, or its host is not public and not listed in SIDEGATE_HTTP_ALLOW.'

export function attemptsText(tries: number): string {
  return tries === 1 ? '1 attempt' : `${tries} attempts`
}

/** Approximate time until `at`. @param at epoch milliseconds. */
export function timeUntil(at: number, now: number): string {
  const seconds = Math.ceil((at - now) / 1_000)
  if (seconds <= 0) return 'now'
  if (seconds < 90) return `in ${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `in ${minutes} min` : `in ${Math.round(minutes / 60)} h`
}
