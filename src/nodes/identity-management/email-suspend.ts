import { z } from 'zod'
import { goTo, suspend } from '../../engine/action.ts'
import { isJsonObject, type JsonObject } from '../../engine/json.ts'
import { localise, localisedTextSchema } from '../../engine/locale.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { emailSettings, templateErrors } from './email-template.ts'
import { attributeOf, container } from './object-attributes.ts'
import { findPerson, identityAttribute, personReads } from './person-of-journey.ts'

/**
 * Mails a link and waits until it is opened. Whether there was somebody to mail to does not show. Source: "Email Suspend
 * node".
 */
export const emailSuspend = defineNode({
  type: 'EmailSuspendNode',
  version: '1.0',
  title: 'Email Suspend Node',
  help: 'Sends a mail with a link, made from a template as `{{object.resumeURI}}`, and waits until the link is opened.',
  tags: ['identity management'],
  config: z.object({
    emailTemplateName: emailSettings.emailTemplateName('registration'),
    emailAttribute: emailSettings.emailAttribute,
    emailSuspendMessage: setting(
      'Email Suspend Message',
      'What the page says meanwhile, by locale.',
      localisedTextSchema.default({
        en: 'An email has been sent to the address you entered. Click the link in that email to proceed.',
      }),
      'localisedText',
    ),
    objectLookup: setting(
      'Object Lookup',
      'Whether the template shows the person as stored, instead of what the journey collected.',
      z.boolean().default(false),
    ),
    identityAttribute: identityAttribute('userName'),
    suspendDuration: setting(
      'Suspend Duration (optional)',
      'Minutes until the link stops to work. Unset means the setting of the realm.',
      z.int().positive().nullish(),
    ),
  }),
  outcomes: singleOutcome,
  reads: (config) => personReads(config.identityAttribute),
  suspends: true,
  errors: templateErrors,
  needs: ['identities', 'mailer'],
  reference: { inputs: 'whether the link was opened', outputs: 'a mail' },
  async run({ config, state, identities, mailer, request, resumeUri, resumedFromSuspend, log }) {
    if (resumedFromSuspend) return goTo('outcome')
    const object = config.objectLookup
      ? await findPerson({ state, identities }, config.identityAttribute)
      : collected(state)
    const to = object === undefined ? '' : attributeOf(object, config.emailAttribute)
    if (object !== undefined && typeof to === 'string' && to !== '') {
      const isSent = await mailer.sendTemplate(config.emailTemplateName, to, {
        ...object,
        resumeURI: resumeUri,
      })
      if (!isSent) log.error(`Email template '${config.emailTemplateName}' does not exist or is not enabled`)
    } else log.debug('Object and recipient required to send email. Email not sent')
    const message = localise(
      config.emailSuspendMessage,
      request.locales,
      'An email has been sent to your inbox.',
    )
    return suspend(message, config.suspendDuration ?? undefined)
  },
})

/** What people typed in so far. Secret attributes lie in transient state and stay out of mails. */
function collected(state: NodeState): JsonObject | undefined {
  const shared = state.snapshot().shared[container]
  return isJsonObject(shared) ? shared : undefined
}
