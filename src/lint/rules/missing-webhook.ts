import { registerLogoutWebhook } from '../../nodes/register-logout-webhook.ts'
import { membersOf } from '../linted-journey.ts'
import type { Rule } from '../rule.ts'

export const missingWebhook: Rule = {
  id: 'missing-webhook',
  severity: 'error',
  what: 'A webhook is not there.',
  why: 'The node ends the journey: whoever is told of logouts would not be.',
  remedy: 'Choose another webhook, or make the one that is missing. Exports of journeys have no webhooks.',
  check(journey, realm) {
    return membersOf(journey).flatMap(({ id, name, type, config }) => {
      const { webhookName } = config
      const isAsked = type === registerLogoutWebhook.type && typeof webhookName === 'string'
      if (!isAsked || realm.hasWebhook(webhookName)) return []
      return [{ nodeId: id, message: `'${name}' registers webhook '${webhookName}', which is not there.` }]
    })
  },
}
