import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'
import type { FeedOrder } from './feed-clients.ts'
import { cpuMeter } from './load.ts'
import { openFileLimit, residentMegabytes } from './process-usage.ts'
import { startSidegate } from './servers.ts'

const wantedAgents = 20_000

/** Open files and connections of the server in addition to its feeds. */
const spareFiles = 100

/** Processes of agents and callers, which send 50 notifications a second each. */
const clientCount = 2

const notificationsEach = { warmUp: 500, measured: 2000 }
const rounds = 5

export type FeedTimes = {
  agents: number
  /** From a caller's request to the event in the agent's feed, in milliseconds, for each round. */
  milliseconds: number[][]
  /** CPU of the server per notification in each round: the caller's step and the event. Microseconds. */
  cpuEach: number[]
  /** Memory of the server in megabytes: after its start, and with all feeds open. */
  before: number
  watched: number
}

/**
 * Measures notifications while thousands of agents wait on live feeds of one server. Another server opens the checks first, so
 * that the measured one only uses memory for its feeds.
 */
export async function measureFeeds(folder: string): Promise<FeedTimes> {
  const clients = startClients()
  const possible = Math.min(wantedAgents, openFileLimit(process.pid) - spareFiles)
  const agents = possible - (possible % clientCount)
  try {
    const first = await startSidegate(folder)
    try {
      await clients.ask({ work: 'prepare', url: first.url, count: agents })
    } finally {
      await first.stop()
    }
    const server = await startSidegate(folder)
    const { url, pid } = server
    try {
      const before = residentMegabytes(pid)
      await clients.ask({ work: 'watch', url, count: agents })
      const watched = residentMegabytes(pid)
      await clients.ask({ work: 'notify', url, count: notificationsEach.warmUp })
      const milliseconds: number[][] = []
      const cpuEach: number[] = []
      for (let round = 0; round < rounds; round++) {
        const used = cpuMeter({ pid })
        const times = await clients.ask({ work: 'notify', url, count: notificationsEach.measured / rounds })
        cpuEach.push(used(times.length).cpuEach)
        milliseconds.push(times)
      }
      return { agents, milliseconds, cpuEach, before, watched }
    } finally {
      await server.stop()
    }
  } finally {
    clients.stop()
  }
}

function startClients() {
  const all = Array.from({ length: clientCount }, (_, number) => startClient(`127.0.0.${number + 2}`))
  return {
    /** Gives each process an equal part. */
    async ask(order: FeedOrder): Promise<number[]> {
      const count = order.count / clientCount
      return (await Promise.all(all.map(({ ask }) => ask({ ...order, count })))).flat()
    },
    stop: () => all.map(({ stop }) => stop()),
  }
}

const doneSchema = z.object({ done: z.array(z.number()) })

function startClient(localAddress: string) {
  const child = fork(join(import.meta.dirname, 'feed-clients.ts'), [localAddress])
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the process of the agents exited with ${code}`)
  })
  // After the measurement, the end of the process is expected.
  ended.catch(() => undefined)
  return {
    async ask(order: FeedOrder): Promise<number[]> {
      child.send(order)
      const [answer] = await Promise.race([once(child, 'message'), ended])
      return doneSchema.parse(answer).done
    },
    stop: () => child.kill(),
  }
}
