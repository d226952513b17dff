import type { Step } from '../../api/authenticate.ts'
import { callbacksOf, numberOf } from '../step/inputs.ts'

/** Milliseconds. */
const minDelay = 300

/** The limit of `setTimeout`. */
const maxDelay = 2 ** 31 - 1

/** Milliseconds until the next poll. If the server holds the request, the page polls at once. */
export function pollDelay(step: Step, isHeld: boolean): number {
  const [callback] = callbacksOf(step, 'PollingWaitCallback')
  const waitTime = isHeld || callback === undefined ? 0 : (numberOf(callback, 'waitTime') ?? 0)
  return Math.min(Math.max(waitTime, minDelay), maxDelay)
}
