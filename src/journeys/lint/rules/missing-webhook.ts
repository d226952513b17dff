import { missing } from '../missing-references.ts'
import type { Rule } from '../rule.ts'

export const missingWebhook: Rule = {
  id: 'missing-webhook',
  severity: 'error',
  what: 'A logout webhook does not exist.',
  why: 'The node fails the journey, because logouts would not be reported.',
  remedy: 'Choose another webhook, or create the missing one. Exports of journeys contain no webhooks.',
  needsRealm: true,
  check: missing('webhook', (id) => `registers webhook '${id}'`, 'webhookName'),
}
