import { createServer } from 'node:http'
import { Registry } from 'prom-client'
import { metricsOfAll } from './worker-metrics.ts'

// A worker process of a test, which sends the metrics of all workers to the primary process. With STARTS_FOREVER, it never gets
// as far as serving requests.
if (process.env.STARTS_FOREVER === undefined) {
  const read = metricsOfAll(new Registry(), () => undefined)
  createServer().listen(0, '127.0.0.1')
  process.on('message', async (message) => {
    if (message === 'read') process.send?.({ read: await read().catch(String) })
  })
} else {
  setInterval(() => undefined, 60_000)
}
