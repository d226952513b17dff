import cluster, { type Worker } from 'node:cluster'
import { OperationError } from '../base/errors.ts'
import { passOnMetrics } from '../telemetry/metrics/worker-metrics.ts'

/** The message that stops a worker. */
export const stopMessage = 'stop'

/** @throws OperationError for an invalid count or without PostgreSQL. */
export function checkWorkers(count: number, databaseUrl: string | undefined): void {
  if (!Number.isInteger(count) || count < 1 || count > 256) {
    throw new OperationError('--workers expects a number from 1 to 256')
  }
  if (databaseUrl === undefined) {
    throw new OperationError(
      '--workers needs DATABASE_URL=postgres://…, because SQLite belongs to one process',
    )
  }
}

/**
 * Runs this program in `count` processes that share its port, and replaces a worker that ends. If a worker can't start, all of
 * them end, and its log contains the reason. A signal stops all workers, a second one kills them.
 * @returns the exit status, once all have ended.
 */
export function runWorkers(count: number): Promise<number> {
  const running = new Set<Worker>()
  const listening = new WeakSet<Worker>()
  let isStopping = false
  let status = 0

  function stop(): void {
    isStopping = true
    for (const worker of running) if (worker.isConnected()) worker.send(stopMessage)
  }

  function onSignal(): void {
    if (isStopping) for (const worker of running) worker.process.kill('SIGKILL')
    else stop()
  }

  return new Promise((resolve) => {
    passOnMetrics()
    cluster.on('listening', (worker) => listening.add(worker))
    cluster.on('exit', (worker, code) => {
      running.delete(worker)
      if (!isStopping && !listening.has(worker)) {
        status = code || 1
        stop()
      }
      if (!isStopping) running.add(cluster.fork())
      if (running.size === 0) resolve(status)
    })
    process.on('SIGINT', onSignal)
    process.on('SIGTERM', onSignal)
    for (let i = 0; i < count; i++) running.add(cluster.fork())
  })
}

/** Whether this process prints the start message: one worker does it for all. */
export function isStartReporter(): boolean {
  return cluster.worker === undefined || cluster.worker.id === 1
}

/** Whether this process was started by `runWorkers`. */
export function isWorker(): boolean {
  return cluster.isWorker
}
