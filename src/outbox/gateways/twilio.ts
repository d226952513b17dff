import { z } from 'zod'
import { escapeXml } from '../../base/markup.ts'
import type { SmsGateway, VoiceGateway } from '../../realms/messaging-settings.ts'
import {
  acceptedWith,
  baseOf,
  basicAuth,
  failure,
  formType,
  type GatewayAnswer,
  type GatewayMessage,
  type GatewayRequest,
  type GatewayResult,
  isSuccess,
  jsonOf,
  nonsense,
  type Provider,
  providerCode,
} from './gateway.ts'
import { voiceOf } from './voices.ts'

type Sms = Extract<SmsGateway, { provider: 'twilio' }>
type Voice = Extract<VoiceGateway, { provider: 'twilio' }>

const usualBase = 'https://api.twilio.com'

/** Twilio's limit for the text of a message. */
const maxLength = 1600

/** Source: Twilio, "Messages resource". */
export const twilioSms: Provider<Sms> = {
  requestOf(settings, { to, text, statusUrl, expiresAt }, now) {
    const isService = /^MG\w{32}$/.test(settings.from)
    // Twilio drops messages that wait longer in its queue.
    const seconds = Math.max(1, Math.min(36_000, Math.floor((expiresAt - now) / 1000)))
    return request(settings, 'Messages', {
      To: to,
      [isService ? 'MessagingServiceSid' : 'From']: settings.from,
      Body: text.slice(0, maxLength),
      ValidityPeriod: `${seconds}`,
      ...reporting(settings, statusUrl),
    })
  },
  resultOf,
}

/** Source: Twilio, "Calls resource" and "TwiML: Say". */
export const twilioVoice: Provider<Voice> = {
  requestOf(settings, { to, text, locale, statusUrl }: GatewayMessage) {
    const say = `<Say language="${voiceOf(locale).twilio}" loop="2">${escapeXml(text)}</Say>`
    return request(settings, 'Calls', {
      To: to,
      From: settings.from,
      Twiml: `<Response>${say}</Response>`,
      ...reporting(settings, statusUrl),
      ...detecting(settings, statusUrl),
    })
  },
  resultOf,
}

function request(
  { accountSid, authToken, baseUrl }: Sms | Voice,
  resource: 'Messages' | 'Calls',
  form: Record<string, string>,
): GatewayRequest {
  return {
    url: `${baseOf(baseUrl, usualBase)}/2010-04-01/Accounts/${accountSid}/${resource}.json`,
    method: 'POST',
    headers: {
      'content-type': formType,
      authorization: basicAuth(accountSid, authToken ?? ''),
      accept: 'application/json',
    },
    body: new URLSearchParams(form).toString(),
  }
}

/** Source: Twilio, "Answering machine detection". The report comes while the call goes on. */
function detecting({ reportsDelivery }: Voice, statusUrl: string | undefined): Record<string, string> {
  if (!reportsDelivery || statusUrl === undefined) return {}
  return { MachineDetection: 'Enable', AsyncAmd: 'true', AsyncAmdStatusCallback: statusUrl }
}

function reporting({ reportsDelivery }: Sms | Voice, statusUrl: string | undefined) {
  return reportsDelivery && statusUrl !== undefined ? { StatusCallback: statusUrl } : {}
}

const created = z.object({
  sid: z.unknown(),
  status: z.string().optional(),
  error_code: providerCode.nullish().catch('unreadable code'),
})
const refused = z.object({ code: providerCode })

/** States in which Twilio will not send a message that it created. */
const unsent = new Set(['failed', 'undelivered', 'canceled'])

function resultOf(answer: GatewayAnswer): GatewayResult {
  const content = jsonOf(answer)
  if (!isSuccess(answer)) return failure(answer, refused.safeParse(content).data?.code)
  const { data } = created.safeParse(content)
  if (data === undefined) return nonsense
  const code = data.error_code ?? (unsent.has(data.status ?? '') ? data.status : undefined)
  return code === undefined ? acceptedWith(data.sid) : { kind: 'rejected', code: `${answer.status} ${code}` }
}
