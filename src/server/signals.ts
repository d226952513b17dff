import type { Logger } from 'pino'
import { stopMessage } from './workers.ts'

/**
 * Ends the process after SIGTERM, SIGINT or the stop message of the primary process: with status 0 after a clean shutdown,
 * with 1 if the shutdown fails or takes longer than `seconds`. A second signal ends the process at once.
 *
 * @param stop called once.
 */
export function stopOnSignal(stop: () => Promise<void>, seconds: number, log: Logger): void {
  let isStopping = false

  function begin(): void {
    isStopping = true
    setTimeout(() => {
      log.error({ seconds }, 'shutdown took too long, exiting')
      process.exit(1)
    }, seconds * 1000).unref()
    log.info('shutting down')
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'shutdown failed')
        process.exit(1)
      },
    )
  }

  function onSignal(): void {
    if (isStopping) {
      log.warn('second signal, exiting at once')
      process.exit(1)
    }
    begin()
  }

  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  // Service managers and terminals signal the whole process group, so the primary's message is not a second signal.
  process.on('message', (message) => {
    if (message === stopMessage && !isStopping) begin()
  })
}
