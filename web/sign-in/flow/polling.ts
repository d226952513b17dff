import type { Step } from '../../api/authenticate.ts'
import { callbacksOf, numberOf } from '../step/inputs.ts'

/** Milliseconds between two polls at least, whatever a journey says. */
const shortestPause = 300

/** The longest that a timer takes. */
const longestPause = 2 ** 31 - 1

/** Milliseconds until a waiting page comes back by itself. Where the answer is held, asking is waiting. */
export function pauseOf(step: Step, isHeld: boolean): number {
  const [waiting] = callbacksOf(step, 'PollingWaitCallback')
  const asked = isHeld || waiting === undefined ? 0 : (numberOf(waiting, 'waitTime') ?? 0)
  return Math.min(Math.max(asked, shortestPause), longestPause)
}
