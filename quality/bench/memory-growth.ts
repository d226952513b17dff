import { fork } from 'node:child_process'
import { once } from 'node:events'
import { openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { answer, start, stepOf } from './authenticate.ts'
import { openCheck, openLink } from './backchannel.ts'
import { Client } from './client.ts'
import type { MemoryOrder } from './memory-server.ts'
import { nodeOptions } from './servers.ts'
import { type Rows, storedRows } from './stored-rows.ts'

/**
 * State of the server after `steps`; sizes in bytes. `most` are the rows before maintenance, `rows` those left
 * after it.
 */
export type MemorySample = {
  steps: number
  resident: number
  heap: number
  outside: number
  file: number
  rows: Rows
  most: Rows
}

const clients = 16

/** Longer than any retention time. */
const monthMs = 31 * 24 * 3_600_000

/** Retention keeps the newest row and adds events about the rows that it removed. */
const fewAuditRows = 10

/** Maximum duration of the maintenance of one month. */
const patienceMs = 120_000

/**
 * Runs steps over HTTP: half in journeys that are abandoned, half in complete checks. After each interval the
 * clock moves a month ahead and maintenance deletes what has expired; then a sample is taken.
 */
export async function measureMemoryGrowth(
  folder: string,
  { steps, every }: { steps: number; every: number },
  say: (sample: MemorySample) => void,
): Promise<MemorySample[]> {
  const server = await startServer(folder)
  const client = new Client(clients)
  const samples: MemorySample[] = []
  try {
    for (let done = 0; done < steps; done += every) {
      await take(client, server.url, every)
      const most = storedRows(folder)
      await server.ask({ kind: 'age', milliseconds: monthMs })
      const rows = await afterMaintenance(folder)
      const held = sizesSchema.parse(await server.ask({ kind: 'sample' }))
      const file = statSync(join(folder, 'sidegate.db')).size
      samples.push({ steps: done + every, ...held, file, rows, most })
      say({ steps: done + every, ...held, file, rows, most })
    }
    return samples
  } finally {
    client.close()
    await server.stop()
  }
}

const sizesSchema = z.object({ resident: z.number(), heap: z.number(), outside: z.number() })

async function startServer(folder: string) {
  const child = fork(join(import.meta.dirname, 'memory-server.ts'), {
    execArgv: ['--expose-gc', ...nodeOptions()],
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', SIDEGATE_DATA: folder, DATABASE_URL: '' },
    stdio: ['ignore', 'inherit', openSync(join(folder, 'server.log'), 'a'), 'ipc'],
  })
  const answered = async (): Promise<unknown> => (await once(child, 'message'))[0]
  const { url } = z.object({ url: z.string() }).parse(await answered())
  return {
    url,
    async ask(order: MemoryOrder): Promise<unknown> {
      child.send(order)
      return answered()
    },
    async stop() {
      const ended = once(child, 'exit')
      child.send({ kind: 'stop' } satisfies MemoryOrder)
      await ended
    },
  }
}

const stepsOfOne = 5

async function take(client: Client, url: string, steps: number): Promise<void> {
  let left = steps / stepsOfOne
  const one = async () => {
    while (left > 0) await (left-- % 2 === 0 ? askPages(client, url) : verify(client, url))
  }
  await Promise.all(Array.from({ length: clients }, one))
}

/** A journey that is abandoned. */
async function askPages(client: Client, url: string): Promise<void> {
  let step = await start(client, url, 'BenchPages')
  for (let count = 1; count < stepsOfOne; count++) step = stepOf(await answer(client, url, step, 0))
}

/** A complete check: opened, link, notification, end, and the agent's last poll. */
async function verify(client: Client, url: string): Promise<void> {
  const agent = await openCheck(client, url, 'BenchCheck')
  const page = await openLink(client, url, agent.transaction)
  const again = stepOf(await answer(client, url, page, 0))
  await answer(client, url, again, 1)
  const end = await answer(client, url, agent.step)
  if (end.authId !== undefined) throw new Error('the check did not end')
}

/** Waits until maintenance has deleted all journeys and transactions, at most `patienceMs`. */
async function afterMaintenance(folder: string): Promise<Rows> {
  const until = performance.now() + patienceMs
  for (;;) {
    const rows = storedRows(folder)
    const isDone =
      rows.journeySessions + rows.transactions + rows.transactionEvents === 0 &&
      rows.auditRows <= fewAuditRows
    if (isDone || performance.now() > until) return rows
    await pause(250)
  }
}
