import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { defineNode, setting } from '../define-node.ts'
import { attributeOf } from './object-attributes.ts'
import { findPerson, identityAttribute, personReads } from './person-of-journey.ts'

/** Settings of the nodes that mail a template. */
export const emailSettings = {
  emailTemplateName: (preset: string) =>
    setting(
      'Email Template Name',
      'Name of the template, without `emailTemplate/`.',
      z.string().default(preset),
      'emailTemplate',
    ),
  emailAttribute: setting(
    'Email Attribute',
    'Attribute of the person that holds the address.',
    z.string().default('mail'),
    'attribute',
  ),
}

/** What nodes log that mail a template. */
export const templateErrors = {
  error: {
    "Email template '‹emailTemplateName›' does not exist or is not enabled":
      'The realm has no such template, or it is switched off.',
  },
} as const

/**
 * Mails a template to the person that the journey is about. Source: "Email Template node". As there, the mail is on its way,
 * not delivered, when the journey goes on.
 */
export const emailTemplate = defineNode({
  type: 'EmailTemplateNode',
  version: '1.0',
  title: 'Email Template Node',
  help: 'Sends a mail made from a template to the person, and goes on without waiting for its delivery.',
  tags: ['identity management'],
  config: z.object({
    emailTemplateName: emailSettings.emailTemplateName('welcome'),
    emailAttribute: emailSettings.emailAttribute,
    identityAttribute: identityAttribute('userName'),
  }),
  outcomes: { all: { EMAIL_SENT: 'Email Sent', EMAIL_NOT_SENT: 'Email Not Sent' } },
  reads: (config) => personReads(config.identityAttribute),
  errors: templateErrors,
  needs: ['identities', 'mailer'],
  reference: {
    outputs: 'a mail',
    outcomes: {
      EMAIL_SENT: 'The mail is on its way.',
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
