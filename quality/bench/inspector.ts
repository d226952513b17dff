import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Options of Node for a server with an inspector. */
export const inspectorOptions = ['--inspect=127.0.0.1:0']

/** The address of a server's inspector, which Node writes to standard error. */
export function inspectorUrl(folder: string): string {
  const log = readFileSync(join(folder, 'server.log'), 'utf8')
  const url = [...log.matchAll(/Debugger listening on (ws:\S+)/g)].at(-1)?.[1]
  if (url === undefined) throw new Error('the server has no inspector')
  return url
}

const answerSchema = z.object({ id: z.number(), result: z.looseObject({ profile: z.unknown() }).partial() })

/** Microseconds between two samples. */
const interval = 250

/**
 * Profiles a process while `work` runs, without its start-up.
 * @param url of its inspector.
 * @returns the profile, and the result of `work`.
 */
export function profiled<Value>(
  url: string,
  work: () => Promise<Value>,
): Promise<{ taken: unknown; result: Value }> {
  return withInspector(url, async (ask) => {
    await ask('Profiler.enable')
    await ask('Profiler.setSamplingInterval', { interval })
    await ask('Profiler.start')
    const result = await work()
    const { profile } = await ask('Profiler.stop')
    return { taken: profile, result }
  })
}

/** Collects all garbage of the main thread. @param url of the inspector. */
export async function collectGarbage(url: string): Promise<void> {
  await withInspector(url, (ask) => ask('HeapProfiler.collectGarbage'))
}

type Ask = (method: string, params?: object) => Promise<{ profile?: unknown }>

async function withInspector<Value>(url: string, use: (ask: Ask) => Promise<Value>): Promise<Value> {
  const socket = new WebSocket(url)
  await once(socket, 'open')
  let count = 0
  const ask: Ask = async (method, params = {}) => {
    const id = ++count
    socket.send(JSON.stringify({ id, method, params }))
    for (;;) {
      const [event] = await once(socket, 'message')
      const answer = answerSchema.safeParse(JSON.parse(event.data))
      // Events of the inspector have no id.
      if (answer.data?.id === id) return answer.data.result
    }
  }
  try {
    return await use(ask)
  } finally {
    socket.close()
  }
}
