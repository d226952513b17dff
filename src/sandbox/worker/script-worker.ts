import { parentPort, workerData } from 'node:worker_threads'
import { threadCpuMs } from './attempt-session.ts'
import type { Measured, Order, Ready, Report, WorkerSetup } from './messages.ts'
import { Sandbox } from './sandbox.ts'

// The pool sends this data and has the same version.
const sandbox = new Sandbox(workerData as WorkerSetup)
let isClean = sandbox.clean()
const isReady = isClean.then(() => {
  const ready: Ready = { isReady: true, totalCpuMs: threadCpuMs() }
  parentPort?.postMessage(ready)
})

async function answer(order: Order): Promise<void> {
  await isReady
  await isClean
  const measure = order.kind === 'attempt' && order.isMeasured ? beginMeasure() : undefined
  const before = threadCpuMs()
  const outcome =
    order.kind === 'attempt'
      ? sandbox.run(order)
      : { kind: 'checked' as const, faults: sandbox.check(order.name, order.source) }
  const totalCpuMs = threadCpuMs()
  const measured = measure && { measured: measure() }
  const report: Report = { outcome, cpuMs: totalCpuMs - before, totalCpuMs, ...measured }
  parentPort?.postMessage(report)
  // Started after the answer is sent, so that the answer doesn't wait for it.
  isClean = sandbox.clean()
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

parentPort?.on('message', answer)
