import type { Client } from './client.ts'

export type Step = { authId: string; callbacks: { input?: { name: string; value: unknown }[] }[] }

const path = '/json/realms/root/realms/alpha/authenticate'

function startUrl(serverUrl: string, journey: string): string {
  return `${serverUrl}${path}?authIndexType=service&authIndexValue=${journey}`
}

/**
 * The JSON of a response with status 200.
 * @throws Error quoting any other response.
 */
async function post(client: Client, url: string, body: string): Promise<Record<string, unknown>> {
  const { status, text } = await client.post(url, body)
  if (status !== 200) throw new Error(`${status} from ${url}: ${text}`)
  return JSON.parse(text)
}

export async function start(client: Client, serverUrl: string, journey: string): Promise<Step> {
  return stepOf(await post(client, startUrl(serverUrl, journey), '{}'))
}

export async function answer(client: Client, serverUrl: string, step: Step, ...values: unknown[]) {
  return post(client, serverUrl + path, filledIn(step, values))
}

export function stepOf(body: Record<string, unknown>): Step {
  if (body.authId === undefined) throw new Error(`expected a step, got ${JSON.stringify(body)}`)
  // Every response with an authId has this shape.
  return body as Step
}

/** The request body that answers a step. */
export function filledIn(step: Step, values: readonly unknown[]): string {
  const left = [...values]
  const callbacks = step.callbacks.map((callback) => {
    const [input] = callback.input ?? []
    return input === undefined ? callback : { ...callback, input: [{ ...input, value: left.shift() }] }
  })
  return JSON.stringify({ ...step, callbacks })
}

/**
 * Runs both steps of the sample journey.
 * @throws Error if the sign-in fails.
 */
export async function signIn(client: Client, serverUrl: string, name: string, password: string) {
  const step = await start(client, serverUrl, 'Login')
  const end = await answer(client, serverUrl, step, name, password)
  if (typeof end.tokenId !== 'string') throw new Error(`could not sign in: ${JSON.stringify(end)}`)
}
