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

/** A step as it came, or as it was kept. */
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

/** What a journey asks for now. It goes back as it is, with its inputs filled in. */
export type Step = z.infer<typeof stepSchema>

export type JourneyResponse =
  /** `isHeld`: the step waits for a transaction, and an answer to it with `Prefer: wait=…` is held until that changes. */
  | { kind: 'step'; step: Step; isHeld: boolean }
  | { kind: 'success'; successUrl: string; tokenId: string | undefined }
  | { kind: 'failure'; code: number; message: string; detail: unknown }

export type JourneyRequest = {
  realm: string
  /** `authIndexType`, `authIndexValue`, `locale`, `ForceAuth`, …: as the vendor names them. */
  query?: RequestOptions['query']
  headers?: RequestOptions['headers']
  credentials?: RequestOptions['credentials']
  signal?: AbortSignal
  /** The step to answer; left out to start, or to resume by `suspendedId`. */
  step?: Step
}

/**
 * Starts a journey or answers its step. Source: "Authenticate over REST". Whatever has an `authId` is a step.
 * @throws OfflineError when nothing came: the same request may then be sent again, it has its effects once.
 */
export async function advanceJourney({
  realm,
  step,
  headers,
  ...rest
}: JourneyRequest): Promise<JourneyResponse> {
  const answered = await sendRequest(`${realmPath(realm)}/authenticate`, {
    ...rest,
    method: 'POST',
    body: step ?? {},
    headers: { 'accept-api-version': 'protocol=1.0,resource=2.1', ...headers },
  })
  const { status, body } = answered
  const asked = z.safeParse(stepSchema, body)
  if (asked.success) {
    return { kind: 'step', step: asked.data, isHeld: answered.headers.has('x-sidegate-held') }
  }
  if (status < 400) {
    const { successUrl, tokenId } = z.parse(successSchema, body)
    return { kind: 'success', successUrl, tokenId }
  }
  const { code, message, detail } = apiError(status, body)
  return { kind: 'failure', code, message, detail }
}

/** An output of a callback by its name, if it has it. */
export function outputOf(callback: Callback, name: string): unknown {
  return callback.output.find((field) => field.name === name)?.value
}

/** The step with one input set; `position` is that of the callback in the step. */
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
