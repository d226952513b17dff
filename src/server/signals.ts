import type { Logger } from 'pino'
import { stopMessage } from './workers.ts'

/**
 * Stops when the process is told to, by SIGTERM, SIGINT or whoever started the workers, and ends it: with status 0 in good
 * order, with 1 if something hinders it or does not end within `seconds`. A second signal ends it at once.
 *
 * @param stop called once.
 */
export function stopOnSignal(stop: () => Promise<void>, seconds: number, log: Logger): void {
  let isStopping = false

  function begin(): void {
    isStopping = true
    setTimeout(() => {
      log.error({ seconds }, 'the server did not stop in time and ends as it is')
      process.exit(1)
    }, seconds * 1000).unref()
    log.info('the server stops')
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'the server did not stop cleanly')
        process.exit(1)
      },
    )
  }

  function onSignal(): void {
    if (isStopping) {
      log.warn('told twice to stop, the server ends as it is')
      process.exit(1)
    }
    begin()
  }

  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  // Service managers and terminals signal every process of a group: what the first process passes on is no second signal.
  process.on('message', (message) => {
    if (message === stopMessage && !isStopping) begin()
  })
}
