import { missing } from '../missing-references.ts'
import type { Rule } from '../rule.ts'

export const missingEmailTemplate: Rule = {
  id: 'missing-email-template',
  severity: 'error',
  what: 'An email template does not exist.',
  why: 'The node sends no email.',
  remedy: 'Choose another template, or import the missing one.',
  check: missing('emailTemplate', (id) => `sends email template '${id}'`, 'emailTemplateName'),
}
