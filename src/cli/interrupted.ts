import { constants } from 'node:os'

/** Exit status after Ctrl+C. */
export const interrupted = 130

/** SIGHUP comes when the terminal is closed. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs something that ends cleanly at Ctrl+C, SIGTERM and SIGHUP. After Ctrl+C the command decides about the exit status; after the
 * others it is 128 plus the number of the signal. A second signal ends the process at once.
 * @param given ends it instead of the signals of the process.
 */
export async function untilInterrupted<Value>(
  given: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  if (given !== undefined) return run(given)
  const controller = new AbortController()
  const listeners = signals.map((name) => {
    const status = 128 + constants.signals[name]
    const end = () => {
      if (controller.signal.aborted) process.exit(status)
      if (name !== 'SIGINT') process.once('exit', () => Object.assign(process, { exitCode: status }))
      controller.abort()
    }
    process.on(name, end)
    return () => process.off(name, end)
  })
  try {
    return await run(controller.signal)
  } finally {
    for (const remove of listeners) remove()
  }
}

/** Resolves when the signal is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}
