import { ApiError, OfflineError } from '../../api/request.ts'

/** The reason for a missing response, and the time of the next retry. */
export type ConnectionProblem = {
  kind: 'offline' | 'unavailable'
  /** Epoch milliseconds; undefined if only the person can retry. */
  retryAt: number | undefined
  retryNow(): void
}

/** Seconds before each retry; the last value repeats. */
const retryDelays = [1, 2, 4, 8, 15, 30]

/** Not retried automatically: an internal error may happen every time. */
const internalServerError = 500

type RetryOptions = { onProblem(problem: ConnectionProblem | undefined): void; signal: AbortSignal }

/**
 * Sends a request until there is a response. Repeating is safe, because the server processes each step only once.
 * @throws other errors than those of the connection and the server; also when the signal aborts.
 */
export async function retryUntilAnswered<Answer>(
  send: () => Promise<Answer>,
  options: RetryOptions,
): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await send()
      options.onProblem(undefined)
      return answer
    } catch (error) {
      const isOffline = error instanceof OfflineError
      if (!isOffline && !(error instanceof ApiError && error.code >= internalServerError)) throw error
      const seconds = retryDelays[Math.min(attempt, retryDelays.length - 1)] ?? 0
      const isInternal = !isOffline && error.code === internalServerError
      await pause(isOffline ? 'offline' : 'unavailable', isInternal ? undefined : seconds, options)
    }
  }
}

/** Waits until the delay is over, the browser is online again, or the person retries. */
function pause(
  kind: ConnectionProblem['kind'],
  seconds: number | undefined,
  { onProblem, signal }: RetryOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer)
      removeEventListener('online', retryNow)
      signal.removeEventListener('abort', abort)
      settle()
    }
    const retryNow = () => end(resolve)
    const abort = () => end(() => reject(signal.reason))
    const timer = seconds === undefined ? undefined : setTimeout(retryNow, seconds * 1000)
    addEventListener('online', retryNow)
    signal.addEventListener('abort', abort)
    onProblem({
      kind,
      retryAt: seconds === undefined ? undefined : Date.now() + seconds * 1000,
      retryNow,
    })
  })
}
