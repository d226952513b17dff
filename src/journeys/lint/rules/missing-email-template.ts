import { missingReferences } from '../missing-references.ts'
import type { Rule } from '../rule.ts'

export const missingEmailTemplate: Rule = {
  id: 'missing-email-template',
  severity: 'error',
  what: 'An e-mail template is not there.',
  why: 'No mail is sent, and whoever waits for it waits in vain.',
  remedy: 'Choose another template, or import the one that is missing.',
  check(journey, realm) {
    return missingReferences(journey, 'emailTemplate', realm).map(({ node, id }) => ({
      nodeId: node.id,
      message: `'${node.name}' sends e-mail template '${id}', which is not there.`,
    }))
  },
}
