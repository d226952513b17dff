import { z } from 'zod'

/** What a provider reports: `underway` says nothing new. */
export type DeliveryReport = 'underway' | 'delivered' | 'failed'

/** Source: Twilio, "Outbound message status in status callbacks". */
const twilioSms = z
  .object({
    MessageStatus: z.enum([
      'accepted',
      'scheduled',
      'queued',
      'sending',
      'sent',
      'delivered',
      'read',
      'undelivered',
      'failed',
      'canceled',
    ]),
  })
  .transform(({ MessageStatus }) => meaningOf(MessageStatus))

/** Source: Twilio, "Call resource: status callbacks". A completed call was answered. */
const twilioCall = z
  .object({
    CallStatus: z.enum([
      'queued',
      'initiated',
      'ringing',
      'in-progress',
      'completed',
      'busy',
      'failed',
      'no-answer',
      'canceled',
    ]),
  })
  .transform(({ CallStatus }) => meaningOf(CallStatus))

/** Source: Vonage, "Messages API: message status". */
const vonageSms = z
  .object({
    message_uuid: z.string(),
    status: z.enum(['submitted', 'delivered', 'rejected', 'undeliverable', 'read']),
  })
  .transform(({ status }) => meaningOf(status))

/** Source: Vonage, "Voice API: webhook reference". */
const vonageCall = z
  .object({
    uuid: z.string(),
    status: z.enum([
      'started',
      'ringing',
      'answered',
      'machine',
      'completed',
      'busy',
      'cancelled',
      'failed',
      'rejected',
      'timeout',
      'unanswered',
      'disconnected',
    ]),
  })
  .transform(({ status }) => meaningOf(status))

/** Of plain HTTP gateways: docs/messages.md. */
const plain = z
  .object({ status: z.enum(['sent', 'delivered', 'failed']) })
  .transform(({ status }) => meaningOf(status))

/** A delivery report in the form of any provider. Other members are ignored. */
export const deliveryReportSchema = z.union([twilioSms, twilioCall, vonageSms, vonageCall, plain])

const delivered = new Set(['delivered', 'read', 'completed'])
const failed = new Set([
  'undelivered',
  'undeliverable',
  'failed',
  'canceled',
  'cancelled',
  'busy',
  'no-answer',
  'rejected',
  'timeout',
  'unanswered',
])

function meaningOf(status: string): DeliveryReport {
  if (delivered.has(status)) return 'delivered'
  return failed.has(status) ? 'failed' : 'underway'
}
