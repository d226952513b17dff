import { randomUUID } from 'node:crypto'
import { anyoneStartsChecks } from '../../test/support/help-desk-play.ts'
import { adminPassword } from '../../test/support/start-server.ts'
import { signIn, startJourney, stepOf, type WireStep } from '../../test/support/wire.ts'

/** A request as it goes over the wire. */
export type FuzzRequest = {
  method: string
  /** Behind the origin. */
  path: string
  headers?: Readonly<Record<string, string>>
  body?: string
}

export type FuzzAnswer = { status: number; text: string; ms: number }

/** A server, and what there is to know of it before anything random begins. */
export type World = {
  url: string
  /** Steps of sample journeys, to be answered. */
  steps: readonly WireStep[]
  /** The session of the administrator, anew when a random request has ended it. */
  administrator(): Promise<string>
  /** Sends a request and judges its answer. @throws Violation */
  ask(request: FuzzRequest): Promise<FuzzAnswer>
  /** How many were asked so far, by the status of their answers. */
  counts: Map<number, number>
}

/** An answer that no request may get. */
export class Violation extends Error {
  override readonly name = 'Violation'
}

/** What a round begins with is not there any more: random requests may do that. */
export class SpoiledWorld extends Error {
  override readonly name = 'SpoiledWorld'
}

/** Nothing takes longer; milliseconds. Far above what a password costs on a busy machine. */
const patienceMs = 20_000

/** What no answer and no line of the log may hold. */
const secrets = new RegExp(
  [adminPassword, '\\$argon2', 'BEGIN (EC |RSA )?PRIVATE KEY', '"d":"[\\w-]{20,}"'].join('|'),
)

/** @throws Violation when a text that leaves the server holds a secret. */
export function mustHoldNoSecret(text: string, where: string): void {
  const [secret] = secrets.exec(text) ?? []
  if (secret !== undefined)
    throw new Violation(`${where} holds a secret that begins with ${secret.slice(0, 6)}`)
}

/** @throws SpoiledWorld when a sample journey cannot be begun any more. */
export async function openWorld(url: string): Promise<World> {
  const counts = new Map<number, number>()
  let session: string | undefined
  // Requests without a session are to get as far as others into the journeys of the help desk.
  await anyoneStartsChecks(url).catch((cause: unknown) => {
    throw new SpoiledWorld(`the settings of the help desk cannot be changed: ${String(cause)}`)
  })
  const journeys = ['Greeting', 'HelpDesk', 'Login']
  const steps = await Promise.all(journeys.map((name) => firstStep(url, name)))
  return {
    url,
    steps,
    counts,
    async administrator() {
      session ??= await signIn(url, 'amadmin', adminPassword, '/')
      return session
    },
    async ask(request) {
      const answer = await send(url, request)
      if (answer.status === 401) session = undefined
      counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1)
      judge(request, answer)
      return answer
    },
  }
}

async function firstStep(url: string, journey: string): Promise<WireStep> {
  const answer = await startJourney(url, journey)
  if (answer.status >= 500)
    throw new Violation(`an error of ours to the start of ${journey}: ${answer.status}`)
  if (answer.status !== 200) throw new SpoiledWorld(`${journey} cannot be begun: ${answer.body.message}`)
  return stepOf(answer)
}

async function send(url: string, { method, path, headers, body }: FuzzRequest): Promise<FuzzAnswer> {
  const from = performance.now()
  const answer = await fetch(new URL(path, url), {
    method,
    redirect: 'manual',
    headers: { 'content-type': 'application/json', 'x-request-id': randomUUID(), ...headers },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.timeout(patienceMs),
  })
  const isFeed = answer.headers.get('content-type')?.startsWith('text/event-stream') === true
  // A feed never ends by itself: that it was opened is its answer.
  if (isFeed) await answer.body?.cancel()
  return { status: answer.status, text: isFeed ? '' : await answer.text(), ms: performance.now() - from }
}

function judge(request: FuzzRequest, { status, text }: FuzzAnswer): void {
  const shown = JSON.stringify(request).slice(0, 2000)
  const fault = (what: string) => new Violation(`${what} to ${shown}: ${status} ${text.slice(0, 500)}`)
  // 501: what AM has and we say that we have not. 503: an upper bound was met.
  if (status >= 500 && status !== 501 && status !== 503) throw fault('an error of ours')
  if (/node_modules|\.ts:\d+:\d+|ZodError/.test(text)) throw fault('a look at the inside')
  mustHoldNoSecret(text, `the answer to ${shown}`)
  if (status < 400 || request.method === 'HEAD') return
  if (!hasShape(text)) throw fault('an error that is not in the shape of one')
}

/** AM's shape, or that of RFC 6749, 5.2. */
function hasShape(text: string): boolean {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null) return false
    return 'error' in body || ('code' in body && 'reason' in body && 'message' in body)
  } catch {
    return false
  }
}
