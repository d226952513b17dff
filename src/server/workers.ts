import cluster, { type Worker } from 'node:cluster'
import { OperationError } from '../errors.ts'
import { passOnMetrics } from '../telemetry/metrics/worker-metrics.ts'

/** Tells a worker to stop. */
export const stopMessage = 'stop'

/** @throws OperationError where workers make no sense. */
export function checkWorkers(count: number, databaseUrl: string | undefined): void {
  if (!Number.isInteger(count) || count < 1 || count > 256) {
    throw new OperationError('--workers takes a number from 1 to 256')
  }
  if (databaseUrl === undefined) {
    throw new OperationError(
      'Workers share a database, and SQLite belongs to one process: --workers needs DATABASE_URL=postgres://…',
    )
  }
}

/**
 * Runs this program again in so many processes that share its port, and puts another in the place of one that ends. One
 * that cannot even start has told why: then all end. A signal stops all of them, a second one ends them at once.
 * @returns the status to end with, once all have ended.
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

/** Whether this process is to greet: one worker speaks for all. */
export function isSpeaker(): boolean {
  return cluster.worker === undefined || cluster.worker.id === 1
}

/** Whether this process was started by `runWorkers`. */
export function isWorker(): boolean {
  return cluster.isWorker
}
