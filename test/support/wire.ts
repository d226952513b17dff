import type { JsonObject } from '../../src/base/json.ts'

export type WireStep = {
  authId: string
  callbacks: {
    type: string
    output: { name: string; value: unknown }[]
    input?: { name: string; value: unknown }[]
    _id?: number
  }[]
  header?: string
  description?: string
  stage?: string
}

export type WireAnswer = {
  status: number
  headers: Headers
  body: Record<string, unknown> & Partial<WireStep>
}

type Send = { query?: string; body?: unknown; headers?: Record<string, string>; realm?: string }

/** Sends one POST to the authenticate endpoint, without any client library. */
export async function authenticate(
  url: string,
  { query = '', body = '', headers = {}, realm = 'alpha' }: Send,
) {
  const path = realm === '/' ? '/realms/root' : `/realms/root/realms/${realm}`
  const response = await fetch(`${url}/json${path}/authenticate${query}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-api-version': 'resource=2.1, protocol=1.0',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const answer: WireAnswer = {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as WireAnswer['body'],
  }
  return answer
}

export function startJourney(url: string, journey: string, more: Send = {}) {
  const query = `?authIndexType=service&authIndexValue=${encodeURIComponent(journey)}`
  return authenticate(url, { ...more, query: query + (more.query ?? '') })
}

/** The step of an answer. Fails if the journey has ended. */
export function stepOf({ body, status }: WireAnswer): WireStep {
  if (body.authId === undefined || body.callbacks === undefined) {
    throw new Error(`expected a step, got ${status} ${JSON.stringify(body)}`)
  }
  return body as WireStep
}

/** The step with its interactive callbacks filled in, in order. */
export function filledIn(step: WireStep, ...values: unknown[]): JsonObject {
  const left = [...values]
  const callbacks = step.callbacks.map((callback) => {
    const [first, ...rest] = callback.input ?? []
    if (first === undefined || left.length === 0) return callback
    return { ...callback, input: [{ ...first, value: left.shift() }, ...rest] }
  })
  return { ...step, callbacks } as unknown as JsonObject
}

/** Answers a step. */
export function answerStep(url: string, answer: WireAnswer, values: unknown[] = [], more: Send = {}) {
  return authenticate(url, { ...more, body: filledIn(stepOf(answer), ...values) })
}

/** An output of the first callback that has one with this name. */
export function output(answer: WireAnswer, name: string): unknown {
  return stepOf(answer)
    .callbacks.flatMap((callback) => callback.output)
    .find((entry) => entry.name === name)?.value
}

/** Signs in with the headers of zero-page login. @returns the session token. */
export async function signIn(
  url: string,
  username: string,
  password: string,
  realm = 'alpha',
): Promise<string> {
  const headers = { 'x-openam-username': username, 'x-openam-password': password }
  const { status, body } = await authenticate(url, { headers, realm })
  if (typeof body.tokenId !== 'string')
    throw new Error(`could not sign in: ${status} ${JSON.stringify(body)}`)
  return body.tokenId
}
