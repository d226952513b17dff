import { parentPort, workerData } from 'node:worker_threads'
import { threadCpuMs } from './attempt-session.ts'
import { buildImage } from './guest-image.ts'
import type { Measured, Order, Ready, Report, WorkerSetup } from './messages.ts'
import { Sandbox } from './sandbox.ts'

// The pool sends this data and has the same version.
const setup = workerData as WorkerSetup
const image = setup.image ?? (await buildImage(setup))
const sandbox = new Sandbox(setup, image)
/** Set while the instance is replaced. */
let cleaning = sandbox.clean()

function answer(order: Order): void {
  const measure = order.kind === 'attempt' && order.isMeasured ? beginMeasure() : undefined
  const before = threadCpuMs()
  const outcome =
    order.kind === 'attempt'
      ? sandbox.run(order, before)
      : { kind: 'checked' as const, faults: sandbox.check(order.name, order.source) }
  const totalCpuMs = threadCpuMs()
  const measured = measure && { measured: measure() }
  const counters = order.kind === 'attempt' ? order.counters : undefined
  const hits = counters && { hits: sandbox.hits(counters) }
  const report: Report = { outcome, cpuMs: totalCpuMs - before, totalCpuMs, ...measured, ...hits }
  parentPort?.postMessage(report)
  // Started after the answer is sent, so that the answer doesn't wait for it.
  cleaning = sandbox.clean()
}

function beginMeasure(): () => Measured {
  const before = sandbox.retainedBytes()
  const startedAt = performance.now()
  return () => {
    const elapsedMs = performance.now() - startedAt
    const now = sandbox.retainedBytes()
    const memoryBytes = now === undefined || before === undefined ? undefined : Math.max(0, now - before)
    return { elapsedMs, memoryBytes }
  }
}

await cleaning
parentPort?.on('message', (order: Order) => {
  if (cleaning === undefined) answer(order)
  else cleaning.then(() => answer(order))
})
const ready: Ready = { isReady: true, totalCpuMs: threadCpuMs(), image }
parentPort?.postMessage(ready)
