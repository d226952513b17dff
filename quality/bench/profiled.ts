import { once } from 'node:events'
import { z } from 'zod'

const answerSchema = z.object({ id: z.number(), result: z.looseObject({ profile: z.unknown() }).partial() })

/** Microseconds between two samples. */
const interval = 250

/**
 * Profiles a process while `work` runs, without its start-up.
 * @param url of its inspector.
 * @returns the profile, and the result of `work`.
 */
export async function profiled<Value>(
  url: string,
  work: () => Promise<Value>,
): Promise<{ taken: unknown; result: Value }> {
  const socket = new WebSocket(url)
  await once(socket, 'open')
  let count = 0
  const ask = async (method: string, params = {}) => {
    const id = ++count
    socket.send(JSON.stringify({ id, method, params }))
    for (;;) {
      const [event] = await once(socket, 'message')
      const answer = answerSchema.safeParse(JSON.parse(event.data))
      // Events of the inspector have no id.
      if (answer.data?.id === id) return answer.data.result
    }
  }
  await ask('Profiler.enable')
  await ask('Profiler.setSamplingInterval', { interval })
  await ask('Profiler.start')
  const result = await work()
  const { profile } = await ask('Profiler.stop')
  socket.close()
  return { taken: profile, result }
}
