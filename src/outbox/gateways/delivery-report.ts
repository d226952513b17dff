import { z } from 'zod'

/** What a provider reports: `underway` is no news. */
export type DeliveryReport = 'underway' | 'delivered' | 'failed'

const status = z.string().max(100)

/** Source: Twilio, "Outbound message status in status callbacks". */
const twilioSms = z
  .object({ MessageStatus: status })
  .transform(({ MessageStatus }) => meaningOf(MessageStatus))

/**
 * Source: Twilio, "Call resource: status callbacks" and "Answering machine detection". A completed call was answered, perhaps by
 * voicemail.
 */
const twilioCall = z
  .object({ CallStatus: status, AnsweredBy: status.optional() })
  .transform(({ CallStatus, AnsweredBy = '' }) => (isMachine(AnsweredBy) ? 'failed' : meaningOf(CallStatus)))

const twilioAnswer = z
  .object({ AnsweredBy: status })
  .transform(({ AnsweredBy }): DeliveryReport => (isMachine(AnsweredBy) ? 'failed' : 'underway'))

/**
 * Sources: Vonage, "Messages API: message status" and "Voice API: webhook reference". Plain HTTP gateways: docs/messages.md.
 */
const plain = z.object({ status }).transform((report) => meaningOf(report.status))

/** A delivery report in the form of any provider. Other members are ignored, and unknown states are no news. */
export const deliveryReportSchema = z.union([twilioSms, twilioCall, twilioAnswer, plain])

function isMachine(answeredBy: string): boolean {
  return /^(machine|fax)/.test(answeredBy)
}

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
  // A call was answered by voicemail.
  'machine',
])

function meaningOf(status: string): DeliveryReport {
  if (delivered.has(status)) return 'delivered'
  return failed.has(status) ? 'failed' : 'underway'
}
