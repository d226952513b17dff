import cluster from 'node:cluster'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { passOnMetrics } from './worker-metrics.ts'

test('metrics don’t wait for a worker that is still starting', async () => {
  cluster.setupPrimary({ exec: join(import.meta.dirname, 'asking-worker.ts'), execArgv: ['--no-warnings'] })
  onTestFinished(() => {
    cluster.removeAllListeners()
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGKILL')
  })
  passOnMetrics()
  const starting = cluster.fork({ STARTS_FOREVER: 'yes' })
  await once(starting, 'online')
  const serving = cluster.fork()
  await once(serving, 'listening')
  const answered = new Promise((resolve) => {
    serving.on('message', (message) => 'read' in message && resolve(message.read))
  })
  serving.send('read')
  // An error message if it had waited.
  expect(await answered).toBe('\n')
})
