import { pino } from 'pino'
import { readConfig } from '../../src/config.ts'
import { startApp } from '../../src/server/app.ts'

/**
 * A server with a clock that its parent sets. Runs with `--expose-gc`. `sample` collects garbage and returns
 * the memory; `age` moves the clock and starts a round of maintenance.
 */
export type MemoryOrder = { kind: 'sample' } | { kind: 'age'; milliseconds: number } | { kind: 'stop' }

/** Timers of this interval are maintenance. They don't run on their own here: the parent starts each round. */
const maintenanceMs = 10 * 60_000

const { now } = Date
let later = 0
Date.now = () => now() + later

const rounds: (() => void)[] = []
const every = globalThis.setInterval
Object.assign(globalThis, {
  setInterval(work: () => void, milliseconds: number) {
    if (milliseconds === maintenanceMs) rounds.push(work)
    return every(work, milliseconds)
  },
})

const log = pino({ level: 'warn' }, pino.destination(2))
const app = await startApp(readConfig(process.env), log)

process.on('message', async (order: MemoryOrder) => {
  if (order.kind === 'sample') {
    for (let count = 0; count < 3; count++) globalThis.gc?.()
    const { rss, heapUsed, external } = process.memoryUsage()
    process.send?.({ resident: rss, heap: heapUsed, outside: external })
  } else if (order.kind === 'age') {
    later += order.milliseconds
    for (const round of rounds) round()
    process.send?.({})
  } else {
    await app.close()
    process.disconnect()
  }
})

process.send?.({ url: app.url })
