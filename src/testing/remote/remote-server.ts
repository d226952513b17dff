import { OperationError } from '../../base/errors.ts'
import type { Send } from '../client/journey-client.ts'
import type { Target } from './targets.ts'

/** The target can't be reached, or doesn't answer as a journey server does. */
export class TargetError extends OperationError {}

const timeoutMs = 30_000
const maxBytes = 4_000_000

type Request = { method: string; headers?: Readonly<Record<string, string>>; body?: string | undefined }
export type Response = { status: number; body: string; headers: Headers }

/** Sends one request. Redirects are not followed, because they could lead to another server. @throws TargetError. */
export async function sendTo(url: string, { method, headers, body }: Request): Promise<Response> {
  const signal = AbortSignal.timeout(timeoutMs)
  const init: RequestInit = { method, redirect: 'manual', signal, headers: headers ?? {} }
  if (body !== undefined) init.body = body
  try {
    const answer = await fetch(url, init)
    return { status: answer.status, body: await textOf(answer), headers: answer.headers }
  } catch (cause) {
    if (cause instanceof TargetError) throw cause
    throw new TargetError('The target does not respond', { cause })
  }
}

async function textOf({ body }: globalThis.Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > maxBytes) throw new TargetError('The target sends more than 4 MB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Correlates requests with log entries. */
export const transactionHeader = 'x-forgerock-transactionid'

/** Journeys of a target. */
export class RemoteServer {
  readonly #target: Pick<Target, 'origin' | 'context'>
  readonly #transactions = new Map<string, Set<string>>()

  constructor(target: Pick<Target, 'origin' | 'context'>) {
    this.#target = target
  }

  /** @param path begins with `/am`, or with a context path of the server. */
  readonly send: Send = async ({ method, path, headers, body }) => {
    const response = await this.ask(path, { method, headers, body })
    const { status } = response
    if (status >= 300 && status < 400 && path.includes('/authenticate')) {
      throw new TargetError('The target redirects to another address')
    }
    if (status === 404 && path.includes('/authenticate')) {
      throw new TargetError('The target has no journeys at this address: check URL and realm')
    }
    if ([429, 502, 503, 504].includes(status))
      throw new TargetError(`The target responds with status ${status}`)
    this.#note(headers[transactionHeader], response.headers.get(transactionHeader))
    const location = response.headers.get('location') ?? undefined
    return { status, body: response.body, cookies: response.headers.getSetCookie(), location }
  }

  /** Sends any request to the server. @param path begins with `/`. */
  ask(path: string, request: Request): Promise<Response> {
    return sendTo(this.urlOf(path), request)
  }

  urlOf(path: string): string {
    const { origin, context } = this.#target
    return `${origin}${path.startsWith('/am/') ? context + path.slice('/am'.length) : path}`
  }

  /** The ids under which the server logs requests that were sent with this one. */
  transactionIds(sent: string): string[] {
    return [...(this.#transactions.get(sent) ?? [sent])]
  }

  #note(sent: string | undefined, received: string | null): void {
    if (sent === undefined) return
    const ids = this.#transactions.get(sent) ?? new Set()
    // A server that takes over the id can add a suffix to it.
    ids.add(received === null || received.startsWith(sent) ? sent : received)
    this.#transactions.set(sent, ids)
  }
}
