import { z } from 'zod'
import { parsedJson } from '../../base/json.ts'

/** A text for one telephone. It can contain a one-time password or a link, so it is stored sealed and never logged. */
export const messageSchema = z.object({
  /** E.164: `+4930123456`. */
  to: z.string(),
  text: z.string(),
  /** Language of the text, such as `de`. */
  locale: z.string(),
  /** Where the provider reports the delivery. */
  statusUrl: z.string().exactOptional(),
})

export type Message = z.infer<typeof messageSchema>

/** A message as gateways get it. `id` is the same for every retry. */
export type GatewayMessage = Message & {
  id: string
  /** When it becomes useless; epoch milliseconds. */
  expiresAt: number
}

/** An HTTP request to a provider. */
export type GatewayRequest = { url: string; method: string; headers: Record<string, string>; body?: string }

/** The provider's response. Untrusted. */
export type GatewayAnswer = { status: number; body: string }

/** What the response means. `code` is for the log; it contains nothing that the provider wrote freely. */
export type GatewayResult =
  | { kind: 'accepted'; providerId: string | undefined }
  /** Final. */
  | { kind: 'rejected'; code: string }
  /** Nothing was sent: another attempt can succeed. */
  | { kind: 'retry'; code: string }
  /** It may be on its way: another attempt could send it twice. */
  | { kind: 'unsure'; code: string }

/** A kind of gateway: how to ask it, and how to read its answer. Both are pure. */
export type Provider<Settings> = {
  requestOf(
    settings: Settings,
    message: GatewayMessage,
    now: number,
  ): GatewayRequest | Promise<GatewayRequest>
  resultOf(answer: GatewayAnswer, settings: Settings): GatewayResult
  /** Whether a request has an id by which the provider can recognise a repeated one. Default: never. */
  isRecognised?(settings: Settings): boolean
}

/** Ids and error codes of providers that can be logged, because they are short and harmless. */
export const providerCode = z
  .union([
    z
      .string()
      // rule R11: otherwise the log has a gateway's own words
      .regex(/^[\w.:-]{1,80}$/),
    z.int(),
  ])
  .transform(String)

/** Any id of a message. It is logged only if it is harmless. */
const providerId = z.union([z.string().min(1), z.int()])

/** An acceptance, which has an id of any form; otherwise the answer makes no sense. */
export function acceptedWith(id: unknown): GatewayResult {
  if (!providerId.safeParse(id).success) return nonsense
  return { kind: 'accepted', providerId: providerCode.safeParse(id).data }
}

/** Statuses of servers that are busy. They did nothing with the request. */
const busy = new Set([425, 429, 503])

/** The meaning of a status that isn't an acceptance. Other client errors would repeat. */
export function failure({ status }: GatewayAnswer, code?: string): GatewayResult {
  const isUnsure = status >= 500 || status === 408
  const kind = busy.has(status) ? 'retry' : isUnsure ? 'unsure' : 'rejected'
  return { kind, code: code ? `${status} ${code}` : `${status}` }
}

/**
 * A success whose content makes no sense. Final: the message may be on its way, and another attempt could send it twice.
 */
export const nonsense: GatewayResult = { kind: 'rejected', code: 'unreadable answer' }

export function isSuccess({ status }: GatewayAnswer): boolean {
  return status >= 200 && status < 300
}

/** The answer as JSON; undefined if it is not JSON. */
export function jsonOf({ body }: GatewayAnswer): unknown {
  return parsedJson(body)
}

export function basicAuth(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

export const formType = 'application/x-www-form-urlencoded'

/** Without a slash at the end. */
export function baseOf(baseUrl: string, usual: string): string {
  return (baseUrl || usual).replace(/\/+$/, '')
}
