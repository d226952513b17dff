import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { defineNode, textSetting } from '../define-node.ts'
import { attributeOf } from './object-attributes.ts'
import { findPerson, identityAttribute, personReads } from './person-of-journey.ts'

/** Settings of the nodes that send a template. */
export const emailSettings = {
  emailTemplateName: (preset: string) =>
    textSetting(
      'Email Template Name',
      'Name of the template, without `emailTemplate/`.',
      preset,
      'emailTemplate',
    ),
  emailAttribute: textSetting(
    'Email Attribute',
    'Attribute that holds the email address.',
    'mail',
    'attribute',
  ),
}

export const templateErrors = {
  error: {
    "Email template '‹emailTemplateName›' does not exist or is not enabled":
      'The realm has no such template, or it is disabled.',
  },
} as const

/**
 * Sends a template to the person in state. As in AM, the journey continues before the email is delivered. Source:
 * "Email Template node".
 */
export const emailTemplate = defineNode({
  type: 'EmailTemplateNode',
  title: 'Email Template Node',
  help: 'Sends an email from a template to the person. The journey continues before it is delivered.',
  tags: ['identity management'],
  config: () =>
    z.object({
      emailTemplateName: emailSettings.emailTemplateName('welcome'),
      emailAttribute: emailSettings.emailAttribute,
      identityAttribute: identityAttribute('userName'),
    }),
  outcomes: { all: { EMAIL_SENT: 'Email Sent', EMAIL_NOT_SENT: 'Email Not Sent' } },
  reads: (config) => personReads(config.identityAttribute),
  errors: templateErrors,
  needs: ['identities', 'mailer'],
  reference: {
    outputs: 'an email',
    outcomes: {
      EMAIL_SENT: 'The email was queued.',
      EMAIL_NOT_SENT: 'There is no person, no address or no template.',
    },
  },
  async run({ config, state, identities, mailer, log }) {
    const { emailTemplateName, emailAttribute } = config
    const person = await findPerson({ state, identities }, config.identityAttribute)
    const to = person && attributeOf(person, emailAttribute)
    if (person === undefined || typeof to !== 'string' || to === '') return goTo('EMAIL_NOT_SENT')
    if (await mailer.sendTemplate(emailTemplateName, to, person)) return goTo('EMAIL_SENT')
    log.error(`Email template '${emailTemplateName}' does not exist or is not enabled`)
    return goTo('EMAIL_NOT_SENT')
  },
})
