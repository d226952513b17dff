import { randomBytes, randomInt } from 'node:crypto'
import type { Socket } from 'node:dgram'
import { type Fence, fencedDatagrams } from '../../outgoing/fenced-socket.ts'
import { type AccessRequest, accessRequest, PacketError, type RadiusAnswer, readAnswer } from './packet.ts'

/** How often a request is sent, in equal intervals, unless an answer comes before. Datagrams can get lost. */
const sendings = 3

type Question = Pick<AccessRequest, 'secret' | 'userName' | 'password' | 'state'>

/**
 * Asks one server.
 * @throws Error that names what went wrong, without content of packets, if no valid answer comes in time
 */
export async function askServer(
  fence: Fence,
  server: { host: string; port: number },
  question: Question,
  timeoutMs: number,
): Promise<RadiusAnswer> {
  const request = { ...question, identifier: randomInt(256), authenticator: randomBytes(16) }
  const deadline = AbortSignal.timeout(timeoutMs)
  const socket = await fencedDatagrams(fence, server, deadline)
  try {
    return await answerTo(socket, request, timeoutMs, deadline)
  } finally {
    socket.close()
  }
}

function answerTo(
  socket: Socket,
  request: AccessRequest,
  timeoutMs: number,
  deadline: AbortSignal,
): Promise<RadiusAnswer> {
  return new Promise((resolve, reject) => {
    let problem = 'no answer came'
    // Anybody can send wrong packets, so one doesn't end the wait for the right one.
    socket.on('message', (packet) => {
      try {
        resolve(readAnswer(packet, request))
      } catch (error) {
        if (!(error instanceof PacketError)) reject(error)
        else problem = error.message
      }
    })
    socket.once('error', reject)
    const fail = () => reject(new Error(problem))
    if (deadline.aborted) return fail()
    deadline.addEventListener('abort', fail, { once: true })
    const packet = accessRequest(request)
    const send = () => {
      if (!deadline.aborted) socket.send(packet, (error) => error && reject(error))
    }
    send()
    const repeats = Array.from({ length: sendings - 1 }, (_, at) =>
      AbortSignal.timeout(Math.round((timeoutMs * (at + 1)) / sendings)),
    )
    socket.once('close', () => {
      deadline.removeEventListener('abort', fail)
      for (const repeat of repeats) repeat.removeEventListener('abort', send)
    })
    for (const repeat of repeats) repeat.addEventListener('abort', send, { once: true })
  })
}
