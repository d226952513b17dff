import * as z from 'zod/mini'
import { realmPath } from './realm-path.ts'
import { apiError, type RequestOptions, sendRequest } from './request.ts'

const fieldSchema = z.object({ name: z.string(), value: z.optional(z.unknown()) })

const callbackSchema = z.looseObject({
  type: z.string(),
  output: z._default(z.array(fieldSchema), []),
  input: z._default(z.array(fieldSchema), []),
  _id: z.optional(z.number()),
})

/** A step from the server or from storage. */
export const stepSchema = z.looseObject({
  authId: z.string(),
  callbacks: z._default(z.array(callbackSchema), []),
  stage: z.optional(z.string()),
  header: z.optional(z.string()),
  description: z.optional(z.string()),
})

const successSchema = z.object({
  tokenId: z.optional(z.string()),
  successUrl: z._default(z.string(), ''),
  realm: z.optional(z.string()),
})

export type Callback = z.infer<typeof callbackSchema>

/** A step of a journey. Clients send it back with its inputs filled in. */
export type Step = z.infer<typeof stepSchema>

export type JourneyResponse =
  /** `isHeld`: the step waits for a transaction, so the server holds an answer with `Prefer: wait=…` until that changes. */
  | { kind: 'step'; step: Step; isHeld: boolean }
  | { kind: 'success'; successUrl: string; tokenId: string | undefined }
  | { kind: 'failure'; code: number; message: string; detail: unknown }

export type JourneyRequest = {
  realm: string
  /** The vendor's parameters: `authIndexType`, `authIndexValue`, `locale`, `ForceAuth`, … */
  query?: RequestOptions['query']
  headers?: RequestOptions['headers']
  credentials?: RequestOptions['credentials']
  signal?: AbortSignal
  /** The answered step; left out to start a journey or to resume one by `suspendedId`. */
  step?: Step | undefined
}

/**
 * Starts a journey or answers its step. Source: "Authenticate over REST".
 * @throws OfflineError after which the same request can safely be repeated: the server processes each step once.
 */
export async function advanceJourney({
  realm,
  step,
  headers,
  ...rest
}: JourneyRequest): Promise<JourneyResponse> {
  const response = await sendRequest(`${realmPath(realm)}/authenticate`, {
    ...rest,
    method: 'POST',
    body: step ?? {},
    headers: { 'accept-api-version': 'protocol=1.0,resource=2.1', ...headers },
  })
  const { status, body } = response
  // The response is a step if, and only if, its body has an `authId`, whatever the status.
  const parsed = z.safeParse(stepSchema, body)
  if (parsed.success) {
    return { kind: 'step', step: parsed.data, isHeld: response.headers.has('x-sidegate-held') }
  }
  if (status < 400) {
    const { successUrl, tokenId } = z.parse(successSchema, body)
    return { kind: 'success', successUrl, tokenId }
  }
  const { code, message, detail } = apiError(status, body)
  return { kind: 'failure', code, message, detail }
}

export function outputOf(callback: Callback, name: string): unknown {
  return callback.output.find((field) => field.name === name)?.value
}

/** The step with one input set. `position` is the index of the callback, `input` that of its input. */
export function withInput(step: Step, position: number, value: unknown, input = 0): Step {
  const callbacks = step.callbacks.map((callback, index) =>
    index === position
      ? {
          ...callback,
          input: callback.input.map((field, at) => (at === input ? { ...field, value } : field)),
        }
      : callback,
  )
  return { ...step, callbacks }
}
