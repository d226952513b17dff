import { z } from 'zod'
import { escapeXml } from '../../base/markup.ts'
import type { SmsGateway, VoiceGateway } from '../../realms/messaging-settings.ts'
import {
  acceptedWith,
  baseOf,
  basicAuth,
  failure,
  type GatewayAnswer,
  type GatewayRequest,
  type GatewayResult,
  isSuccess,
  jsonOf,
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
  resultOf: resultWith('message_uuid'),
}

/** Source: Vonage, "Voice API reference: create an outbound call" and "NCCO reference: talk". */
export const vonageVoice: Provider<Voice> = {
  async requestOf(settings, { id, to, text, locale, statusUrl }, now) {
    const { from, baseUrl, reportsDelivery } = settings
    const isReported = reportsDelivery && statusUrl !== undefined
    const token = await tokenFor(settings, id, now)
    // Entities are read as such only in SSML.
    const ssml = `<speak>${escapeXml(text)}</speak>`
    return posted(`${baseOf(baseUrl, usualBase)}/v1/calls`, `Bearer ${token}`, {
      to: [{ type: 'phone', number: digitsOf(to) }],
      from: { type: 'phone', number: digitsOf(from) },
      ncco: [{ action: 'talk', text: ssml, language: voiceOf(locale).vonage, loop: 2 }],
      machine_detection: 'hangup',
      ...(isReported && { event_url: [statusUrl], event_method: 'POST' }),
    })
  },
  resultOf: resultWith('uuid'),
}

function posted(url: string, authorization: string, body: object): GatewayRequest {
  const headers = { 'content-type': 'application/json', accept: 'application/json', authorization }
  return { url, method: 'POST', headers, body: JSON.stringify(body) }
}

/** Source: Vonage, "Authentication: JWTs". */
async function tokenFor({ applicationId, privateKey }: Voice, id: string, now: number): Promise<string> {
  const { importPKCS8, SignJWT } = await import('jose')
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

function resultWith(id: 'message_uuid' | 'uuid') {
  return (answer: GatewayAnswer): GatewayResult => {
    const content = jsonOf(answer)
    if (!isSuccess(answer)) {
      const { title, code } = refused.safeParse(content).data ?? {}
      return failure(answer, code ?? title)
    }
    return acceptedWith(z.record(z.string(), z.unknown()).safeParse(content).data?.[id])
  }
}
