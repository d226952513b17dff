import { missingReferences } from '../missing-references.ts'
import type { Rule } from '../rule.ts'

export const missingWebhook: Rule = {
  id: 'missing-webhook',
  severity: 'error',
  what: 'A webhook is not there.',
  why: 'The node ends the journey: whoever is told of logouts would not be.',
  remedy: 'Choose another webhook, or make the one that is missing. Exports of journeys have no webhooks.',
  check(journey, realm) {
    return missingReferences(journey, 'webhook', realm).map(({ node, id }) => ({
      nodeId: node.id,
      message: `'${node.name}' registers webhook '${id}', which is not there.`,
    }))
  },
}
