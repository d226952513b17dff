import { parentPort, workerData } from 'node:worker_threads'
import { threadCpuMs } from './attempt-session.ts'
import type { Order, Ready, Report, WorkerSetup } from './messages.ts'
import { Sandbox } from './sandbox.ts'

// Written by the pool of the same version of this program.
const sandbox = new Sandbox(workerData as WorkerSetup)
let isClean = sandbox.clean()
const isReady = isClean.then(() => {
  const ready: Ready = { isReady: true, totalCpuMs: threadCpuMs() }
  parentPort?.postMessage(ready)
})

async function answer(order: Order): Promise<void> {
  await isReady
  await isClean
  const isMeasured = order.kind === 'attempt' && order.isMeasured
  const heldBefore = isMeasured ? sandbox.heldBytes() : undefined
  const before = threadCpuMs()
  const outcome =
    order.kind === 'attempt'
      ? sandbox.run(order)
      : { kind: 'checked' as const, faults: sandbox.check(order.name, order.source) }
  const totalCpuMs = threadCpuMs()
  const held = isMeasured ? sandbox.heldBytes() : undefined
  const memory =
    held === undefined || heldBefore === undefined ? {} : { memoryBytes: Math.max(0, held - heldBefore) }
  const report: Report = { outcome, cpuMs: totalCpuMs - before, totalCpuMs, ...memory }
  parentPort?.postMessage(report)
  // Only now: the answer does not wait for the wiping.
  isClean = sandbox.clean()
}

parentPort?.on('message', answer)
