import { importPKCS8, SignJWT } from 'jose'
import { z } from 'zod'
import type { SmsGateway, VoiceGateway } from '../../realms/messaging-settings.ts'
import {
  baseOf,
  basicAuth,
  escapeXml,
  failure,
  type GatewayAnswer,
  type GatewayRequest,
  type GatewayResult,
  isSuccess,
  jsonOf,
  nonsense,
  type Provider,
  providerCode,
} from './gateway.ts'
import { voiceOf } from './voices.ts'

type Sms = Extract<SmsGateway, { provider: 'vonage' }>
type Voice = Extract<VoiceGateway, { provider: 'vonage' }>

const usualBase = 'https://api.nexmo.com'

/** Vonage's limits for the time to live, in seconds. */
const timeToLive = { least: 20, most: 604_800 }

/** Source: Vonage, "Messages API reference". */
export const vonageSms: Provider<Sms> = {
  requestOf(settings, { id, to, text, statusUrl, expiresAt }, now) {
    const { apiKey, apiSecret, from, baseUrl, reportsDelivery } = settings
    const seconds = Math.floor((expiresAt - now) / 1000)
    const isReported = reportsDelivery && statusUrl !== undefined
    return posted(`${baseOf(baseUrl, usualBase)}/v1/messages`, basicAuth(apiKey, apiSecret ?? ''), {
      channel: 'sms',
      message_type: 'text',
      to: digitsOf(to),
      from: digitsOf(from),
      text,
      ttl: Math.min(timeToLive.most, Math.max(timeToLive.least, seconds)),
      client_ref: id,
      ...(isReported && { webhook_url: statusUrl, webhook_version: 'v1' }),
    })
  },
  resultOf: resultWith(z.object({ message_uuid: z.guid() }).transform(({ message_uuid }) => message_uuid)),
}

/** Source: Vonage, "Voice API reference: create an outbound call" and "NCCO reference: talk". */
export const vonageVoice: Provider<Voice> = {
  async requestOf(settings, { id, to, text, locale, statusUrl }, now) {
    const { from, baseUrl, reportsDelivery } = settings
    const isReported = reportsDelivery && statusUrl !== undefined
    const token = await tokenFor(settings, id, now)
    return posted(`${baseOf(baseUrl, usualBase)}/v1/calls`, `Bearer ${token}`, {
      to: [{ type: 'phone', number: digitsOf(to) }],
      from: { type: 'phone', number: digitsOf(from) },
      // The text is read as SSML if it looks like it.
      ncco: [{ action: 'talk', text: escapeXml(text), language: voiceOf(locale).vonage, loop: 2 }],
      ...(isReported && { event_url: [statusUrl], event_method: 'POST' }),
    })
  },
  resultOf: resultWith(z.object({ uuid: z.guid() }).transform(({ uuid }) => uuid)),
}

function posted(url: string, authorization: string, body: object): GatewayRequest {
  const headers = { 'content-type': 'application/json', accept: 'application/json', authorization }
  return { url, method: 'POST', headers, body: JSON.stringify(body) }
}

/** Source: Vonage, "Authentication: JWTs". */
async function tokenFor({ applicationId, privateKey }: Voice, id: string, now: number): Promise<string> {
  const key = await importPKCS8(privateKey ?? '', 'RS256')
  const seconds = Math.floor(now / 1000)
  return new SignJWT({ application_id: applicationId })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setJti(id)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 60)
    .sign(key)
}

/** Numbers without the plus sign; names stay. */
function digitsOf(number: string): string {
  return number.replace(/^\+/, '')
}

const refused = z.object({ title: z.string().regex(/^[\w -]{1,40}$/), code: providerCode.optional() })

function resultWith(accepted: z.ZodType<string, unknown>) {
  return (answer: GatewayAnswer): GatewayResult => {
    const content = jsonOf(answer)
    if (!isSuccess(answer)) {
      const { title, code } = refused.safeParse(content).data ?? {}
      return failure(answer, code ?? title)
    }
    const { data } = accepted.safeParse(content)
    return data === undefined ? nonsense : { kind: 'accepted', providerId: data }
  }
}
