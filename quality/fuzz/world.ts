import { randomUUID } from 'node:crypto'
import { defined } from '../../src/base/defined.ts'
import { letAnyoneStartChecks } from '../../test/support/help-desk-play.ts'
import { adminPassword } from '../../test/support/start-server.ts'
import { signIn, startJourney, stepOf, type WireStep } from '../../test/support/wire.ts'

/** A request as sent to the server. */
export type FuzzRequest = {
  method: string
  /** Everything after the origin. */
  path: string
  headers?: Readonly<Record<string, string>>
  body?: string
}

export type FuzzAnswer = { status: number; text: string; ms: number }

/** A server, and data from before the first random request. */
export type World = {
  url: string
  /** Steps of sample journeys, ready to be answered. */
  steps: readonly WireStep[]
  /** The administrator's session. Signs in again if a random request ended it. */
  administrator(): Promise<string>
  /**
   * Sends a request and checks the response.
   * @throws Violation
   */
  ask(request: FuzzRequest): Promise<FuzzAnswer>
  /** Number of responses by status. */
  counts: Map<number, number>
}

/** A response that must never occur. */
export class Violation extends Error {
  override readonly name = 'Violation'
}

/** Random requests have destroyed data that a round needs. */
export class SpoiledWorld extends Error {
  override readonly name = 'SpoiledWorld'
}

/** Maximum response time, in milliseconds. Far above the cost of a password on a busy machine. */
const patienceMs = 20_000

/** Secrets that must not appear in any response or log line. */
const secrets = new RegExp(
  [adminPassword, '\\$argon2', 'BEGIN (EC |RSA )?PRIVATE KEY', '"d":"[\\w-]{20,}"'].join('|'),
)

/** @throws Violation if a text that leaves the server contains a secret. */
export function assertNoSecret(text: string, where: string): void {
  const [secret] = secrets.exec(text) ?? []
  if (secret !== undefined)
    throw new Violation(`${where} contains a secret that begins with ${secret.slice(0, 6)}`)
}

/** @throws SpoiledWorld if a sample journey can no longer be started. */
export async function openWorld(url: string): Promise<World> {
  const counts = new Map<number, number>()
  let session: string | undefined
  // Lets requests without a session get as far into help-desk journeys as those with one.
  await letAnyoneStartChecks(url).catch((cause: unknown) => {
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
    ...defined({ body }),
    signal: AbortSignal.timeout(patienceMs),
  })
  const isFeed = answer.headers.get('content-type')?.startsWith('text/event-stream') === true
  // A feed doesn't end by itself, so opening it is enough.
  if (isFeed) await answer.body?.cancel()
  return { status: answer.status, text: isFeed ? '' : await answer.text(), ms: performance.now() - from }
}

function judge(request: FuzzRequest, { status, text }: FuzzAnswer): void {
  const shown = JSON.stringify(request).slice(0, 2000)
  const fault = (what: string) => new Violation(`${what} to ${shown}: ${status} ${text.slice(0, 500)}`)
  // 501: a feature of AM that the server doesn't have. 503: a limit was reached.
  if (status >= 500 && status !== 501 && status !== 503) throw fault('an internal error')
  if (/node_modules|\.ts:\d+:\d+|ZodError/.test(text)) throw fault('internal details in an answer')
  assertNoSecret(text, `the answer to ${shown}`)
  if (status < 400 || request.method === 'HEAD') return
  if (!hasShape(text)) throw fault('an error in an unknown format')
}

/** AM's error format, or that of RFC 6749, section 5.2. */
function hasShape(text: string): boolean {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null) return false
    return 'error' in body || ('code' in body && 'reason' in body && 'message' in body)
  } catch {
    return false
  }
}
