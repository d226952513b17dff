import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'
import type { FeedOrder } from './feed-clients.ts'
import { cpuMicroseconds, openFileLimit, residentMegabytes } from './process-usage.ts'
import { startSidegate } from './servers.ts'

const wantedAgents = 5000

/** Open files and connections of a process in addition to its feeds. */
const spareFiles = 500

const notifications = { warmUp: 500, measured: 2000 }

export type FeedTimes = {
  agents: number
  /** From a caller's request to the event in the agent's feed, in milliseconds. */
  milliseconds: number[]
  /** CPU of the server per notification: the caller's step and the event. Microseconds. */
  cpuEach: number
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
  const agents = Math.min(wantedAgents, openFileLimit(process.pid) - spareFiles)
  try {
    const first = await startSidegate(folder)
    try {
      await clients.ask({ work: 'prepare', url: first.url, count: agents })
    } finally {
      await first.stop()
    }
    const { url, pid, stop } = await startSidegate(folder)
    try {
      const before = residentMegabytes(pid)
      await clients.ask({ work: 'watch', url, count: agents })
      const watched = residentMegabytes(pid)
      await clients.ask({ work: 'notify', url, count: notifications.warmUp })
      const cpuBefore = cpuMicroseconds(pid)
      const milliseconds = await clients.ask({ work: 'notify', url, count: notifications.measured })
      const cpuEach = (cpuMicroseconds(pid) - cpuBefore) / milliseconds.length
      return { agents, milliseconds, cpuEach, before, watched }
    } finally {
      await stop()
    }
  } finally {
    clients.stop()
  }
}

const doneSchema = z.object({ done: z.array(z.number()) })

function startClients() {
  const child = fork(join(import.meta.dirname, 'feed-clients.ts'))
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
