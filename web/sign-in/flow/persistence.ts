import { ApiError, OfflineError } from '../../api/request.ts'

/** Why there is no answer, and when it is asked for again by itself. */
export type Trouble = {
  kind: 'offline' | 'unavailable'
  /** Epoch milliseconds; undefined when only the person may try again. */
  againAt: number | undefined
  tryNow(): void
}

/** Seconds before each further attempt; the last one repeats. */
const pauses = [1, 2, 4, 8, 15, 30]

/** A fault of the server may happen each time: nobody but the person asks again. */
const fault = 500

type Watch = { trouble(trouble: Trouble | undefined): void; signal: AbortSignal }

/**
 * Asks until there is an answer: the same request has its effects once.
 * @throws whatever is no trouble of the network or the server, and when the signal aborts.
 */
export async function untilAnswered<Answer>(ask: () => Promise<Answer>, watch: Watch): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await ask()
      watch.trouble(undefined)
      return answer
    } catch (error) {
      const isOffline = error instanceof OfflineError
      if (!isOffline && !(error instanceof ApiError && error.code >= fault)) throw error
      const seconds = pauses[Math.min(attempt, pauses.length - 1)] ?? 0
      const isFault = !isOffline && error.code === fault
      await pause(isOffline ? 'offline' : 'unavailable', isFault ? undefined : seconds, watch)
    }
  }
}

/** Ends when the time is over, the browser finds its network again, or the person does not want to wait. */
function pause(
  kind: Trouble['kind'],
  seconds: number | undefined,
  { trouble, signal }: Watch,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer)
      removeEventListener('online', tryNow)
      signal.removeEventListener('abort', giveUp)
      settle()
    }
    const tryNow = () => end(resolve)
    const giveUp = () => end(() => reject(signal.reason))
    const timer = seconds === undefined ? undefined : setTimeout(tryNow, seconds * 1000)
    addEventListener('online', tryNow)
    signal.addEventListener('abort', giveUp)
    trouble({ kind, againAt: seconds === undefined ? undefined : Date.now() + seconds * 1000, tryNow })
  })
}
